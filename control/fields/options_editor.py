"""The list of a field in the form of its owner: a row for each option, a word in each language, and room for more."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choices import Language
from common.fields import LineField, WholeNumberField
from common.keys import key_like
from common.templatetags.formats import isolate

#: So many empty rows stand at the end; saving gives new ones.
ROOM = 4
MOST = 100
LIMIT = 80


class OptionsMixin:
    """Adds the rows; `cleaned_data["options"]` is the list as Field.options keeps it."""

    def add_options(self, options, languages):
        self.old_options, self.languages = list(options), languages
        asked = len(self.old_options) + ROOM
        if self.is_bound:
            asked = max(asked, min(MOST, sum(1 for name in self.data if name.startswith("option_") and name.endswith("_place")) + 0))
        self.option_rows = range(min(asked, MOST))
        for row in self.option_rows:
            self._add_row(row, self.old_options[row] if row < len(self.old_options) else None)

    def _add_row(self, row, option):
        label = (option or {}).get("label", {})
        for code in self.languages:
            name = isolate(Language(code).label)
            self.fields[f"option_{row}_{code}"] = LineField(
                label=_("Answer %(number)s (%(language)s)") % {"number": row + 1, "language": name},
                limit=LIMIT,
                required=False,
                initial=label.get(code, ""),
                widget=forms.TextInput(attrs={"lang": code, "dir": "auto", "autocomplete": "off"}),
            )
        self.fields[f"option_{row}_place"] = WholeNumberField(
            label=_("Place of answer %(number)s") % {"number": row + 1}, required=False, initial=row + 1, min_value=1, max_value=999
        )
        if option:
            self.fields[f"option_{row}_gone"] = forms.BooleanField(
                label=_("Offer it no more: %(answer)s") % {"answer": isolate(next(iter(label.values()), option["key"]))},
                required=False,
                initial=bool(option.get("archived")),
            )

    @property
    def option_parts(self):
        """For the page: (number, fields of the languages, place, “offer no more” or None) of each row."""
        for row in self.option_rows:
            gone = f"option_{row}_gone"
            words = [self[f"option_{row}_{code}"] for code in self.languages]
            yield row + 1, words, self[f"option_{row}_place"], self[gone] if gone in self.fields else None

    def clean_options(self):
        """The list in its new order. An option that was stored stays in it, be it offered or not: values name its key."""
        rows, taken = [], {option["key"] for option in self.old_options}
        for row in self.option_rows:
            old = self.old_options[row] if row < len(self.old_options) else None
            label = {code: self.cleaned_data.get(f"option_{row}_{code}") for code in self.languages}
            kept = {code: words for code, words in (old or {}).get("label", {}).items() if code not in self.languages}
            label = {**kept, **{code: words for code, words in label.items() if words}}
            if not label and old is None:
                continue
            if not label:
                self.add_error(
                    f"option_{row}_{self.languages[0]}",
                    _("This answer is kept somewhere, so it needs a name. To offer it no more, tick the box."),
                )
                continue
            key = old["key"] if old else key_like(next(iter(label.values())), taken)
            taken.add(key)
            place = self.cleaned_data.get(f"option_{row}_place") or row + 1
            rows.append((place, row, {"key": key, "label": label, "archived": bool(self.cleaned_data.get(f"option_{row}_gone"))}))
        return [option for _place, _row, option in sorted(rows, key=lambda row: row[:2])]
