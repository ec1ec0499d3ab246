from django.urls import path

from tessere.portals.public.partners import views

app_name = "partners"
urlpatterns = [
    path("register/", views.register, name="register"),
    path("register/done/", views.registered, name="registered"),
]
