from django.urls import path

from tessere.portals.public.notifications import views

app_name = "notifications"
urlpatterns = [path("inbox/", views.inbox, name="inbox")]
