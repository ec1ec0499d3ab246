from django.urls import path

from tessere.portals.partner.notifications import views

app_name = "notifications"
urlpatterns = [
    path("live/", views.follow, name="follow"),
    path("notices/", views.notices, name="notices"),
    path("notices/latest/", views.latest, name="latest"),
    path("notices/unread/", views.unread, name="unread"),
    path("notices/seen/", views.mark_seen, name="mark_seen"),
]
