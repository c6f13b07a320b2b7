"""A department, as its owner describes it."""

from crispy_forms.helper import FormHelper
from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from common.fields import LineField, WholeNumberField
from common.form_keys import OneTimeForm
from common.templatetags.formats import isolate
from control.spoken import IconField, SpokenMixin
from departments.models import Assignment, Department
from departments.services import PLAIN
from departments.switches import GROUPS, SWITCHES
from statuses.models import Workflow
from stores.models import Store

WAYS = {
    Assignment.RESPONSIBLE: _("Every new ticket goes to the responsible person at once."),
    Assignment.MANUAL: _("New tickets wait until somebody takes them or gives them away."),
    Assignment.RANDOM: _("Each new ticket goes to a member drawn by lot."),
    Assignment.BALANCED: _("Each new ticket goes to the member who has the fewest open ones."),
    Assignment.ROUND_ROBIN: _("Members get new tickets one after another."),
}
A_YEAR = 365 * 24
FIT_FOR_ADDRESSES = _("Use small Latin letters, digits and hyphens only, such as “job-applications”.")


class DepartmentForm(SpokenMixin, OneTimeForm):
    """`stores` are those this person may set up. A new department is asked which of `workflows` it follows; later there is a page for that."""

    text_label = _("What belongs here (%(language)s)")

    is_public = forms.BooleanField(
        label=_("Offered to customers"),
        required=False,
        help_text=_("Otherwise it is internal: only colleagues, and its web form, bring tickets to it."),
    )
    stores = forms.ModelMultipleChoiceField(Store.objects.none(), label=_("Stores"), widget=forms.CheckboxSelectMultiple)
    workflow = forms.ModelChoiceField(Workflow.objects.none(), label=_("Workflow"), empty_label=None)
    responsible = forms.ModelChoiceField(
        None,
        required=False,
        label=_("Responsible person"),
        empty_label=_("Nobody"),
        help_text=_("Takes part like a member, and gets every new ticket where that is the way to give them out."),
    )
    members = forms.ModelMultipleChoiceField(None, required=False, label=_("Members"), widget=forms.CheckboxSelectMultiple)
    teams = forms.ModelMultipleChoiceField(None, required=False, label=_("Teams"), widget=forms.CheckboxSelectMultiple)
    assignment = forms.ChoiceField(label=_("New tickets are given"), choices=Assignment.choices, widget=forms.RadioSelect)
    only_present = forms.BooleanField(
        label=_("Only to people who are present"), required=False, help_text=_("Who is away gets no new tickets by themselves.")
    )
    most_open = WholeNumberField(
        label=_("Open tickets per person, at most"),
        min_value=1,
        max_value=1000,
        required=False,
        help_text=_("Whoever has so many gets no more by themselves. Empty: no limit."),
    )
    answer_hours = WholeNumberField(
        label=_("Answers within so many hours"),
        min_value=1,
        max_value=A_YEAR,
        required=False,
        help_text=_("What is promised to customers, and the deadline of tickets. Empty: nothing is promised."),
    )
    uses = forms.MultipleChoiceField(
        label=_("What it uses"), choices=[(code, switch.label) for code, switch in SWITCHES.items()], required=False
    )
    form_address = LineField(
        label=_("Address of its form"),
        limit=40,
        required=False,
        help_text=_("The last word of the address, in small Latin letters, digits and hyphens."),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}),
    )
    form_published = forms.BooleanField(
        label=_("Published"), required=False, help_text=_("Otherwise there is no page at this address, whoever asks.")
    )

    def __init__(self, data=None, *, store, stores, department=None, workflows=None):
        self.department = department
        super().__init__(data, initial=self._initial(department, store, workflows))
        self.add_languages(store.languages_to_write_in, name=department and department.name, text=department and department.description)
        self.fields["icon"] = IconField(current=department.icon if department else "chat-dots")
        self.fields["stores"].queryset = stores.order_by("-is_default", "pk")
        staff = get_user_model().objects.staff()
        self.fields["responsible"].queryset = self.fields["members"].queryset = staff
        self.fields["teams"].queryset = Group.objects.order_by("name", "pk")
        for name in ("responsible", "members", "teams", "stores"):
            self.fields[name].label_from_instance = isolate
        if department:
            del self.fields["workflow"]
        else:
            self.fields["workflow"].queryset = workflows
        if self.fields["stores"].queryset.count() < 2:
            del self.fields["stores"]
        self.only_store = store

    @staticmethod
    def _initial(department, store, workflows):
        if department is None:
            return {
                "is_public": True, "only_present": True, "assignment": Assignment.RESPONSIBLE, "uses": list(SWITCHES), "stores": [store],
                "icon": "chat-dots", "workflow": workflows.first(),
            }  # fmt: skip
        many = {name: list(getattr(department, name).all()) for name in ("stores", "members", "teams")}
        plain = {name: getattr(department, name) for name in PLAIN if name not in {"name", "description", "switches", "workflow"}}
        return plain | many | {"uses": [code for code in SWITCHES if department.uses(code)]}

    def clean_form_address(self):
        typed = self.cleaned_data["form_address"].lower()
        if typed != slugify(typed):
            raise forms.ValidationError(FIT_FOR_ADDRESSES)
        others = Department.objects.exclude(pk=self.department and self.department.pk)
        if typed and others.filter(form_address=typed).exists():
            raise forms.ValidationError(_("Another department has its form at this address. Choose another word."))
        return typed

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("form_published") and not cleaned.get("form_address") and "form_address" not in self.errors:
            self.add_error("form_address", _("Write an address first: without one the form cannot be published."))
        return cleaned

    @property
    def changes(self):
        """For write_department. Members without access at present are not on the page, and stay what they were."""
        given = dict(self.cleaned_data)
        changes = {name: given[name] for name in PLAIN if name in given}
        changes |= {"name": self.words_of("name"), "description": self.words_of("text")}
        changes["switches"] = [code for code in SWITCHES if code not in given["uses"]]
        changes["members"] = [*given["members"], *self._members_not_shown()]
        changes["teams"] = list(given["teams"])
        if "stores" in self.fields:
            changes["stores"] = list(given["stores"])
        elif self.department is None:
            changes["stores"] = [self.only_store]
        return changes

    def _members_not_shown(self):
        if self.department is None:
            return []
        return list(self.department.members.exclude(pk__in=self.fields["members"].queryset.values("pk")))

    @property
    def ways(self):
        """Each way of assignment with its sentence, and whether it is chosen."""
        chosen = self["assignment"].value()
        return [(code, label, WAYS[code], code == chosen) for code, label in Assignment.choices]

    @property
    def switch_groups(self):
        """Title, and each switch with whether it is on."""
        on = set(self["uses"].value() or ())
        return [(title, [(switch, switch.code in on) for switch in switches]) for title, switches in GROUPS]


class WorkflowForm(forms.Form):
    """To which workflow, and for each status that has tickets to which status of it they go."""

    def __init__(self, data=None, *, to, used, may_become, likely):
        super().__init__(data)
        self.to, self.used = to, list(used)
        for status in self.used:
            choices = may_become(status, to)
            wish = likely(status, to)
            self.fields[f"status_{status.pk}"] = forms.TypedChoiceField(
                label=isolate(status),
                choices=[(each.pk, isolate(each)) for each in choices],
                coerce=int,
                initial=wish.pk if wish else None,
                error_messages={"required": _("Choose where these tickets go."), "invalid_choice": _("Choose where these tickets go.")},
            )

    @property
    def rows(self):
        """For the page: the status, and the field of where its tickets go."""
        return [(status, self[f"status_{status.pk}"]) for status in self.used]

    @property
    def moves(self):
        statuses = {each.pk: each for each in self.to.kept_statuses()}
        return {status.pk: statuses[self.cleaned_data[f"status_{status.pk}"]] for status in self.used}


class ArchivingForm(forms.Form):
    """What becomes of the open tickets."""

    STAY, MOVE = "stay", "another"

    tickets = forms.ChoiceField(choices=[(STAY, STAY), (MOVE, MOVE)], required=False, initial=STAY)
    department = forms.ModelChoiceField(
        Department.objects.none(), required=False, label=_("Department"), empty_label=_("Choose a department")
    )

    def __init__(self, data=None, *, others):
        super().__init__(data)
        self.helper = FormHelper()
        self.helper.hide_optional = True
        self.fields["department"].queryset = others

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("tickets") == self.MOVE and not cleaned.get("department") and "department" not in self.errors:
            self.add_error("department", _("Choose the department that takes the tickets."))
        return cleaned
