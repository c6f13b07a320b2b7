"""Forms that choose a colleague: to share one ticket with, or to ask why about."""

from datetime import timedelta

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from common.fields import JalaliDateField
from common.moments import end_of_day, reader_today
from common.templatetags.formats import isolate
from permissions.querysets import people_who_may_see
from tickets.access import QUESTIONS
from tickets.choices import ShareRight
from tickets.explaining import QUESTION_NAMES

LONGEST_SHARE = timedelta(days=5 * 365)


class PersonField(forms.ModelChoiceField):
    """A colleague by name, which does not turn what stands beside it."""

    def label_from_instance(self, person):
        return isolate(person)


class ShareForm(forms.Form):
    """With whom, for what, until the end of which day. `ends_at` is that moment where the reader lives, or None."""

    user = PersonField(
        get_user_model().objects.none(),
        label=_("With whom?"),
        empty_label=_("Choose a colleague"),
        error_messages={"invalid_choice": _("This person sees the ticket already, or is not an active colleague.")},
    )
    right = forms.ChoiceField(label=_("This person may"), choices=ShareRight.choices, initial=ShareRight.SEE, widget=forms.RadioSelect)
    until = JalaliDateField(
        label=_("Until the end of the day"), required=False, help_text=_("Empty: until somebody takes it back. Either calendar will do.")
    )

    def __init__(self, *args, ticket, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people_to_share_with(ticket, by)
        self.fields["until"].earliest, self.fields["until"].latest = reader_today(), reader_today() + LONGEST_SHARE

    @property
    def ends_at(self):
        return end_of_day(self.cleaned_data["until"])


def people_to_share_with(ticket, by):
    """Active staff who do not see this ticket by their rights, by name; never the person who shares."""
    seers = people_who_may_see(ticket.department, ticket.status).order_by().values("pk")
    return get_user_model().objects.staff().exclude(pk__in=seers).exclude(pk=by.pk)


class WhyForm(forms.Form):
    """About whom, and what: one of QUESTIONS, or an action of the ticket's status. Who may not ask about others has nobody else to choose."""

    ACTION = "action:"

    person = PersonField(
        get_user_model().objects.none(),
        label=_("About whom?"),
        empty_label=None,
        error_messages={"invalid_choice": _("You may only ask about yourself. Whoever grants rights may ask about others.")},
    )
    question = forms.ChoiceField(
        label=_("What would you like to know?"), choices=[(question, QUESTION_NAMES[question]) for question in QUESTIONS]
    )

    def __init__(self, query, *, ticket, user, may_ask_about_others):
        asked = {"person": query.get("person") or user.pk, "question": query.get("question") or QUESTIONS[0]}
        super().__init__(asked)
        staff = get_user_model().objects.staff()
        self.fields["person"].queryset = staff if may_ask_about_others else staff.filter(pk=user.pk)
        self.actions = {f"{self.ACTION}{action.pk}": action for action in ticket.status.actions.kept().filter(for_staff=True)}
        named = [(key, _("Do “%(action)s”") % {"action": isolate(action)}) for key, action in self.actions.items()]
        self.fields["question"].choices = [*self.fields["question"].choices, *named]

    def decide(self, access):
        """The decision that was asked about."""
        question = self.cleaned_data["question"]
        action = self.actions.get(question)
        return access.decide_action(action) if action else access.decide(question)
