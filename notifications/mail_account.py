"""The mail server an owner set up in the pages: whose it is, and how it is connected to."""

import smtplib

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend
from django.utils.functional import cached_property

from common import guarded
from common.kept import kept
from notifications import mail_providers
from notifications.choices import Security
from notifications.models import MailAccount
from stores.addresses import lasting_url
from stores.models import Store

PORTS = {25, 465, 587, 2525, 2587}


def account_for(store):
    """The store's own mail server, else the default store's, else None: the environment's."""
    return account_of(store.pk if store else None)


def account_of(store_id):
    """The same for who has the store's id only."""
    found = kept(("mail accounts",), _accounts)
    return found.get(store_id) or next((account for account in found.values() if account.store.is_default), None)


def lane_of(store_id):
    """The word by which `lanes` knows the server."""
    account = account_of(store_id)
    return f"mail:{account.pk if account else 0}"


def _accounts():
    return {account.store_id: account for account in MailAccount.objects.select_related("store").order_by("-store__is_default", "store_id")}


def server_name(account):
    """What health pages and filters call the server behind an account, or (None) that of the environment."""
    if account:
        return (account.host if account.is_smtp else account.get_way_display())[:80]
    return "folder" if settings.EMAIL_BACKEND.startswith("notifications.") else settings.EMAIL_HOST[:80]


def stores_of(account):
    """Ids of the stores whose mails leave through it, or did before they got one of their own: all, for that of the default store."""
    stores = Store.objects.all() if account.store.is_default else Store.objects.filter(pk=account.store_id)
    return list(stores.values_list("pk", flat=True))


def hook_url_of(account):
    """Where the provider of this account reports to; empty for a mail server."""
    key = getattr(account, "hook_key", "")
    return lasting_url("callbacks:mail_report", key) if key and not account.is_smtp else ""


def backend_of(account):
    if not account.is_smtp:
        return mail_providers.backend_of(account)
    return GuardedBackend(
        host=account.host, port=account.port, username=account.user, password=account.password,
        use_tls=account.security == Security.STARTTLS, use_ssl=account.security == Security.TLS, fail_silently=False,
    )  # fmt: skip


class _Guarded:
    def _get_socket(self, host, port, timeout):
        sock = guarded.connect(host, port, timeout, ports=PORTS)
        return self.context.wrap_socket(sock, server_hostname=self._host) if isinstance(self, smtplib.SMTP_SSL) else sock


class _Smtp(_Guarded, smtplib.SMTP):
    pass


class _SmtpOverTls(_Guarded, smtplib.SMTP_SSL):
    pass


class GuardedBackend(EmailBackend):
    """Django's own, but it connects only to hosts of the internet."""

    @cached_property
    def connection_class(self):
        return _SmtpOverTls if self.use_ssl else _Smtp
