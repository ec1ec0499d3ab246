from django.urls import include, path

app_name = "partner"
urlpatterns = [
    path("", include("tessere.portals.partner.redemptions.urls")),
    path("", include("tessere.portals.partner.reimbursements.urls")),
    path("", include("tessere.portals.partner.partners.urls")),
    path("", include("tessere.portals.partner.exports.urls")),
    path("", include("tessere.portals.partner.notifications.urls")),
]
