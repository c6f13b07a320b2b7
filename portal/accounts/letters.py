"""What we send about accounts. Nothing leaves during the request: rows are written, and workers send them.

Which words are sent depends on what was asked for, never on whether anybody has the address.
"""

from django.utils.translation import get_language

from accounts.codes import LIFETIME, Purpose
from accounts.services import is_email
from notifications.choices import Channel, Template
from notifications.services import tell_address
from stores.addresses import lasting_url, store_url

WORDS = {
    Purpose.SIGN_IN: Template.SIGN_IN_CODE,
    Purpose.CONFIRM: Template.SIGN_IN_CODE,
    Purpose.SIGN_UP: Template.ADDRESS_CODE,
    Purpose.ADDRESS: Template.ADDRESS_CODE,
    Purpose.RESET: Template.RESET_PASSWORD,
}


def send_code(request, *, address, digits, purpose):
    """The digits of a one-time code, in the language of the page that asked. After its lifetime it is not sent any more."""
    _tell(request, WORDS[purpose], address, language=get_language(), minutes=int(LIFETIME.total_seconds() // 60), secrets={"code": digits})


def tell_of_change(request, user, change, *, address=None):
    """Let a person hear that their password, email or phone changed: at each address, or only at the former one given."""
    reset = "account_reset_password"
    way_back = store_url(request.store, reset) if request.store else lasting_url(reset)
    for to in filter(None, [address] if address else [user.email, user.phone]):
        _tell(request, Template.ACCOUNT_CHANGED, to, language=user.language or get_language(), change=change, link=way_back)


def _tell(request, template, address, **words):
    tell_address(template, Channel.MAIL if is_email(address) else Channel.SMS, address, store=request.store or None, **words)
