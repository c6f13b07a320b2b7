"""The form of a customer's wishes: the same for the customer in the portal and for staff who fill it in for them."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.choices import Language
from common.moments import zone_choices
from common.numbers import local_digits
from notifications.choices import Channel
from notifications.ways import addresses_of
from notifications.wishes import Wishes, wishes_of

BOTH = "both"
WAYS = [
    (BOTH, _("By e-mail and by SMS")),
    (str(Channel.MAIL), pgettext_lazy("by which way", "By e-mail only")),
    (str(Channel.SMS), pgettext_lazy("by which way", "By SMS only")),
]
AT_ONCE, HOURLY = "at_once", "hourly"


class WishesForm(forms.Form):
    """`customer` may be one that is not stored yet. What they have no address for is not offered."""

    language = forms.ChoiceField(label=_("Language of our messages"), choices=Language)
    ways = forms.ChoiceField(label=_("We write to you"), choices=WAYS, widget=forms.RadioSelect)
    rhythm = forms.ChoiceField(
        label=_("Answers by e-mail"),
        choices=[(AT_ONCE, _("Each at once")), (HOURLY, _("Gathered, at most one e-mail an hour for each request"))],
        widget=forms.RadioSelect,
    )
    quiet_from = forms.ChoiceField(label=_("Quiet from"), required=False)
    quiet_to = forms.ChoiceField(label=pgettext_lazy("quiet hours", "until"), required=False)
    mail_waits = forms.BooleanField(label=_("E-mail waits for their end too"), required=False)
    time_zone = forms.ChoiceField(label=_("Time zone"), required=False)
    surveys = forms.BooleanField(label=_("You may ask me how your help was"), required=False)

    def __init__(self, data=None, *, customer, has_language=True):
        self.customer = customer
        wishes, account = wishes_of(customer), customer.user
        zone = wishes.time_zone or (account.time_zone if account else "")
        initial = {
            "language": (account.language if account else "") or customer.language,
            "ways": BOTH if wishes.by_mail and wishes.by_sms else str(Channel.MAIL) if wishes.by_mail else str(Channel.SMS),
            "rhythm": HOURLY if wishes.gathers else AT_ONCE,
            "quiet_from": f"{wishes.quiet_from:%H:%M}" if wishes.has_quiet_hours else "",
            "quiet_to": f"{wishes.quiet_to:%H:%M}" if wishes.has_quiet_hours else "",
            "mail_waits": wishes.mail_waits,
            "time_zone": zone,
            "surveys": wishes.surveys,
        }
        super().__init__(data, initial=initial)
        hours = [
            ("", "–"),
            *((f"{hour:02}:{minute:02}", local_digits(f"{hour:02}:{minute:02}")) for hour in range(24) for minute in (0, 30)),
        ]
        for name in ("quiet_from", "quiet_to"):
            stored = initial[name]
            self.fields[name].choices = hours if stored in dict(hours) else sorted([*hours, (stored, local_digits(stored))])
        self.fields["time_zone"].choices = [("", _("As the store")), *zone_choices()]
        if len(addresses_of(customer)) < 2:
            del self.fields["ways"]
        if not has_language:
            del self.fields["language"]

    def clean(self):
        cleaned = super().clean()
        start, end = cleaned.get("quiet_from"), cleaned.get("quiet_to")
        if bool(start) != bool(end):
            self.add_error("quiet_to" if start else "quiet_from", _("Quiet hours need a beginning and an end."))
        elif start and start == end:
            self.add_error("quiet_to", _("Quiet hours that end when they begin would never end. Choose another time."))
        return cleaned

    @property
    def wishes(self):
        said, before = self.cleaned_data, wishes_of(self.customer)
        account = self.customer.user
        zone = said["time_zone"]
        stored = {"quiet_from": said["quiet_from"], "quiet_to": said["quiet_to"]} if said["quiet_from"] else {}
        return Wishes.read(
            stored
            | {
                "by_mail": said["ways"] != Channel.SMS if "ways" in self.fields else before.by_mail,
                "by_sms": said["ways"] != Channel.MAIL if "ways" in self.fields else before.by_sms,
                "gathers": said["rhythm"] == HOURLY,
                "mail_waits": said["mail_waits"],
                "surveys": said["surveys"],
                "time_zone": "" if account and zone == account.time_zone else zone,
            }
        )
