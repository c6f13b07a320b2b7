"""What an owner says about a field."""

from crispy_forms.helper import FormHelper
from django import forms
from django.contrib.auth.models import Group
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from accounts.choices import Language
from common.fields import LineField, WholeNumberField
from common.form_keys import OneTimeForm
from common.templatetags.formats import isolate
from control.fields.options_editor import OptionsMixin
from custom_fields.kinds import FROM_A_LIST, kind_of
from custom_fields.models import CustomerAccess, Field, FieldKind, FieldPlace
from departments.models import Department
from statuses.models import Status

WITH_LIST = {FieldKind.CHOICE, FieldKind.SEVERAL}
NOT_OF_CUSTOMERS = {FieldKind.SECRET, FieldKind.FILE}
WIPED_AFTER = 30
_boxes = forms.CheckboxSelectMultiple


class FieldForm(OptionsMixin, OneTimeForm):
    """`field`: the one that is changed, or a new one. Where values are kept, kind and place stay as they are.

    `of_all_stores`: whether what is asked everywhere is this person's to decide.
    """

    place = forms.ChoiceField(label=_("What is it about?"), choices=FieldPlace.choices, widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=_("Kind of answer"), choices=FieldKind.choices)
    departments = forms.ModelMultipleChoiceField(
        Department.objects.none(), label=_("Only in these departments"), required=False, widget=_boxes, help_text=_("None: in all of them.")
    )
    customer_access = forms.ChoiceField(label=_("Customers"), choices=CustomerAccess.choices, widget=forms.RadioSelect)
    in_forms = forms.BooleanField(label=_("Ask for it in the form of a new request"), required=False)
    is_required = forms.BooleanField(label=_("An answer is required there"), required=False)
    required_in = forms.ModelMultipleChoiceField(
        Status.objects.none(), label=_("Must be filled in before a ticket comes into"), required=False, widget=_boxes
    )
    only_when = forms.MultipleChoiceField(label=_("Ask for it only when the answer was"), required=False, widget=_boxes)
    in_lists = forms.BooleanField(label=_("Show it in the lists of tickets"), required=False)
    viewers = forms.ModelMultipleChoiceField(
        Group.objects.all(),
        label=_("Teams that see it"),
        required=False,
        widget=_boxes,
        help_text=_("None: everybody who sees the ticket."),
    )
    editors = forms.ModelMultipleChoiceField(
        Group.objects.all(), label=_("Teams that change it"), required=False, widget=_boxes, help_text=_("None: everybody who may answer.")
    )
    wiped_after_days = WholeNumberField(
        label=_("Wipe a secret so many days after closing"),
        required=False,
        min_value=1,
        max_value=3650,
        help_text=_("Empty: never. Only for secrets."),
    )

    def __init__(self, *args, store, field, is_held=False, of_all_stores=True, **kwargs):
        kwargs["initial"] = _initial(field)
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.hide_optional = True  # almost all of it is, and the word would stand everywhere
        self.store, self.field, self.is_held, self.of_all_stores = store, field, is_held, of_all_stores
        codes = store.languages_to_write_in
        self.fields["departments"].queryset = Department.objects.active().filter(stores=store)
        workflows = Department.objects.active().filter(stores=store).values("workflow")
        self.fields["required_in"].queryset = Status.objects.kept().filter(workflow__in=workflows).select_related("workflow")
        self.fields["required_in"].label_from_instance = lambda status: f"{status.workflow} · {status}"
        self.fields["only_when"].choices = _conditions(field)
        for name in ("place", "kind"):
            self.fields[name].disabled = is_held
        for code in codes:
            self._add_words(code)
        self.add_options(field.options, codes)

    def _add_words(self, code):
        language, spoken = isolate(Language(code).label), {"lang": code, "dir": "auto", "autocomplete": "off"}
        for name, label, limit in (("label", _("Label (%(language)s)"), 80), ("help", _("Help (%(language)s)"), 200)):
            self.fields[f"{name}_{code}"] = LineField(
                label=label % {"language": language},
                limit=limit,
                required=False,
                initial=_by_language(getattr(self.field, name)).get(code, ""),
                widget=forms.TextInput(attrs=spoken),
            )

    @property
    def parts(self):
        """For the page: label and help of each language. Open are those with words or mistakes, and the first one."""
        for place, code in enumerate(self.languages):
            label, help_text = self[f"label_{code}"], self[f"help_{code}"]
            has_words = bool(label.value() or help_text.value())
            is_open = place == 0 or has_words or bool(label.errors or help_text.errors)
            yield {"code": code, "name": Language(code).label, "line": label, "text": help_text, "has_words": has_words, "is_open": is_open}

    def clean(self):
        cleaned = super().clean()
        kind, place = cleaned.get("kind"), cleaned.get("place")
        cleaned["label"], cleaned["help"] = self._words("label"), self._words("help")
        if not cleaned["label"].data and not any(self.has_error(f"label_{code}") for code in self.languages):
            self.add_error(f"label_{self.languages[0]}", _("Write the label in one language at least."))
        cleaned["options"] = self.clean_options()
        if kind in WITH_LIST and not any(not option["archived"] for option in cleaned["options"]):
            self.add_error(f"option_0_{self.languages[0]}", _("A list needs at least one answer to choose."))
        if place == FieldPlace.CUSTOMER and kind in NOT_OF_CUSTOMERS:
            self.add_error(
                "kind", _("Secrets and files belong to a request, since they are wiped and removed with it. Choose another kind.")
            )
        cleaned["shown_when"], cleaned["shown_when_values"] = self._condition(cleaned.get("only_when") or [])
        parent = cleaned["shown_when"]
        if parent and (parent.place == FieldPlace.CUSTOMER) != (place == FieldPlace.CUSTOMER):
            self.add_error(
                "only_when",
                _("What is asked about customers hangs on what is known of them, and what is asked about requests on requests."),
            )
        self._guard_other_stores(place, cleaned)
        if kind != FieldKind.SECRET:
            cleaned["wiped_after_days"] = None
        if place == FieldPlace.ACTION:
            cleaned["in_forms"] = False
        return cleaned

    def _guard_other_stores(self, place, cleaned):
        if self.of_all_stores:
            return
        if place == FieldPlace.CUSTOMER:
            self.add_error(
                "place", _("Customers are the same in all stores. Whoever sets up all of them decides what is asked about them.")
            )
        elif place == FieldPlace.TICKET and "departments" in cleaned and not cleaned["departments"]:
            self.add_error(
                "departments", _("Choose departments: only whoever sets up all stores can ask for something in every one of them.")
            )

    def _words(self, name):
        """What was written, and what stands there in languages that are not offered any more."""
        kept = {code: words for code, words in _by_language(getattr(self.field, name)).items() if code not in self.languages}
        written = {code: self.cleaned_data.get(f"{name}_{code}") for code in self.languages}
        return LazyI18nString(kept | {code: words for code, words in written.items() if words})

    def _condition(self, chosen):
        """(the field it hangs on, the keys of its answers)."""
        pairs = [one.split(":", 1) for one in chosen]
        parents = {pk for pk, _key in pairs}
        if len(parents) > 1:
            self.add_error("only_when", _("Choose answers of one field only."))
        if len(parents) != 1:
            return None, []
        parent = Field.objects.select_related("shown_when").get(pk=parents.pop())
        above, seen = parent, set()
        while above is not None and above.pk not in seen:
            if above.pk == self.field.pk:
                self.add_error("only_when", _("This would go round in a circle: that field hangs on this one already."))
                break
            seen.add(above.pk)
            above = above.shown_when
        return parent, [key for _pk, key in pairs]


def _initial(field):
    names = ["place", "kind", "customer_access", "in_forms", "is_required", "in_lists", "wiped_after_days"]
    initial = {name: getattr(field, name) for name in names}
    if field.pk is None:
        return initial | {"wiped_after_days": WIPED_AFTER}
    several = {name: [row.pk for row in getattr(field, name).all()] for name in ("departments", "required_in", "viewers", "editors")}
    return initial | several | {"only_when": [f"{field.shown_when_id}:{key}" for key in field.shown_when_values]}


def _conditions(field):
    """[("12:technical", "Kind of question: technical")], of the other fields with a list."""
    others = Field.objects.kept().filter(kind__in=FROM_A_LIST).exclude(pk=field.pk)
    about_customers = Q(place=FieldPlace.CUSTOMER)
    others = others.filter(about_customers if field.place == FieldPlace.CUSTOMER else ~about_customers)
    return [
        (f"{other.pk}:{key}", f"{isolate(other)}: {isolate(words)}") for other in others for key, words in kind_of(other).options(other)
    ]


def _by_language(words):
    data = getattr(words, "data", words)
    return data if isinstance(data, dict) else {"en": data} if data else {}
