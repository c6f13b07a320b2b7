"""A question and its answer, in each language; sections; the look. Answers are typed as Markdown and stored with the HTML made of it."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from accounts.choices import Language
from common.fields import LongTextField
from common.templatetags.formats import isolate
from control.words import WordsForm
from faq.models import FaqSection
from stores.models import FaqLook, Store
from stores.wording import WordingForm


class FaqEntryForm(WordsForm):
    """`stored`: {language: FaqTranslation} of an entry. `stores`: those this person may set up, asked for when there are several.

    `fixed`: its words come from a prepared answer and are written there.
    """

    line_label, text_label = _("Question (%(language)s)"), _("Answer (%(language)s)")
    no_department = _("In general, no department")
    text_limit = 60_000
    rows = 10

    section = forms.ModelChoiceField(FaqSection.objects.none(), required=False, label=_("Section"))
    stores = forms.ModelMultipleChoiceField(
        Store.objects.none(), required=False, label=_("Stores"), widget=forms.CheckboxSelectMultiple, help_text=_("Whose portals show it.")
    )
    is_published = forms.BooleanField(label=_("Published"), required=False, initial=True, help_text=_("A draft is seen on this page only."))

    def __init__(self, *args, store, own_stores, stored=None, fixed=False, **kwargs):
        self.stored, self.fixed = stored or {}, fixed
        words = {language: (text.question, text.markdown) for language, text in self.stored.items()}
        super().__init__(*args, store=store, words=words, **kwargs)
        current = getattr(self.initial.get("section"), "pk", None)
        self.fields["section"].queryset = FaqSection.objects.filter(Q(store=store) | Q(pk=current))
        self.fields["section"].empty_label = _("None: it stands by its department")
        if not self.fields["section"].queryset.exists():
            del self.fields["section"]
        if len(own_stores) > 1:
            self.fields["stores"].queryset = Store.objects.filter(pk__in=[one.pk for one in own_stores])
        else:
            del self.fields["stores"]
        if fixed:
            for code in self.languages:
                del self.fields[f"line_{code}"], self.fields[f"text_{code}"]
            self.languages = []

    def clean(self):
        return super(WordingForm, self).clean() if self.fixed else super().clean()

    @property
    def written_words(self):
        """For write_entry. An answer nobody touched keeps what is stored; a language that was emptied is None."""
        given = self.cleaned_data.get("words", {})
        return {language: self._written(language, *given[language]) if language in given else None for language in self.languages}

    def _written(self, language, question, answer):
        known = self.stored.get(language)
        return question, None if known and known.markdown == answer else answer


# Icons of the product that show a thing and no deed.
ICONS = """
    question-circle box-seam truck tools shield-check credit-card receipt arrow-repeat bag cart3 gift percent tag star clock calendar-event
    envelope telephone phone chat-dots people person-circle key lock globe geo-alt house shop building book file-earmark-text camera
    info-circle megaphone lightning patch-check wrench-adjustable
""".split()


class SectionForm(WordingForm):
    line_label, text_label = _("Name (%(language)s)"), _("What is found here (%(language)s)")
    line_limit, text_limit, rows, text_may_be_empty = 80, 160, 2, True

    icon = forms.ChoiceField(label=_("Icon"), widget=forms.RadioSelect, initial="question-circle")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["icon"].choices = [(name, name) for name in ICONS]


class FaqLookForm(forms.Form):
    """How the section of answers looks, and the words above it in each language."""

    faq_look = forms.ChoiceField(label=_("Look of the answers"), choices=FaqLook, widget=forms.RadioSelect)

    def __init__(self, *args, store, **kwargs):
        data = getattr(store.faq_intro, "data", store.faq_intro) or {}
        self.languages = store.languages_to_write_in
        intro = data if isinstance(data, dict) else {store.language: data}
        super().__init__(
            *args, initial={"faq_look": store.faq_look} | {f"intro_{code}": intro.get(code, "") for code in self.languages}, **kwargs
        )
        for code in self.languages:
            self.fields[f"intro_{code}"] = LongTextField(
                label=_("Words above the answers (%(language)s)") % {"language": isolate(Language(code).label)},
                limit=600,
                required=False,
                widget=forms.Textarea(attrs={"lang": code, "dir": "auto", "rows": 2}),
            )

    @property
    def changes(self):
        intro = {code: self.cleaned_data[f"intro_{code}"] for code in self.languages if self.cleaned_data[f"intro_{code}"]}
        return {"faq_look": self.cleaned_data["faq_look"], "faq_intro": LazyI18nString(intro)}


class PictureForm(forms.Form):
    picture = forms.FileField(label=_("Picture"), widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/gif,image/webp"}))
