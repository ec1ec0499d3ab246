from django.urls import path

from tessere.portals.public.notifications import messages, views

app_name = "notifications"
urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("help/write/", messages.write, name="write"),
    path("help/write/sent/", messages.written, name="written"),
]
