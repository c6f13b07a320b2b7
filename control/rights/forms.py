"""The few fields beside the boxes: until when, which role where, and the question “why?”."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.fields import JalaliDateField, LineField
from common.moments import reader_today
from tickets.access import QUESTIONS
from tickets.explaining import QUESTION_NAMES

FARTHEST_YEARS = 10
ALL = "all"


def _day_field():
    today = reader_today()
    return JalaliDateField(
        label=_("Until the end of this day"),
        required=False,
        earliest=today,
        latest=today.replace(year=today.year + FARTHEST_YEARS, day=min(today.day, 28)),
    )


class UntilForm(forms.Form):
    """Empty: without an end. It holds for what is given now, not for what was there already."""

    def __init__(self, data=None):
        super().__init__(data, auto_id="id_boxes_%s")
        self.fields["until"] = _day_field()
        # The boxes stand all over the page; each names the form it is sent with.
        self.fields["until"].widget.attrs["form"] = "boxes"
        self.fields["until"].help_text = _("For what you give now. Empty: without an end. Either calendar will do.")

    def refuse_without(self, give):
        """A day with nothing to give is a mistake rather than a silent nothing."""
        if self.cleaned_data.get("until") and not give:
            self.add_error(
                "until", _("Nothing is given now, so there is nothing that could end then. Tick something, or empty this field.")
            )


class RoleForm(forms.Form):
    """A role, and a department or all of them. Only what is on the granter's sheet can be chosen.

    A role is taken back in a department that was archived, but not given there.
    """

    def __init__(self, data=None, *, sheet):
        super().__init__(data, auto_id="id_role_%s")
        self.roles = {str(role.pk): role for role in sheet.roles}
        is_taken = bool(data and data.get("taken"))
        departments = [each for each in sheet.departments_for_roles if is_taken or each.archived_at is None]
        self.departments = {str(department.pk): department for department in departments}
        everywhere = [(ALL, _("All departments"))] if self.departments else []
        self.fields["role"] = forms.ChoiceField(label=_("Role"), choices=[(pk, str(role)) for pk, role in self.roles.items()])
        self.fields["department"] = forms.ChoiceField(
            label=_("Department"), choices=[*((pk, str(department)) for pk, department in self.departments.items()), *everywhere]
        )
        self.fields["until"] = _day_field()
        self.fields["until"].help_text = _("Empty: without an end.")

    def clean_role(self):
        return self.roles[self.cleaned_data["role"]]

    def clean_department(self):
        chosen = self.cleaned_data["department"]
        return list(self.departments.values()) if chosen == ALL else [self.departments[chosen]]


class WhyForm(forms.Form):
    """Which ticket, and what about it."""

    why = LineField(
        label=_("Ticket number"), limit=20, widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "numeric", "autocomplete": "off"})
    )
    question = forms.ChoiceField(label=_("Question"), choices=[(question, QUESTION_NAMES[question]) for question in QUESTIONS])

    def __init__(self, data=None):
        super().__init__(data, auto_id="id_why_%s", initial={"question": QUESTIONS[0]})
