from django.urls import path

from tessere.portals.partner.notifications import views

app_name = "notifications"
urlpatterns = [path("live/", views.follow, name="follow")]
