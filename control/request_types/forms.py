from django import forms
from django.utils.translation import gettext_lazy as _

from common.form_keys import OneTimeForm
from common.templatetags.formats import isolate
from control.spoken import IconField, SpokenMixin
from departments.models import Department


class RequestTypeForm(SpokenMixin, OneTimeForm):
    """`departments` are those this person may change; `may_be_for_all`: whether all stores are theirs."""

    name_limit = 60

    departments = forms.ModelMultipleChoiceField(
        Department.objects.none(), required=False, label=_("Only in these departments"), widget=forms.CheckboxSelectMultiple
    )
    is_after_sale = forms.BooleanField(
        label=_("About something that was bought"), required=False, help_text=_("Departments may leave these out of their forms.")
    )
    in_forms = forms.BooleanField(
        label=_("Customers may choose it"), required=False, help_text=_("Otherwise only staff give it to tickets.")
    )

    def __init__(self, data=None, *, store, departments, may_be_for_all, request_type=None):
        row = request_type
        initial = {"in_forms": True}
        if row:
            initial = {"is_after_sale": row.is_after_sale, "in_forms": row.in_forms, "departments": list(row.departments.all())}
        super().__init__(data, initial=initial)
        self.add_languages(store.languages_to_write_in, name=row and row.name)
        self.fields["icon"] = IconField(current=row.icon if row else "question-circle")
        self.may_be_for_all = may_be_for_all
        choice = self.fields["departments"]
        choice.queryset, choice.label_from_instance = departments, isolate
        choice.help_text = _("None chosen: in all of them.") if may_be_for_all else _("Choose one at least: other stores are not yours.")

    def clean_departments(self):
        chosen = self.cleaned_data["departments"]
        if not chosen and not self.may_be_for_all:
            raise forms.ValidationError(_("Choose one department at least: a type for all of them would change other people’s stores."))
        return chosen

    @property
    def changes(self):
        """For write_request_type."""
        given = self.cleaned_data
        plain = {name: given[name] for name in ("icon", "is_after_sale", "in_forms")}
        return plain | {"name": self.words_of("name"), "departments": list(given["departments"])}
