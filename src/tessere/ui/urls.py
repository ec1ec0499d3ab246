"""Addresses of the design system, at the root of every host."""

from django.urls import path, re_path

from tessere.ui import views

app_name = "ui"

_PALETTE = "(?P<palette>marvigny|sorbier)"

urlpatterns = [
    re_path(
        r"^assets/(?P<digest>[0-9a-f]{16})/(?P<name>tessere\.(?:css|js))$",
        views.asset,
        name="asset",
    ),
    path("gallery/", views.show_gallery, name="gallery"),
    re_path(rf"^gallery/{_PALETTE}/$", views.show_gallery, name="gallery_palette"),
    re_path(rf"^gallery/{_PALETTE}/theme\.css$", views.gallery_theme, name="gallery_theme"),
    re_path(
        rf"^gallery/{_PALETTE}/(?P<page>work|task|gate|receipt|error|accepted|refused)/$",
        views.show_gallery_page,
        name="gallery_page",
    ),
]
