from django.urls import path

from tessere.portals.partner.partners import qr, views

app_name = "partners"
urlpatterns = [
    path("agreements/", views.agreements, name="agreements"),
    path("structure/", views.structure, name="structure"),
    path("qr/", qr.qr, name="qr"),
    path("qr/code.png", qr.qr_png, name="qr_png"),
    path("qr/code.svg", qr.qr_svg, name="qr_svg"),
    path("qr/poster.pdf", qr.poster, name="poster"),
    path("kept/", qr.kept, name="kept"),
    path("pending/", views.pending, name="pending"),
]
