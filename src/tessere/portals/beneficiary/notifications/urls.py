from django.urls import path

from tessere.portals.beneficiary.notifications import views

app_name = "notifications"
urlpatterns = [path("live/", views.follow, name="follow")]
