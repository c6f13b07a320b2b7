"""How django-allauth meets our people: who may try, how they are greeted, where they are led."""

import logging

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.services import person_at
from common.limits import client_ip
from customers.services import adopt_proven_tickets
from portal.accounts import devices
from portal.accounts.bounds import bound_passwords
from portal.accounts.confirming import note_confirmed
from portal.accounts.destinations import home_of, is_ours
from portal.accounts.letters import tell_of_change
from portal.accounts.noting import CODE, ENDED_ACCOUNT, PASSWORD, note_failed_sign_in, note_signed_in, note_signed_out
from tickets.search.writing import rename

logger = logging.getLogger(__name__)

MISMATCH = _("The address or the password is not right.")


class AccountAdapter(DefaultAccountAdapter):
    """Passwords, sessions and the order of signing in are allauth's; one-time codes are ours (see proofs.py)."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": MISMATCH,
        "phone_password_mismatch": MISMATCH,
        "username_password_mismatch": MISMATCH,
        "enter_current_password": _("This is not your password."),
    }
    toasts = {
        "account/messages/password_changed.txt": _("Your password is changed. Other devices are signed out."),
        "account/messages/password_set.txt": _("You have a password now. Other devices are signed out."),
    }
    changes = {"account/email/password_changed": "password", "account/email/password_set": "password"}

    def get_login_stages(self):
        """None: an account exists only once its address is proven."""
        return []

    # --- Who may try ------------------------------------------------------------------------------
    def pre_authenticate(self, request, **credentials):
        bound_passwords(request, credentials.get("email") or credentials.get("phone") or "")

    def authentication_failed(self, request, **credentials):
        logger.warning("A password was refused, from %s", client_ip(request))
        note_failed_sign_in(credentials.get("email") or credentials.get("phone") or "", PASSWORD)

    def respond_user_inactive(self, request, user):
        """The right password, or a code, of an account that has ended."""
        note_failed_sign_in(user.email or user.phone, ENDED_ACCOUNT)
        return super().respond_user_inactive(request, user)

    def get_client_ip(self, request):
        return client_ip(request)

    def get_user_by_phone(self, phone):
        return person_at(phone)

    def get_phone(self, user):
        return (user.phone, user.phone_verified) if user.phone else None

    # --- What follows -----------------------------------------------------------------------------
    def login(self, request, user):
        way = PASSWORD if hasattr(user, "backend") else CODE  # only a password was compared by a backend
        super().login(request, user)
        note_signed_in(user, way)
        logger.info("Person %s signed in, from %s", user.pk, client_ip(request))

    def logout(self, request):
        note_signed_out(request.user)
        super().logout(request)

    def post_login(self, request, user, **kwargs):
        """Whoever gets in finds what they wrote before under an address they have proved to own."""
        rename(adopt_proven_tickets(user))
        note_confirmed(request)
        response = super().post_login(request, user, **kwargs)
        devices.remember(request, response, user)
        return response

    def get_login_redirect_url(self, request):
        return home_of(request.user)

    def get_password_change_redirect_url(self, request):
        return reverse("portal:profile")

    def is_safe_url(self, url):
        return is_ours(self.request, url)

    # --- What is said -----------------------------------------------------------------------------
    def add_message(self, request, level, message_template=None, *args, message=None, **kwargs):
        words = message or self.toasts.get(message_template)
        if words:
            messages.add_message(request, level, words)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        if template_prefix in self.changes:
            tell_of_change(self.request, user, self.changes[template_prefix])

    def is_ajax(self, request):
        """Pages answer with pages, whatever header comes along."""
        return False
