from django.urls import path

from tessere.portals.partner.exports import views

app_name = "exports"
urlpatterns = [
    path("exports/", views.exports, name="exports"),
    path("exports/rows/", views.progress, name="progress"),
    path("exports/<int:export_id>/", views.download, name="download"),
    path("exports/<int:export_id>/delete/", views.delete, name="delete"),
]
