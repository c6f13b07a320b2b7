"""What a prepared answer does besides its words, as an owner sets it."""

from crispy_forms.helper import FormHelper
from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from common.fields import LineField
from common.templatetags.formats import isolate
from control.answers.views import own_template
from custom_fields.kinds import kind_of
from custom_fields.models import Field, FieldKind, FieldPlace
from statuses.models import Status
from tickets.choices import Priority
from tickets.errors import TagNameUnfit
from tickets.models import Macro
from tickets.models.macro import MacroGives
from tickets.models.tag import NAME_LIMIT, tag_name
from tickets.services.macros import write_macro

MOST_TAGS = 10
STAYS = gettext_lazy("Stays as it is")


class MacroForm(forms.Form):
    """`template`: the prepared answer. Statuses are those of the store's workflows; elsewhere the first of the same kind is taken."""

    status = forms.ModelChoiceField(Status.objects.none(), required=False, label=gettext_lazy("Status"), empty_label=STAYS)
    gives = forms.ChoiceField(choices=MacroGives.choices, required=False, label=gettext_lazy("Who gets the ticket"))
    person = forms.ModelChoiceField(get_user_model().objects.none(), required=False, label=gettext_lazy("Person"), empty_label="—")
    team = forms.ModelChoiceField(Group.objects.none(), required=False, label=gettext_lazy("Team"), empty_label="—")
    priority = forms.TypedChoiceField(
        coerce=int, empty_value=None, choices=[("", STAYS), *Priority.choices], required=False, label=gettext_lazy("Priority")
    )
    tags = LineField(
        label=gettext_lazy("Tags to put on"), limit=300, required=False, help_text=gettext_lazy("Several with commas between them.")
    )

    def __init__(self, data=None, *, template, store):
        macro = Macro.objects.filter(template=template).first() or Macro(template=template)
        initial = {name: getattr(macro, f"{name}_id") for name in ("status", "person", "team")}
        super().__init__(data, initial=initial | {"gives": macro.gives, "priority": macro.priority, "tags": ", ".join(macro.tags)})
        statuses = Status.objects.kept().filter(workflow__departments__stores=store).select_related("workflow").distinct()
        self.fields["status"].queryset = statuses.order_by("workflow", "position", "pk")
        self.fields["status"].label_from_instance = lambda status: f"{isolate(status.workflow)} · {isolate(status)}"
        self.fields["person"].queryset = get_user_model().objects.staff().order_by("name")
        self.fields["team"].queryset = Group.objects.order_by("name")
        self.chosen = {}
        for field in (
            Field.objects.kept().filter(place=FieldPlace.TICKET, kind__in=[FieldKind.CHOICE, FieldKind.YES_NO]).order_by("position")
        ):
            self._add(field, macro.values.get(str(field.pk)))
        self.helper = FormHelper()
        self.helper.hide_optional = True

    def _add(self, field, stored):
        kind, name = kind_of(field), f"value_{field.pk}"
        options = [(str(key), str(words)) for key, words in kind.options(field)]
        kept = "" if stored is None else str(kind.keys(kind.from_plain(stored))[0])
        self.fields[name] = forms.ChoiceField(choices=[("", STAYS), *options], required=False, label=str(field), initial=kept)
        self.chosen[name] = field

    @property
    def value_fields(self):
        return [self[name] for name in self.chosen]

    def clean_tags(self):
        names = [tag_name(name) for name in self.cleaned_data["tags"].replace("،", ",").split(",")]
        names = list(dict.fromkeys(name for name in names if name))
        if len(names) > MOST_TAGS or any(len(name) > NAME_LIMIT for name in names):
            raise forms.ValidationError(str(TagNameUnfit.message))
        return names

    def clean(self):
        cleaned = super().clean()
        for gives, name in ((MacroGives.PERSON, "person"), (MacroGives.TEAM, "team")):
            if cleaned.get("gives") == gives and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("Choose who gets the ticket."))
        return cleaned

    @property
    def given(self):
        """What write_macro takes."""
        cleaned = self.cleaned_data
        values = {}
        for name, field in self.chosen.items():
            if cleaned.get(name):
                kind = kind_of(field)
                values[str(field.pk)] = kind.plain(kind.from_key(cleaned[name]))
        return {name: cleaned[name] for name in ("status", "gives", "person", "team", "priority", "tags")} | {"values": values}


@require_http_methods(["GET", "HEAD", "POST"])
def answer_macro(request, store, pk):
    found = own_template(request, store, pk)
    form = MacroForm(request.POST if request.method == "POST" else None, template=found, store=store)
    if form.is_bound and form.is_valid():
        write_macro(found, **form.given, by=request.user)
        messages.success(request, _("Saved. Staff see what it changes before they run it."))
        return redirect("control:answer_macro", pk)
    return render(request, "control/answers/macro.html", {"answer": found, "form": form}, status=422 if form.is_bound else 200)
