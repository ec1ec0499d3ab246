from django.urls import path

from tessere.portals.beneficiary.passes import creation, views, vouchers

app_name = "passes"
urlpatterns = [
    path("", views.home, name="home"),
    path("balances/", views.balances, name="balances"),
    path("vouchers/", vouchers.vouchers, name="vouchers"),
    path("vouchers/new/", creation.create_voucher, name="create_voucher"),
    path("vouchers/<slug:number>/", vouchers.voucher, name="voucher"),
    path("vouchers/<slug:number>/print/", vouchers.voucher_pdf, name="voucher_pdf"),
    path("vouchers/<slug:number>/cancel/", vouchers.cancel_voucher, name="cancel_voucher"),
]
