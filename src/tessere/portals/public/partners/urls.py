from django.urls import path

from tessere.portals.public.partners import directory, views

app_name = "partners"
urlpatterns = [
    path("partners/", directory.directory, name="directory"),
    path("partners/<slug:code>/", directory.partner, name="partner"),
    path("register/", views.register, name="register"),
    path("register/done/", views.registered, name="registered"),
]
