from django.urls import path

from tessere.portals.partner.reimbursements import views

app_name = "reimbursements"
urlpatterns = [path("reimbursements/", views.overview, name="overview")]
