"""Addresses under /account/. The names are django-allauth's where it looks for them."""

from allauth.account import views as allauth
from django.urls import path

from portal.accounts.confirming import confirmed_first
from portal.accounts.views import addresses, code, entering, own, reauthenticating, resetting, signing_up

urlpatterns = [
    path("login/", allauth.login, name="account_login"),
    path("logout/", entering.logout, name="account_logout"),
    path("signup/", signing_up.signup, name="account_signup"),
    path("login/code/", entering.request_login_code, name="account_request_login_code"),
    path("code/", code.confirm_code, name="account_confirm_login_code"),
    path("code/resending/", code.resend_code, name="account_resend_code"),
    path("code/skipping/", signing_up.skip_address, name="account_skip_address"),
    path("password/reset/", resetting.reset_password, name="account_reset_password"),
    path("password/reset/new/", resetting.new_password, name="account_complete_password_reset"),
    path("password/change/", allauth.password_change, name="account_change_password"),
    path("password/set/", confirmed_first(allauth.password_set), name="account_set_password"),
    path("email/", addresses.change_email, name="account_email"),
    path("phone/", addresses.change_phone, name="account_change_phone"),
    path("phone/removal/", addresses.remove_phone, name="account_remove_phone"),
    path("confirm/", reauthenticating.reauthenticate, name="account_reauthenticate"),
    path("confirm/code/", reauthenticating.send_confirmation_code, name="account_send_confirmation_code"),
    path("sessions/ending/", own.end_other_sessions, name="account_end_sessions"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
]
