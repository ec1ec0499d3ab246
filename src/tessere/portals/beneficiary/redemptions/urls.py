from django.urls import path, register_converter

from tessere.portals.beneficiary.redemptions import history, kept, views
from tessere.portals.beneficiary.redemptions.payee import WayConverter

register_converter(WayConverter, "way")

app_name = "redemptions"
urlpatterns = [
    path("p/<slug:code>/<slug:check>/", views.scan, name="scan"),
    path("pay/", views.pay, name="pay"),
    path("pay/<way:way>/<slug:code>/<slug:check>/", views.amount, name="amount"),
    path("pay/<way:way>/<slug:code>/<slug:check>/confirm/", views.confirm, name="confirm"),
    path("receipt/<slug:number>/", history.receipt, name="receipt"),
    path("kept/", kept.kept, name="kept"),
    path("history/", history.history, name="history"),
]
