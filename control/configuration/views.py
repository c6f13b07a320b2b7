"""The whole configuration as one file: taken out, looked through, taken in again. For whoever sets up all stores."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit.choices import Deed
from audit.log import note
from control.configuration.files import FileIsBroken, read_file, write_file
from control.configuration.forms import FileForm
from control.configuration.reading import read_configuration
from control.configuration.taking import FileHasFaults, rehearse, take_configuration
from permissions.querysets import stores_where
from permissions.rights import StoreRight
from stores.models import Store


def _guard(user):
    """A file speaks of every store, so half an owner does not see it."""
    mine = stores_where(user, StoreRight.CHANGE_SETTINGS).values("pk")
    if Store.objects.exclude(pk__in=mine).exists():
        raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
def configuration(request, store):
    """The way out and the way in. A file that was sent is looked through: what it would change, or what is wrong with it."""
    _guard(request.user)
    if request.method != "POST":
        return _page(request, FileForm())
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    content = form.content
    try:
        report = rehearse(read_file(content), by=request.user)
    except FileIsBroken as error:
        error.add_to(form)
        return _page(request, form, status=422)
    text = content.decode("utf-8-sig")
    return _page(request, form, report=report, text=text, status=422 if report.faults else 200)


@require_safe
def file(request, store):
    _guard(request.user)
    note(Deed.EXPORTED, by=request.user, on=store, name=_("configuration"))
    answer = HttpResponse(write_file(read_configuration()), content_type="application/yaml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="helpdesk-{timezone.localdate():%Y-%m-%d}.yaml"'
    return answer


@require_POST
def taking(request, store):
    """Read once more as if it had never been looked through: what was changed meanwhile counts."""
    _guard(request.user)
    try:
        report = take_configuration(read_file(request.POST.get("text", "").encode()), by=request.user)
    except FileHasFaults as error:
        return _page(request, FileForm(), report=error.report, text=request.POST["text"], status=422)
    except FileIsBroken as error:
        messages.error(request, str(error))
        return redirect("control:configuration")
    if report.changes:
        messages.success(request, _("The configuration is taken in."))
    else:
        messages.info(request, _("Nothing in the file differs from what is set up."))
    return redirect("control:configuration")


def _page(request, form, *, report=None, text="", status=200):
    return render(request, "control/configuration/configuration.html", {"form": form, "report": report, "text": text}, status=status)
