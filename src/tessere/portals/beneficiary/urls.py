from django.urls import include, path

app_name = "beneficiary"
urlpatterns = [
    path("", include("tessere.portals.beneficiary.passes.urls")),
    path("", include("tessere.portals.beneficiary.redemptions.urls")),
    path("", include("tessere.portals.beneficiary.notifications.urls")),
]
