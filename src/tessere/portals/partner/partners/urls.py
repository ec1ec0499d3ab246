from django.urls import path

from tessere.portals.partner.partners import views

app_name = "partners"
urlpatterns = [
    path("agreements/", views.agreements, name="agreements"),
    path("structure/", views.structure, name="structure"),
    path("pending/", views.pending, name="pending"),
]
