"""The store's face: its colour, with the samples that are derived from it, and its logo."""

from crispy_forms.helper import FormHelper
from django import forms
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from common.colours import clean_hex, to_hex
from common.errors import DeskError
from common.fields import LineField
from stores.colours import accent_of, guard_colour, is_light, samples
from stores.errors import ColourIsBroken
from stores.looks import change_colour, change_logo, draw_logo

LOGO_BYTES = 2_000_000


class LookForm(forms.Form):
    colour = LineField(
        label=gettext_lazy("Colour"),
        limit=20,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false", "placeholder": "#1f7a5c"}),
        help_text=gettext_lazy(
            "# and six signs, as your designer writes it. The hue stays; its lightness is chosen so that everything can be read."
        ),
    )
    keeps_light_colour = forms.BooleanField(
        label=gettext_lazy("Keep a light colour as it is, with dark words on it"),
        required=False,
        help_text=gettext_lazy("For a yellow, say, that people know you by. In dark pages the derived colour is used all the same."),
    )
    logo = forms.FileField(
        label=gettext_lazy("Logo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/gif,image/webp"}),
        help_text=gettext_lazy("PNG, JPEG, GIF or WebP, at most 2 MB. It stands in place of the name, as high as a line of the menu."),
    )
    removes_logo = forms.BooleanField(label=gettext_lazy("Show the name instead of the logo"), required=False)

    def __init__(self, data=None, files=None, *, store):
        super().__init__(data, files, initial={"colour": colour_of(store), "keeps_light_colour": store.keeps_light_colour})
        self.helper = FormHelper()
        self.helper.hide_optional = True
        if not store.logo:
            del self.fields["removes_logo"]

    def clean_logo(self):
        """The picture drawn anew; nothing without one."""
        file = self.cleaned_data["logo"]
        if not file:
            return None
        if file.size > LOGO_BYTES:
            raise forms.ValidationError(_("This file is larger than 2 MB. Make the picture smaller and send it again."))
        try:
            return draw_logo(file)
        except DeskError as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self):
        """An unfit colour is said here, so that a logo that came along is not stored by itself."""
        cleaned = super().clean()
        if "colour" in cleaned:
            try:
                _check(cleaned["colour"], cleaned.get("keeps_light_colour", False))
            except DeskError as error:
                error.add_to(self)
        return cleaned


def colour_of(store):
    """What the field shows: the colour that was chosen, else the accent the store wears."""
    return store.colour or to_hex(0.44, store.chroma, store.hue)


@require_http_methods(["GET", "HEAD", "POST"])
def look(request, store):
    """Both are saved, or neither. “Preview” shows the samples of what was typed and saves nothing."""
    sent = request.method == "POST"
    form = LookForm(request.POST if sent else None, request.FILES if sent else None, store=store)
    if form.is_bound and "preview" not in request.POST and form.is_valid():
        _save(store, form.cleaned_data, by=request.user)
        messages.success(request, _("The look is saved."))
        return redirect("control:store_look")
    if "preview" in request.POST:
        form.is_valid()
    typed = clean_hex(form["colour"].value()) or colour_of(store)
    context = {"form": form, "typed": typed, "themes": _themes(typed, bool(form["keeps_light_colour"].value()))}
    return render(request, "control/store/look.html", context, status=422 if form.is_bound and form.errors else 200)


@require_safe
def look_samples(request, store):
    """The samples of ?colour=#…, as a part of the page above."""
    typed, keeps = clean_hex(request.GET.get("colour")), request.GET.get("keeps_light_colour") == "on"
    complaint = ""
    try:
        _check(request.GET.get("colour", ""), keeps)
    except DeskError as error:
        complaint = str(error)
    return render(request, "control/store/_samples.html", {"themes": _themes(typed, keeps) if typed else (), "complaint": complaint})


@transaction.atomic
def _save(store, given, *, by):
    if clean_hex(given["colour"]) != colour_of(store) or given["keeps_light_colour"] != store.keeps_light_colour:
        store = change_colour(store, given["colour"], keeps_light=given["keeps_light_colour"], by=by)
    if given["logo"] or given.get("removes_logo"):
        change_logo(store, given["logo"], by=by)


def _check(colour, keeps_light):
    if not clean_hex(colour):
        raise ColourIsBroken()
    guard_colour(clean_hex(colour), keeps_light=keeps_light)


def _themes(colour, keeps_light):
    hue, chroma = accent_of(colour)
    drawn = samples(hue, chroma, kept=colour if keeps_light and is_light(colour) else "")
    return [(_("In light pages"), "light", drawn["light"]), (_("In dark pages"), "dark", drawn["dark"])]
