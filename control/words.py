"""Forms in which an owner writes one line and one text in each language, for one department or none."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.choices import Language
from departments.models import Department
from stores.wording import WordingForm


class WordsForm(WordingForm):
    """`store` says which departments there are."""

    no_department = ""

    department = forms.ModelChoiceField(Department.objects.none(), required=False, label=_("Department"))

    def __init__(self, *args, store, **kwargs):
        super().__init__(*args, store=store, **kwargs)
        current = getattr(self.initial.get("department"), "pk", None)
        departments = Department.objects.filter(stores=store).filter(Q(archived_at=None) | Q(pk=current))
        self.fields["department"].queryset = departments.order_by("position", "pk")
        self.fields["department"].empty_label = self.no_department


def missing_languages(store, written):
    """[(name, whether it is written)] of each language the store offers: for the dots beside a row."""
    return [(Language(code).label, code in written) for code in store.offered_languages]
