"""What a customer chose, in a few words for staff."""

from django import template
from django.utils.translation import gettext as _

from common.numbers import local_digits
from common.templatetags.formats import isolate
from notifications.wishes import Wishes

register = template.Library()


@register.filter(name="in_words")
def in_words(stored):
    """What a customer chose, in a few sentences: “by SMS only; quiet 22:00–08:00”. Empty for who chose nothing."""
    wishes = Wishes.read(stored)
    said = []
    if not wishes.by_sms:
        said.append(_("by e-mail only"))
    elif not wishes.by_mail:
        said.append(_("by SMS only"))
    if wishes.has_quiet_hours:
        hours = isolate(local_digits(f"{wishes.quiet_from:%H:%M}–{wishes.quiet_to:%H:%M}"))
        said.append(
            _("quiet %(hours)s") % {"hours": hours} if not wishes.mail_waits else _("quiet %(hours)s, e-mail too") % {"hours": hours}
        )
    if wishes.time_zone:
        said.append(isolate(wishes.time_zone.replace("_", " ")))
    if wishes.gathers:
        said.append(_("answers gathered hourly"))
    if not wishes.surveys:
        said.append(_("no surveys"))
    return _("; ").join(said)
