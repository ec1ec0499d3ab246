from django.urls import path

from tessere.portals.public.branding import help as help_pages
from tessere.portals.public.branding import home_screen, views

app_name = "branding"
urlpatterns = [
    path("brand/<slug:digest>.css", views.stylesheet, name="stylesheet"),
    path("logo/<slug:digest>", views.logo, name="logo"),
    path("app.webmanifest", home_screen.manifest, name="manifest"),
    path("app-icon/<slug:digest>/<slug:kind>.png", home_screen.app_icon, name="app_icon"),
    path("service-worker.js", home_screen.service_worker, name="service_worker"),
    path("offline/", home_screen.offline, name="offline"),
    path("help/", help_pages.overview, name="overview"),
    path("help/guide/", help_pages.guide, name="guide"),
    path("help/guide.pdf", help_pages.guide_pdf, name="guide_pdf"),
    path("help/install/", help_pages.install, name="install"),
    path("help/browsers/", help_pages.browsers, name="browsers"),
    path("help/map/", help_pages.site_map, name="site_map"),
    path("legal/notice/", help_pages.legal_notice, name="legal_notice"),
    path("legal/data/", help_pages.personal_data, name="personal_data"),
    path("legal/accessibility/", help_pages.accessibility, name="accessibility"),
]
