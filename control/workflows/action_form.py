"""All settings of one action."""

from crispy_forms.helper import FormHelper
from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from automations.reading import person_word
from automations.shape import MOST_HOURS
from common.fields import WholeNumberField
from common.form_keys import OneTimeForm
from common.templatetags.formats import isolate
from control.workflows.asked_fields import AskedFields
from control.workflows.finding import departments_to_name
from control.workflows.told import Told
from control.workflows.words import add_lines, add_texts, fields_named, given_words, need_first
from statuses.models import ActionDeed, ActionLook, FiresSince, GivesTo

ICONS = [
    ("arrow-right", pgettext_lazy("icon", "arrow")), ("check2", pgettext_lazy("icon", "tick")),
    ("check-circle", pgettext_lazy("icon", "done")), ("reply", pgettext_lazy("icon", "answer")),
    ("chat-dots", pgettext_lazy("icon", "talk")), ("pencil", pgettext_lazy("icon", "pencil")),
    ("telephone", pgettext_lazy("icon", "telephone")), ("envelope", pgettext_lazy("icon", "letter")),
    ("person-check", pgettext_lazy("icon", "person")), ("people", pgettext_lazy("icon", "team")),
    ("box-arrow-right", pgettext_lazy("icon", "hand over")), ("arrow-counterclockwise", pgettext_lazy("icon", "back")),
    ("credit-card", pgettext_lazy("icon", "payment")), ("receipt", pgettext_lazy("icon", "receipt")),
    ("box-seam", pgettext_lazy("icon", "parcel")), ("truck", pgettext_lazy("icon", "delivery")),
    ("tools", pgettext_lazy("icon", "repair")), ("gift", pgettext_lazy("icon", "gift")),
    ("book", pgettext_lazy("icon", "book")), ("calendar-event", pgettext_lazy("icon", "calendar")),
    ("clock", pgettext_lazy("icon", "clock")), ("hourglass-split", pgettext_lazy("icon", "waiting")),
    ("file-earmark", pgettext_lazy("icon", "paper")), ("flag", pgettext_lazy("icon", "flag")),
    ("inbox", pgettext_lazy("icon", "inbox")), ("megaphone", pgettext_lazy("icon", "megaphone")),
    ("exclamation-triangle", pgettext_lazy("icon", "warning")), ("slash-circle", pgettext_lazy("icon", "no")),
    ("x-circle", pgettext_lazy("icon", "end")), ("trash", pgettext_lazy("icon", "bin")), ("lock", pgettext_lazy("icon", "lock")),
]  # fmt: skip
HOURS, DAYS = "hours", "days"


class ActionForm(OneTimeForm):
    """Starts with an action of a document; `changes` is what to write back into it. `asked` and `told` are rows of their own."""

    icon = forms.ChoiceField(label=_("Icon"), choices=ICONS, widget=forms.RadioSelect)
    look = forms.ChoiceField(label=_("Look of the button"), choices=ActionLook, widget=forms.RadioSelect)
    deed = forms.ChoiceField(label=_("What it does"), choices=ActionDeed, widget=forms.RadioSelect)
    target = forms.ChoiceField(label=_("The ticket goes to"), required=False)
    department = forms.ChoiceField(label=_("It passes to the department"), required=False)
    gives_to = forms.ChoiceField(label=_("Who has the ticket afterwards"), choices=GivesTo)
    person = forms.ChoiceField(label=_("Person"), required=False)
    team = forms.ChoiceField(label=_("Team"), required=False)
    for_staff = forms.BooleanField(label=_("Staff who hold the right to it"), required=False)
    for_customers = forms.BooleanField(label=_("Customers, in the portal"), required=False)
    fires = forms.BooleanField(label=_("By itself, after a time"), required=False)
    fires_after = WholeNumberField(label=_("After"), required=False, min_value=1, max_value=MOST_HOURS)
    fires_unit = forms.ChoiceField(label=_("Unit"), choices=[(HOURS, _("hours")), (DAYS, _("days"))])
    fires_since = forms.ChoiceField(label=_("counted"), choices=FiresSince)
    PLAIN = ("icon", "look", "deed", "gives_to", "for_staff", "for_customers", "fires_since")
    REFERENCES = ("target", "department", "person", "team")

    def __init__(self, data=None, *, languages, action, statuses, user):
        self.languages = languages
        super().__init__(data, initial={name: action[name] for name in (*self.PLAIN, *self.REFERENCES)} | _time_of(action))
        self._offer("target", _("the ticket stays where it is"), statuses, action)
        departments = [(department.key, department) for department in departments_to_name(user)]
        self._offer("department", _("whoever does it chooses"), departments, action)
        people = [(person_word(person), person) for person in get_user_model().objects.staff()]
        self._offer("person", _("choose"), people, action)
        self._offer("team", _("choose"), [(team.name, team.name) for team in Group.objects.order_by("name")], action)
        if action["icon"] not in dict(ICONS):
            self.fields["icon"].choices = [(action["icon"], action["icon"]), *ICONS]
        add_lines(self, "name", _("Label"), languages, 60, action["name"])
        add_texts(self, "text", _("Words to begin with"), languages, 20_000, action["text"])
        self.asked, self.told = AskedFields(data, action["fields"]), Told(data, action["messages"])
        self.helper = FormHelper()
        self.helper.hide_optional = True

    def _offer(self, name, nothing, rows, action):
        """What may be chosen. What is gone meanwhile stays chosen until somebody chooses something else; the check says so."""
        choices = [("", nothing), *((key, isolate(words)) for key, words in rows)]
        if action[name] and action[name] not in dict(choices):
            choices.append((action[name], isolate(action[name])))
        self.fields[name].choices = choices

    @property
    def names(self):
        return fields_named(self, "name")

    @property
    def texts(self):
        return fields_named(self, "text")

    def is_valid(self):
        return all([super().is_valid(), self.asked.is_valid(), self.told.is_valid()])

    def clean(self):
        cleaned = super().clean()
        need_first(self, "name", self.languages)
        if cleaned.get("fires") and not cleaned.get("fires_after") and "fires_after" not in self.errors:
            self.add_error("fires_after", _("Say after how long it is done by itself."))
        elif cleaned.get("fires") and self._hours > MOST_HOURS:
            self.add_error("fires_after", _("This is more than five years."))
        for given, name in ((GivesTo.PERSON, "person"), (GivesTo.TEAM, "team")):
            if cleaned.get("gives_to") == given and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("Choose who gets the ticket."))
        return cleaned

    @property
    def _hours(self):
        number = self.cleaned_data.get("fires_after") or 0
        return number * 24 if self.cleaned_data.get("fires_unit") == DAYS else number

    @property
    def changes(self):
        given = self.cleaned_data
        references = {name: given[name] or None for name in self.REFERENCES}
        if given["gives_to"] != GivesTo.PERSON:
            references["person"] = None
        if given["gives_to"] != GivesTo.TEAM:
            references["team"] = None
        if given["deed"] != ActionDeed.PASS_ON:
            references["department"] = None
        return {
            **{name: given[name] for name in self.PLAIN},
            **references,
            "name": given_words(self, "name", self.languages),
            "text": given_words(self, "text", self.languages) if given["deed"] in {ActionDeed.REPLY, ActionDeed.NOTE} else {},
            "fires_after_hours": self._hours if given["fires"] else None,
            "fields": self.asked.changes,
            "messages": self.told.changes,
        }


def _time_of(action):
    hours = action["fires_after_hours"]
    if not hours:
        return {"fires": False, "fires_after": None, "fires_unit": DAYS}
    if hours % 24:
        return {"fires": True, "fires_after": hours, "fires_unit": HOURS}
    return {"fires": True, "fires_after": hours // 24, "fires_unit": DAYS}
