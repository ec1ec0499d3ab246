from django.urls import path

from tessere.portals.public.identity import passwords, views

app_name = "identity"
urlpatterns = [
    path("sign-in/partner/", views.sign_in_partner, name="sign_in_partner"),
    path("sign-in/beneficiary/", views.sign_in_beneficiary, name="sign_in_beneficiary"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("password/forgotten/", passwords.forgot_password, name="forgot_password"),
    path("password/sent/", passwords.link_sent, name="link_sent"),
    path("password/change/", passwords.change_password, name="change_password"),
    path(
        "password/<slug:purpose>/<slug:user>/<slug:token>/",
        passwords.choose_password,
        name="choose_password",
    ),
]
