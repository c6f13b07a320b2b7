"""The page between a list and its file: which kind of file."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice.pages import desk_page
from common.form_keys import OneTimeForm, claim_form
from exports.choices import OF_LISTS, Format
from exports.services import KEPT_FOR, ask_for_export
from exports.working import MOST_ROWS


class ExportForm(OneTimeForm):
    format = forms.ChoiceField(label=gettext_lazy("Kind of file"), choices=OF_LISTS, initial=Format.XLSX, widget=forms.RadioSelect)


def ask(request, listing):
    """Show the choice, or have the file made. `listing`: the one of the address, read by the same rules as its page.

    The door has asked whether its reader may see the list at all, with their own eyes.
    """
    form = ExportForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with transaction.atomic():
            sent = claim_form(form, request)
            if sent.is_first:
                ask_for_export(listing, format=form.cleaned_data["format"], by=request.user)
                sent.finish(reverse("backoffice:exports"))
                messages.success(request, _("The file is being prepared. You hear of it when it is ready."))
        return redirect(sent.outcome_url)
    context = {
        "form": form,
        "listing": listing,
        "most": MOST_ROWS,
        "hours": int(KEPT_FOR.total_seconds() // 3600),
    }
    return desk_page(request, "backoffice/exports/new.html", context, status=422 if form.is_bound else 200)
