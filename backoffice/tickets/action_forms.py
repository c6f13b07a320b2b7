"""What an action asks of staff: words, files, the owner's fields, whom to give the ticket to, and where to pass it."""

from django import forms
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from backoffice.tickets.forms import TEXT_LIMIT, AssignmentForm, read_id, set_limits
from common.fields import FilesField, LongTextField
from common.form_keys import OneTimeForm
from custom_fields.forms import FieldsMixin
from tickets.audience import people_who_see, teams_who_see
from tickets.errors import NothingToSay
from tickets.services.planning import Given, plan_action


class ActionForm(FieldsMixin, OneTimeForm):
    """The form of one action at one ticket. Nothing is asked that the action does not ask; `given` is what a valid form holds.

    Who may be chosen is who sees the ticket where it goes.
    """

    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, action, ticket, access, asks, proposed="", known=None, **kwargs):
        initial = {"version": ticket.version, "text": proposed, **kwargs.pop("initial", {})}
        super().__init__(*args, initial=initial, **kwargs)
        self.action, self.ticket, self.access, self.asks = action, ticket, access, asks
        if asks.department:
            self._ask_department()
        if asks.assignee:
            self._ask_assignee()
        if asks.fields:
            required = {row.field.pk for row in asks.fields if row.is_required}
            self.add_fields([row.field for row in asks.fields], values=known, required=required)
        if asks.words:
            self.fields["text"] = LongTextField(
                label=_("Message"),
                limit=TEXT_LIMIT,
                widget=forms.Textarea(attrs={"dir": "auto", "rows": 9}),
                error_messages={"required": NothingToSay.message},
            )
            self.fields["files"] = FilesField(label=_("Files"), required=False)
        for field in self.fields.values():
            if isinstance(field, FilesField):
                set_limits(field, ticket.store)

    def _ask_department(self):
        self._departments = list(self.access.departments_to_pass_to().select_related("workflow"))
        choices = [("", _("Choose a department")), *((str(department.pk), str(department)) for department in self._departments)]
        self.fields["department"] = forms.ChoiceField(
            label=_("Department"),
            choices=choices,
            error_messages={
                "required": _("Choose the department that gets the ticket."),
                "invalid_choice": _("This department does not take tickets any more."),
            },
        )

    def _ask_assignee(self):
        people, teams = self._who_may_have_it()
        me = self.access.user
        # Whoever does it stands first: taking it oneself is what is chosen most.
        rows = sorted(people.values(), key=lambda person: person.pk != me.pk)
        choices = [("", _("Choose somebody")), *((str(person.pk), str(person)) for person in rows)]
        if teams:
            choices.append((_("Teams"), [(f"{AssignmentForm.TEAM}{team.pk}", str(team)) for team in teams.values()]))
        self._people, self._teams = people, teams
        self.fields["assignee"] = forms.ChoiceField(
            label=_("Who gets the ticket"),
            choices=choices,
            error_messages={
                "required": _("Choose who gets the ticket."),
                "invalid_choice": _("This person may not see the ticket, so it cannot be given to them."),
            },
        )

    def _who_may_have_it(self):
        """({id: person}, {id: team}) of those who see the ticket in its new place; where that is chosen too, in one of them."""
        departments = self._departments if self.asks.department else [None]
        people, teams = {}, {}
        for department in departments:
            there = plan_action(self.ticket, self.action, by=self.access.user, given=Given(department=department)).there
            people |= {person.pk: person for person in people_who_see(there)}
            teams |= {team.pk: team for team in teams_who_see(there)}
        return people, teams

    def clean(self):
        cleaned = super().clean()
        if self.has_error("text", "required") and cleaned.get("files"):  # a picture may speak for itself
            del self._errors["text"]
            cleaned["text"] = ""
        return cleaned

    @property
    def seen_version(self):
        """The version before the sender's eyes: nothing where none was sent, one that never was where it cannot be read."""
        typed = self.data.get("version", "")
        return None if not typed else read_id(typed) or 0

    @property
    def given(self):
        cleaned = self.cleaned_data
        chosen = self._chosen(cleaned.get("assignee") or "")
        is_team = isinstance(chosen, Group)
        return Given(
            text=cleaned.get("text") or "",
            files=tuple(cleaned.get("files") or ()),
            values=self.field_values,
            assignee=None if is_team else chosen,
            team=chosen if is_team else None,
            department=next((one for one in getattr(self, "_departments", ()) if str(one.pk) == cleaned.get("department")), None),
        )

    def _chosen(self, value):
        if value.startswith(AssignmentForm.TEAM):
            return self._teams.get(read_id(value.removeprefix(AssignmentForm.TEAM)))
        return self._people.get(read_id(value)) if value else None
