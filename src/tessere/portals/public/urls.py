from django.urls import include, path

app_name = "public"
urlpatterns = [
    path("", include("tessere.portals.public.home.urls")),
    path("", include("tessere.portals.public.branding.urls")),
    path("", include("tessere.portals.public.identity.urls")),
    path("", include("tessere.portals.public.partners.urls")),
    path("", include("tessere.portals.public.notifications.urls")),
]
