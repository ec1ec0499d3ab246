from django.urls import path

from tessere.portals.public.branding import views

app_name = "branding"
urlpatterns = [
    path("brand/<slug:digest>.css", views.stylesheet, name="stylesheet"),
    path("logo/<slug:digest>", views.logo, name="logo"),
]
