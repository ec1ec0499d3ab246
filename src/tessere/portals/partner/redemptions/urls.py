from django.urls import path

from tessere.portals.partner.redemptions import operations, views

app_name = "redemptions"
urlpatterns = [
    path("", views.home, name="home"),
    path("waiting/", views.waiting, name="waiting"),
    path("accept/", views.accept, name="accept"),
    path("voucher/<slug:number>/<slug:proof>/", views.scan, name="scan"),
    path("accepted/<slug:number>/", views.accepted, name="accepted"),
    path("typed-entry/reopen/", views.reopen_typed_entry, name="reopen_typed_entry"),
    path("operations/", operations.operations, name="operations"),
    path("operations/changed/", operations.changed, name="changed"),
    path("operations/export/", operations.export, name="export"),
    path("operations/reference/", operations.set_reference, name="set_reference"),
    path("operations/<slug:number>/", operations.operation, name="operation"),
    path("operations/<slug:number>/cancel/", operations.cancel, name="cancel"),
]
