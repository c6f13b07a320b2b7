"""What is being written, kept on the server: at each pause, with its files, on any machine; and taking back what has not left yet."""

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from backoffice.doors import require
from backoffice.pages import desk_page
from backoffice.tickets.page import TicketPage
from backoffice.tickets.ways import address, find
from common.errors import DeskError
from common.limits import limit_or_refuse
from common.moments import format_moment
from common.numbers import format_size
from common.uploads import TooManyFiles, UploadLimits, check_upload
from tickets.covering import cover_ticket, known_stores
from tickets.errors import AlreadyLeft, DraftIsGone, TooMuchIsWaiting
from tickets.models import DraftFile, OutgoingReply, ReplyDraft
from tickets.services.drafts import drop_draft, forget_files, guard_room, keep_draft, keep_file, share_draft
from tickets.services.sending import take_back_reply

SHOWN = 100
#: A composer saves at pauses, several open ones too; faster writes no person. (how many, in how many seconds)
SAVES = (120, 60)


def _writer(request, number):
    """(the ticket, its page) for somebody who may write in it."""
    ticket, can = find(request, number)
    require(can.can_reply or can.can_note, _("You may not write in this department."))
    return ticket, TicketPage(request, ticket, can)


def _wants_data(request):
    return request.headers.get("X-Requested-With") == "keep-draft"


def _told(request, number, words, *, place="#composer"):
    messages.success(request, words)
    return redirect(address(number, place))


def _said(draft):
    """What the composer is told of a kept draft."""
    if draft is None:
        return {"draft": "", "version": "", "words": ""}
    at = format_moment(draft.updated_at, "clock")
    return {"draft": draft.pk, "version": draft.version, "words": _("Draft kept %(time)s") % {"time": at}}


def _keep(request, ticket, page, form):
    """Keep what stands in the composer, in the colleague's draft where that is the one being written in. Returns the draft, or None."""
    given, theirs = form.cleaned_data, request.POST.get("draft", "")
    chosen = page.pending.draft(theirs) if theirs else None
    if theirs and chosen is None:
        raise DraftIsGone()
    return keep_draft(
        ticket, draft=chosen, mode=given.get("mode") or form.REPLY, text=given["text"], html=given.get("html", ""), then=given.get("then"),
        mention=form.mentioned if "mention" in given else (), seen_version=given.get("draft_version"), by=request.user,
        empties=not given.get("files"),
    )  # fmt: skip


@require_POST
def draft(request, number):
    """Keep what stands in the composer. Whoever writes in a colleague's shared draft keeps it for both."""
    ticket, page = _writer(request, number)
    limit_or_refuse(f"draft:{request.user.pk}", *SAVES)
    form = page.form(request.POST, request.FILES, meant=request.POST.get("mode") or None, is_said=False)
    form.is_valid()
    if "text" not in form.cleaned_data:
        return JsonResponse({"words": form.errors["text"][0]}, status=422) if _wants_data(request) else page.show(form=form, status=422)
    try:
        kept = _keep(request, ticket, page, form)
    except DeskError as refusal:
        if not _wants_data(request):
            raise
        now = getattr(refusal, "draft", None)
        return JsonResponse({"words": str(refusal), "version": now.version if now else ""}, status=refusal.status_code)
    keep_what_came(ticket, form, by=request.user)
    return JsonResponse(_said(kept)) if _wants_data(request) else _told(request, number, _("The draft is kept."))


def keep_what_came(ticket, form, *, by):
    """Files that came with a form which is not sent yet: kept with this person's draft. Their ids are in `form.came`."""
    form.came = []
    files = form.cleaned_data.get("files") or ()
    if not files:
        return
    words = {name: form.cleaned_data.get(name) or "" for name in ("text", "html")}
    own = ReplyDraft.objects.filter(ticket=ticket.pk, author=by).first()
    if own is None:
        own = keep_draft(ticket, mode=form.meant or form.REPLY, **words, then=form.cleaned_data.get("then"), by=by, empties=False)
    room = max(0, ticket.store.max_files - own.files.count())
    try:
        guard_room(files[:room], of=by)
    except TooMuchIsWaiting:
        return
    form.came = [str(keep_file(checked, draft=own).pk) for checked in files[:room]]


@require_POST
def files(request, number):
    """One file, while the rest is still being written."""
    ticket, page = _writer(request, number)
    limit_or_refuse(f"draft:{request.user.pk}", *SAVES)
    limits = UploadLimits(max_bytes=ticket.store.max_file_mb * 1_000_000, max_files=ticket.store.max_files)
    came = request.FILES.get("file")
    if came is None:
        return JsonResponse({"words": _("Choose a file.")}, status=422)
    try:
        checked = check_upload(came, limits)
        chosen = page.pending.draft(request.POST.get("draft", "")) or page.pending.own
        chosen = chosen or keep_draft(ticket, mode=_mode(request, page), by=request.user, empties=False)
        if chosen.files.count() >= limits.max_files:
            raise TooManyFiles(limits.max_files + 1, limits.max_files)
        guard_room([checked], of=chosen.author)
    except DeskError as refusal:
        return JsonResponse({"words": str(refusal)}, status=422)
    row = keep_file(checked, draft=chosen)
    told = {
        "id": str(row.pk),
        "name": row.name,
        "size": format_size(row.size),
        "url": f"/files/{row.pk}/{row.name}",
        "is_image": row.is_image,
    }
    return JsonResponse(told | {"draft": chosen.pk, "version": chosen.version})


def _mode(request, page):
    return "note" if request.POST.get("mode") == "note" or not page.access.can_reply else "reply"


@require_POST
def file_removal(request, number, pk):
    _ticket, page = _writer(request, number)
    row = DraftFile.objects.filter(pk=pk, draft__in=page.pending.drafts).first()
    if row is None or page.pending.draft(row.draft_id) is None:
        raise Http404
    forget_files([row])
    return JsonResponse({}) if _wants_data(request) else redirect(address(number, "#composer"))


@require_POST
def sharing(request, number):
    """Let colleagues look at one's draft, or end that. What stands in the composer is kept with it."""
    ticket, page = _writer(request, number)
    form = page.form(request.POST, request.FILES, meant=request.POST.get("mode") or None, is_said=False)
    form.is_valid()
    own = page.pending.own
    if own is None or (page.pending.chosen == own and form.cleaned_data.get("text")):
        own = _keep(request, ticket, page, form) if form.cleaned_data.get("text") else None
    if own is None:
        return _refused(request, number, _("Write something first."))
    shared = request.POST.get("shared") == "1"
    share_draft(own, shared=shared, by=request.user)
    return _told(
        request, number, _("Colleagues who may answer here see the draft now.") if shared else _("The draft is yours alone again.")
    )


def _refused(request, number, words):
    messages.warning(request, words)
    return redirect(address(number, "#composer"))


@require_POST
def removal(request, number):
    """Drop the draft: one's own, or the shared one in the composer."""
    _ticket, page = _writer(request, number)
    if page.pending.chosen is None:
        raise Http404
    drop_draft(page.pending.chosen)
    messages.success(request, _("The draft is dropped."), extra_tags="sent")
    return redirect(address(number, "#composer"))


@require_POST
def undo(request, number, pk):
    """Take a reply back that has not left yet. It stands in the composer again."""
    ticket, _can = find(request, number)  # merged meanwhile, say: it is its sender's to take back all the same
    outgoing = OutgoingReply.objects.filter(ticket=ticket.pk, pk=pk, author=request.user).first()
    try:
        if outgoing is None:
            raise AlreadyLeft()
        take_back_reply(outgoing, by=request.user)
    except AlreadyLeft as refusal:
        return _refused(request, number, str(refusal))
    return _told(request, number, _("The reply did not leave. Here it is again."))


@require_safe
def drafts(request):
    """What one has begun and not sent, wherever; and what colleagues let one look at. Newest first."""
    rows = list(ReplyDraft.objects.readable_by(request.user).for_list()[:SHOWN]) if not request.viewer else []
    known = known_stores(request.user)
    for row in rows:
        row.ticket = cover_ticket(row.ticket, known.mask(row.ticket))
        row.text = row.ticket.mask.text(row.text) if row.author_id != request.user.pk else row.text
        row.at = format_moment(row.updated_at, "ago")
    own = [row for row in rows if row.author_id == request.user.pk]
    leaving = OutgoingReply.objects.filter(author=request.user, leaves_at__gt=timezone.now()).exists()
    context = {"own": own, "shared": [row for row in rows if row not in own], "leaving": leaving}
    return desk_page(request, "backoffice/tickets/drafts.html", context)
