"""A role: its name and whom it suits in each language, and the rights it gives."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from accounts.choices import Language
from common.fields import LineField
from common.form_keys import OneTimeForm
from common.templatetags.formats import isolate
from permissions.models import RIGHT_FIELDS
from permissions.rights import DepartmentRight, StoreRight, WorkflowRight


class RoleForm(OneTimeForm):
    """`changes` is what to hand to change_role or make_role. `store` says which language comes first; one is enough."""

    department_rights = forms.MultipleChoiceField(
        label=_("In a department"), choices=DepartmentRight.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    workflow_rights = forms.MultipleChoiceField(
        label=_("In all statuses of the department, later ones too"),
        choices=WorkflowRight.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Without these, statuses are given one by one on the rights page."),
    )
    store_rights = forms.MultipleChoiceField(
        label=_("In the whole store"), choices=StoreRight.choices, widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args, store, role=None, **kwargs):
        rights = {name: getattr(role, name) for name in RIGHT_FIELDS} if role else {}
        super().__init__(*args, initial=rights or {"department_rights": [DepartmentRight.VIEW]}, **kwargs)
        self.languages = store.languages_to_write_in
        for code in self.languages:
            self._add_language(code, role)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.hide_optional = True

    def _add_language(self, code, role):
        name = isolate(Language(code).label)
        typed = {"lang": code, "dir": "auto", "autocomplete": "off"}
        for field, label, limit in (("name", _("Name (%(language)s)"), 60), ("description", _("Whom it suits (%(language)s)"), 160)):
            self.fields[f"{field}_{code}"] = LineField(
                label=label % {"language": name},
                limit=limit,
                required=False,
                initial=_in_language(getattr(role, field, ""), code),
                widget=forms.TextInput(attrs=typed),
            )

    @property
    def parts(self):
        """For the page: each language with its two fields. Open are the first one and those with mistakes."""
        for place, code in enumerate(self.languages):
            line, text = self[f"name_{code}"], self[f"description_{code}"]
            is_open = place == 0 or bool(line.errors or text.errors)
            yield {
                "code": code,
                "name": Language(code).label,
                "line": line,
                "text": text,
                "has_words": bool(line.value()),
                "is_open": is_open,
            }

    def clean(self):
        cleaned = super().clean()
        if not any(cleaned.get(f"name_{code}") for code in self.languages) and not self.errors:
            self.add_error(f"name_{self.languages[0]}", _("Name the role in one language at least."))
        return cleaned

    @property
    def changes(self):
        words = {
            field: LazyI18nString(
                {code: self.cleaned_data[f"{field}_{code}"] for code in self.languages if self.cleaned_data[f"{field}_{code}"]}
            )
            for field in ("name", "description")
        }
        return words | {name: self.cleaned_data[name] for name in RIGHT_FIELDS}


def _in_language(words, code):
    """What the owner wrote in exactly this language."""
    data = getattr(words, "data", words)
    return data.get(code, "") if isinstance(data, dict) else str(data or "") if code == Language.ENGLISH else ""
