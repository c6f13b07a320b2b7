"""What has to be said before something is done to several tickets: one form for each deed that asks."""

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice.tickets.forms import TEXT_LIMIT, AssignmentForm, read_id
from backoffice.tickets.snoozing import SnoozeForm
from backoffice.tickets.tags import TagsForm
from common.fields import LongTextField
from common.form_keys import OneTimeForm
from tickets.access import TicketAccess
from tickets.audience import people_who_see, teams_who_see
from tickets.bulk import VARIABLES
from tickets.choices import Priority
from tickets.variables import complaint_about, unknown_variables, variables_in

#: In so many places of the chosen tickets it is asked who sees them. Who sees none of these is not offered.
MOST_PLACES = 6


class ChosenForm(OneTimeForm):
    """A form of one deed. `given` of a valid one is what the deed is done with."""

    def __init__(self, *args, user, tickets, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.tickets = user, tickets
        self.offer()

    def offer(self):
        """Fill in what can be chosen for these tickets."""

    @property
    def given(self):
        return {}

    def one_of_each(self, key):
        """One of the chosen tickets for each place of this kind."""
        return list({key(ticket): ticket for ticket in self.tickets}.values())[:MOST_PLACES]


class AssignChosen(ChosenForm):
    assignee = forms.ChoiceField(label=gettext_lazy("Give them to"), required=False)

    def offer(self):
        people, teams = {}, {}
        for ticket in self.one_of_each(lambda ticket: (ticket.department_id, ticket.status_id)):
            people |= {person.pk: person for person in people_who_see(ticket)}
            teams |= {team.pk: team for team in teams_who_see(ticket)}
        self.fields["assignee"].choices = [("", _("Nobody")), *((str(pk), str(person)) for pk, person in people.items())]
        if teams:
            rows = [(f"{AssignmentForm.TEAM}{pk}", str(team)) for pk, team in teams.items()]
            self.fields["assignee"].choices += [(_("Teams"), rows)]

    @property
    def given(self):
        chosen = self.cleaned_data["assignee"]
        if chosen.startswith(AssignmentForm.TEAM):
            return {"to": Group.objects.get(pk=read_id(chosen.removeprefix(AssignmentForm.TEAM)))}
        return {"to": get_user_model().objects.get(pk=read_id(chosen)) if chosen else None}


class MoveChosen(ChosenForm):
    status = forms.ChoiceField(label=gettext_lazy("Status"))

    def offer(self):
        groups = []
        for ticket in self.one_of_each(lambda ticket: ticket.department.workflow_id):
            statuses = TicketAccess(self.user, ticket).open_statuses
            groups.append((str(ticket.department.workflow), [(str(status.pk), str(status)) for status in statuses]))
            self.statuses = getattr(self, "statuses", {}) | {str(status.pk): status for status in statuses}
        self.fields["status"].choices = groups[0][1] if len(groups) == 1 else groups

    @property
    def given(self):
        return {"to": self.statuses[self.cleaned_data["status"]]}


class PrioritiseChosen(ChosenForm):
    priority = forms.TypedChoiceField(label=gettext_lazy("Priority"), choices=Priority.choices, coerce=int, initial=Priority.NORMAL)

    @property
    def given(self):
        return {"to": self.cleaned_data["priority"]}


class TagChosen(ChosenForm, TagsForm):
    @property
    def given(self):
        return {"names": self.cleaned_data["names"]}


class AnswerChosen(ChosenForm):
    text = LongTextField(
        label=gettext_lazy("Message to each customer"), limit=TEXT_LIMIT, widget=forms.Textarea(attrs={"dir": "auto", "rows": 8})
    )

    def offer(self):
        names = " ".join(f"{{{name}}}" for name in VARIABLES)
        self.fields["text"].help_text = _("Each ticket puts its own words in the place of: %(names)s") % {"names": names}

    def clean_text(self):
        text = self.cleaned_data["text"]
        if not text.strip():
            raise forms.ValidationError(_("Write a message first."))
        others = [f"{{{name}}}" for name in variables_in(text) if name not in VARIABLES]
        unknown = others or unknown_variables(text, known=VARIABLES)
        if unknown:
            raise forms.ValidationError(complaint_about(unknown[0], known=VARIABLES))
        return text

    @property
    def given(self):
        return {"text": self.cleaned_data["text"]}


class NoteOnChosen(ChosenForm):
    text = LongTextField(label=gettext_lazy("Note"), limit=TEXT_LIMIT, widget=forms.Textarea(attrs={"dir": "auto", "rows": 6}))

    @property
    def given(self):
        return {"text": self.cleaned_data["text"]}


class SnoozeChosen(ChosenForm, SnoozeForm):
    @property
    def given(self):
        return {"until": self.until, "sleeps_through": self.cleaned_data["through"]}


class MergeChosen(ChosenForm):
    """All of them go on in one."""

    into = forms.ChoiceField(label=gettext_lazy("Where does it go on?"), widget=forms.RadioSelect)

    def offer(self):
        self.fields["into"].choices = [(ticket.number, ticket.number) for ticket in self.tickets]

    def clean(self):
        cleaned = super().clean()
        if len({ticket.customer_id for ticket in self.tickets}) > 1:
            raise forms.ValidationError(_("These tickets belong to different customers. Only tickets of one customer can be merged."))
        return cleaned

    @property
    def given(self):
        return {"into": next(ticket for ticket in self.tickets if ticket.number == self.cleaned_data["into"])}


FORMS = {
    "assign": AssignChosen,
    "status": MoveChosen,
    "priority": PrioritiseChosen,
    "tag": TagChosen,
    "untag": TagChosen,
    "reply": AnswerChosen,
    "note": NoteOnChosen,
    "snooze": SnoozeChosen,
    "merge": MergeChosen,
}
