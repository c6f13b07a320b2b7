"""One's own files of lists: how far each one is, fetching it, throwing it away."""

from asgiref.sync import sync_to_async
from django.contrib import messages
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from backoffice.doors import require
from backoffice.pages import desk_page
from exports.choices import Format
from exports.listing import listings
from exports.models import Export
from exports.services import delete_export, note_fetched, open_export
from exports.working import FILES
from notifications.choices import Template
from notifications.services import mark_notices_read

MOST_SHOWN = 50
PIECE = 256 * 1024


@require_safe
def exports(request):
    """The newest first. While something is being prepared, the page fetches its list again by itself."""
    _guard_own_eyes(request)
    mark_notices_read(request.user, template=Template.EXPORTED)
    titles = {key: listing.title for key, listing in listings().items()}
    shown = list(request.user.exports.newest_first()[:MOST_SHOWN])
    for export in shown:
        export.title = titles.get(export.what, export.what)
    context = {"exports": shown, "is_busy": any(export.is_unfinished for export in shown)}
    if request.headers.get("X-Requested-With") == "live-part":
        return render(request, "backoffice/exports/_list.html", context)
    return desk_page(request, "backoffice/exports/list.html", context)


@require_safe
def file(request, pk):
    """The file, for its asker alone and for as long as it is there. No cache keeps it, and no browser runs it."""
    _guard_own_eyes(request)
    export = _own_or_404(request, pk)
    stored = open_export(export, by=request.user)
    if request.method == "GET":
        note_fetched(export, by=request.user)
    response = StreamingHttpResponse(_Pieces(stored), content_type=FILES[Format(export.format)].content_type)
    response["Content-Disposition"] = content_disposition_header(True, export.file_name)
    response["Content-Length"] = export.size
    response["Cache-Control"] = "no-store, private"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response


class _Pieces:
    """The file bit by bit: an ordinary one would lie in memory as a whole, since this server reads those to their end first."""

    def __init__(self, stored):
        self._stored = stored

    async def __aiter__(self):
        while piece := await sync_to_async(self._stored.read)(PIECE):
            yield piece

    def close(self):
        """With the answer, however far it came."""
        self._stored.close()


@require_POST
def deletion(request, pk):
    """Throw it away at once, whatever became of it."""
    delete_export(_own_or_404(request, pk))
    messages.success(request, _("The file is deleted."))
    return redirect("backoffice:exports")


def _guard_own_eyes(request):
    require(not request.viewer, _("Looking as a colleague, nothing can be exported."))


def _own_or_404(request, pk):
    export = Export.objects.filter(user=request.user, pk=pk).first()
    if export is None:
        raise Http404
    return export
