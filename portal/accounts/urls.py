"""Addresses under /account/. The names are django-allauth's where it looks for them."""

from allauth.account import views as allauth
from django.urls import path
from django.views.decorators.http import require_http_methods

from portal.accounts.confirming import confirmed_first
from portal.accounts.views import addresses, code, entering, own, reauthenticating, resetting, signing_up

#: A page with a form. Whatever else a browser may say to it, it is not taken for one of the two.
page = require_http_methods(["GET", "HEAD", "POST"])

urlpatterns = [
    path("login/", page(allauth.login), name="account_login"),
    path("logout/", entering.logout, name="account_logout"),
    path("signup/", page(signing_up.signup), name="account_signup"),
    path("login/code/", page(entering.request_login_code), name="account_request_login_code"),
    path("code/", page(code.confirm_code), name="account_confirm_login_code"),
    path("code/resending/", code.resend_code, name="account_resend_code"),
    path("code/skipping/", signing_up.skip_address, name="account_skip_address"),
    path("password/reset/", page(resetting.reset_password), name="account_reset_password"),
    path("password/reset/new/", page(resetting.new_password), name="account_complete_password_reset"),
    path("password/change/", page(allauth.password_change), name="account_change_password"),
    path("password/set/", page(confirmed_first(allauth.password_set)), name="account_set_password"),
    path("email/", page(addresses.change_email), name="account_email"),
    path("phone/", page(addresses.change_phone), name="account_change_phone"),
    path("phone/removal/", addresses.remove_phone, name="account_remove_phone"),
    path("confirm/", page(reauthenticating.reauthenticate), name="account_reauthenticate"),
    path("confirm/code/", reauthenticating.send_confirmation_code, name="account_send_confirmation_code"),
    path("sessions/ending/", own.end_other_sessions, name="account_end_sessions"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
]
