from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.fields import LineField
from common.form_keys import OneTimeForm
from common.templatetags.formats import isolate
from control.workflows.status_form import COLOURS
from tickets.models import Tag
from tickets.models.tag import NAME_LIMIT

PLAIN = "none"


class TagForm(OneTimeForm):
    """A tag's name and colour. `changes` is for change_tag."""

    name = LineField(label=_("Name"), limit=NAME_LIMIT, widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}))
    colour = forms.ChoiceField(
        label=_("Colour"),
        choices=[(PLAIN, pgettext_lazy("colour", "none")), *((str(hue), name) for hue, name in COLOURS)],
        widget=forms.RadioSelect,
    )

    def __init__(self, data=None, *, tag):
        super().__init__(data, initial={"name": tag.name, "colour": PLAIN if tag.hue is None else str(tag.hue)})

    @property
    def changes(self):
        colour = self.cleaned_data["colour"]
        return {"name": self.cleaned_data["name"], "hue": None if colour == PLAIN else int(colour)}


class MergingForm(forms.Form):
    into = forms.ModelChoiceField(
        Tag.objects.none(),
        label=_("Merge into"),
        empty_label=_("Choose a tag"),
        error_messages={"required": _("Choose a tag."), "invalid_choice": _("This tag is not there any more.")},
    )

    def __init__(self, data=None, *, tag):
        super().__init__(data)
        self.fields["into"].queryset = Tag.objects.filter(store=tag.store_id).exclude(pk=tag.pk).by_name()
        self.fields["into"].label_from_instance = isolate
