"""Which fields an action asks for: a row for each field there is, with its place among those asked."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from common.fields import WholeNumberField
from common.templatetags.formats import isolate
from custom_fields.models import Field, FieldPlace

NO, MAY, MUST = "", "may", "must"
WAYS = [(NO, _("not asked")), (MAY, _("may be filled in")), (MUST, _("must be filled in"))]


class AskedFields(forms.Form):
    """`rows` for the page: (field, way, place). A field that is gone has no row, so it leaves the action when it is saved."""

    def __init__(self, data, asked):
        super().__init__(data, prefix="asked")
        places = {each["field"]: (place, MUST if each["required"] else MAY) for place, each in enumerate(asked, 1)}
        offered = list(Field.objects.kept().exclude(place=FieldPlace.CUSTOMER))
        self.offered = sorted(offered, key=lambda field: places.get(field.key, (len(places) + 1, ""))[0])
        for field in self.offered:
            place, way = places.get(field.key, (None, NO))
            name = isolate(field)
            self.fields[f"{field.key}-way"] = forms.ChoiceField(label=name, choices=WAYS, required=False, initial=way)
            self.fields[f"{field.key}-place"] = WholeNumberField(
                label=_("Place of %(field)s") % {"field": name}, required=False, min_value=1, max_value=999, initial=place
            )

        self.helper = FormHelper()
        self.helper.hide_optional = True

    @property
    def rows(self):
        return [(field, self[f"{field.key}-way"], self[f"{field.key}-place"]) for field in self.offered]

    @property
    def changes(self):
        given = self.cleaned_data
        asked = [field for field in self.offered if given.get(f"{field.key}-way")]
        asked.sort(key=lambda field: given.get(f"{field.key}-place") or 1000)
        return [{"field": field.key, "required": given[f"{field.key}-way"] == MUST} for field in asked]
