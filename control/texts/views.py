"""The words of the product's messages: all of them at a glance, and one to write, try on and send to oneself."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from i18nfield.strings import LazyI18nString

from accounts.choices import Language
from common.templatetags.formats import isolate
from control.texts.forms import EventTextForm
from control.texts.trying import shown, try_out
from notifications.about import ABOUT, CUSTOMER, DOOR, STAFF
from notifications.choices import Channel, Template
from notifications.models import EventText
from notifications.own_words import own_in
from notifications.texts import PARTS, SWITCHES, event_text, reset_event_text, save_event_text
from notifications.ways import TELLS, ways_of

GROUPS = [
    (CUSTOMER, gettext_lazy("Customers read")),
    (STAFF, gettext_lazy("Staff read")),
    (DOOR, pgettext_lazy("messages", "Whoever signs in or up reads")),
]


@require_safe
def texts(request, store):
    """By who reads them; each language tells whether it is said in the owner's words."""
    rows = {row.template: row for row in EventText.objects.filter(store=store)}
    groups = [
        (title, [_row(template, rows.get(template), store) for template, about in ABOUT.items() if about.readers == readers])
        for readers, title in GROUPS
    ]
    return render(request, "control/texts/list.html", {"groups": groups})


def _row(template, row, store):
    languages = [
        {"code": code, "name": Language(code).label, "is_own": bool(row) and any(own_in(getattr(row, part), code) for part in PARTS)}
        for code in store.offered_languages
    ]
    about = ABOUT[template]
    ways = (
        {way for audience in TELLS[template] for way in ways_of(template, audience, store=store.pk)} if template in TELLS else set(Channel)
    )
    return {
        "template": template, "languages": languages, "about": about, "by_mail": Channel.MAIL in ways,
        "by_sms": about.has_sms and Channel.SMS in ways,
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def text(request, store, template):
    """Write it, see it as it would leave, have it sent to oneself."""
    about = _about_or_404(template)
    row = event_text(store, template)
    form = EventTextForm(request.POST if request.method == "POST" else None, row=row, about=about, store=store, user=request.user)
    outcome = None
    if form.is_bound and form.is_valid():
        if "save" in request.POST:
            save_event_text(store, template, words=form.words, by=request.user, **form.switches)
            messages.success(request, _("The words are saved. They are used from the next message on."))
            return redirect("control:text", template)
        outcome = try_out(request, store, template, _unsaved(row, form), form)
    context = {
        "form": form, "about": about, "template": Template(template), "row": row, "outcome": outcome,
        "shown": shown(request, store, template, _unsaved(row, form), form),
    }  # fmt: skip
    return render(request, "control/texts/text.html", context, status=422 if form.is_bound and not form.is_valid() else 200)


def _unsaved(row, form):
    """The row as it would be; it is not stored. Before anything was sent, or with mistakes, as it is."""
    if not form.is_bound or not form.is_valid():
        return row
    fields = {name: getattr(row, name) for name in SWITCHES} | form.switches
    words = {part: LazyI18nString({code: said[place] for code, said in form.words.items()}) for place, part in enumerate(PARTS)}
    return EventText(store=row.store, template=row.template, **fields, **words)


@require_POST
def original(request, store, template):
    """Back to our words, in one language."""
    _about_or_404(template)
    language = request.POST.get("language")
    if language in Language.values:
        reset_event_text(store, template, language, by=request.user)
        said = _("In %(language)s the message has its original words again.") % {"language": isolate(Language(language).label)}
        messages.success(request, said)
    return redirect("control:text", template)


def _about_or_404(template):
    if template not in ABOUT:
        raise Http404
    return ABOUT[Template(template)]
