"""A prepared answer as an owner types it, and who is offered it."""

from django import forms
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from control.belonging import BelongsToOthers
from control.words import WordsForm
from stores.models import Store
from tickets.answer_form import CheckedVariables
from tickets.models.reply_template import Scope
from tickets.variables import variables_in

PLACES = ("department", "team", "store")


class AnswerForm(CheckedVariables, WordsForm):
    """`own`: the stores its writer may set up. What is for everybody belongs to all stores there are."""

    line_label, text_label = _("Title (%(language)s)"), _("Text (%(language)s)")
    no_department = _("Choose a department")
    line_limit = 120

    scope = forms.ChoiceField(label=_("Who is offered it"), required=False, widget=forms.RadioSelect)
    team = forms.ModelChoiceField(Group.objects.none(), required=False, label=_("Team"), empty_label=_("Choose a team"))
    store = forms.ModelChoiceField(Store.objects.none(), required=False, label=_("Store"), empty_label=_("Choose a store"))
    is_public = forms.BooleanField(
        label=_("Also publish it as a question and answer"),
        required=False,
        help_text=_("The title becomes the question. It is written here, once for both, and has no words that are filled in."),
    )

    def __init__(self, *args, store, own, **kwargs):
        super().__init__(*args, store=store, **kwargs)
        self.current_store, self.own = store, own
        self.fields["team"].queryset = Group.objects.order_by("name")
        self.fields["store"].queryset = Store.objects.filter(pk__in=own.ids).order_by("pk")
        scopes = [Scope.ALL, Scope.STORE, Scope.DEPARTMENT, Scope.TEAM]
        if not own.all_of_them:
            scopes.remove(Scope.ALL)
        elif len(own.ids) == 1:
            scopes.remove(Scope.STORE)
        self.fields["scope"].choices = [(scope.value, scope.label) for scope in scopes]

    def clean(self):
        cleaned = super().clean()
        self._clean_scope(cleaned)
        if cleaned.get("is_public"):
            self._clean_public(cleaned)
        return cleaned

    def _clean_scope(self, cleaned):
        """Keeps the place that was asked for and forgets the others. Without a choice a department decides."""
        chosen = cleaned.get("scope") or (Scope.DEPARTMENT if cleaned.get("department") else self.fields["scope"].choices[0][0])
        cleaned["scope"] = Scope(chosen)
        if chosen == Scope.STORE and not cleaned.get("store") and len(self.own.ids) == 1:
            cleaned["store"] = self.current_store
        if chosen in PLACES and not cleaned.get(chosen) and chosen not in self.errors:
            self.add_error(chosen, _("Choose one, or offer the answer to somebody else."))
        department = cleaned.get("department") if chosen == Scope.DEPARTMENT else None
        if department and not {store.pk for store in department.stores.all()} <= self.own.ids:
            self.add_error("department", str(BelongsToOthers()))
        for name in PLACES:
            cleaned[name] = cleaned.get(name) if name == chosen else None
        if chosen == Scope.TEAM and not self.own.all_of_them:
            cleaned["store"] = self.current_store

    def _clean_public(self, cleaned):
        if cleaned["scope"] == Scope.TEAM:
            self.add_error("is_public", _("What only one team is offered cannot be published for everybody."))
        for language, (_title, text) in cleaned.get("words", {}).items():
            if used := variables_in(text):
                words = _(
                    "This is published for everybody, so nothing can be filled in here: %(names)s. Take it out, or do not publish it."
                )
                self.add_error(f"text_{language}", words % {"names": ", ".join(f"{{{name}}}" for name in used)})

    @property
    def places(self):
        return {name: self.cleaned_data[name] for name in PLACES}
