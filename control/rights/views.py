"""Who may do what: choose somebody, tick, review, save. Nothing is saved that was not reviewed as it is now."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.errors import DeskError
from common.moments import end_of_day
from control.rights.changes import ChangedMeanwhile, RoleChange, posted_boxes, save
from control.rights.forms import ALL, RoleForm, UntilForm
from control.rights.pages import address, review_page, sheet_page
from control.rights.people import everybody, who_or_404
from control.rights.preview import preview
from control.rights.sheet import Sheet
from permissions.errors import LastGranter
from permissions.querysets import may_grant
from permissions.rights import RoleKey, StoreRight
from permissions.roles import standard_role


@require_safe
def rights(request):
    """Whom to give rights to. A superuser who was given nothing themselves is told what to do first."""
    text = request.GET.get("q", "")
    teams, people = everybody(request.user, text)
    context = {"teams": teams, "people": people, "text": text}
    mine = Sheet(request.user, request.user) if request.user.is_superuser else None
    if mine and not mine.holds_anything:
        context |= {"starts_here": True, "mine": mine, "owner": standard_role(RoleKey.OWNER)}
        context |= {"all_departments": ALL, "role_review_url": address(mine, "role_review")}
    return render(request, "control/rights/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request, kind, pk):
    """The matrix. A POST is the way back from the review: it shows again what was ticked, and changes nothing."""
    who = who_or_404(kind, pk)
    if request.method != "POST":
        return sheet_page(request, Sheet(request.user, who))
    posted = posted_boxes(Sheet(request.user, who), request.POST)
    return _again(request, posted, UntilForm(request.POST))


@require_POST
def review(request, kind, pk):
    """What the boxes would change, in words and in tickets."""
    who = who_or_404(kind, pk)
    posted, until, change = _read_boxes(request, who)
    if change is None:
        return _again(request, posted, until, error=posted.error)
    try:
        seen = preview(change, sheet=posted.sheet)
    except LastGranter as error:
        return _again(request, posted, until, error=error)
    kept = [("right", value) for value in sorted(posted.ticked)]
    kept += [("shown", posted.sheet.shown), ("until", request.POST.get("until", ""))]
    return review_page(request, posted.sheet, change, seen, kept=kept, save_to="saving")


@require_POST
def saving(request, kind, pk):
    """Reads everything again as if the review had never been: what does not fit any more comes back to the matrix."""
    who = who_or_404(kind, pk)
    posted, until, change = _read_boxes(request, who)
    if change is None:
        return _again(request, posted, until, error=posted.error)
    reviewed = posted.sheet.shown
    try:
        save(change, by=request.user, unless_changed=lambda: Sheet(request.user, who).shown != reviewed)
    except ChangedMeanwhile:
        posted = posted_boxes(Sheet(request.user, who), request.POST)
        return _again(request, posted, until, error=posted.error or ChangedMeanwhile())
    except LastGranter as error:
        return _again(request, posted, until, error=error)
    return _saved(request, posted.sheet)


@require_POST
def role_review(request, kind, pk):
    """What giving or taking a role would change."""
    matrix = Sheet(request.user, who_or_404(kind, pk))
    form = RoleForm(request.POST, sheet=matrix)
    if not form.is_valid():
        return sheet_page(request, matrix, role=form, status=422)
    change = _role_change(matrix, form, request.POST)
    try:
        seen = preview(change, sheet=matrix)
    except LastGranter as error:
        return _refused(request, matrix, error)
    kept = [(name, request.POST.get(name, "")) for name in ("role", "department", "until", "taken")]
    return review_page(request, matrix, change, seen, kept=[*kept, ("shown", matrix.shown)], save_to="role_saving")


@require_POST
def role_saving(request, kind, pk):
    who = who_or_404(kind, pk)
    matrix = Sheet(request.user, who)
    form = RoleForm(request.POST, sheet=matrix)
    if not form.is_valid():
        return sheet_page(request, matrix, role=form, status=422)
    change = _role_change(matrix, form, request.POST)
    try:
        save(change, by=request.user, unless_changed=lambda: Sheet(request.user, who).shown != request.POST.get("shown", ""))
    except DeskError as error:
        return _refused(request, Sheet(request.user, who), error)
    return _saved(request, matrix)


def _read_boxes(request, who):
    """(what was ticked, the form with the end, the change); no change where either of the two holds a mistake."""
    posted = posted_boxes(Sheet(request.user, who), request.POST)
    until = UntilForm(request.POST)
    if posted.error:
        return posted, until, None
    change = posted.change
    if until.is_valid():
        until.refuse_without(change.give)
    if not until.is_valid():
        return posted, until, None
    change.ends_at = end_of_day(until.cleaned_data["until"])
    return posted, until, change


def _role_change(matrix, form, data):
    given = form.cleaned_data
    return RoleChange(matrix.who, given["role"], given["department"], is_taken=bool(data.get("taken")), ends_at=end_of_day(given["until"]))


def _again(request, posted, until, *, error=None):
    """The matrix with what was ticked kept, and the error beside its cause."""
    matrix = Sheet(request.user, posted.sheet.who, posted.ticked)
    status = error.status_code if error else 422 if until.errors else 200
    return sheet_page(request, matrix, until=until, error=error, at=_mark_granting(matrix, error), status=status)


def _refused(request, matrix, error):
    return sheet_page(request, matrix, error=error, at=_mark_granting(matrix, error), status=error.status_code)


def _mark_granting(matrix, error):
    """LastGranter is about one box in each store: it says so itself. Returns the row to lead to."""
    boxes = [box for box in matrix.boxes.values() if box.right == StoreRight.GRANT_RIGHTS] if isinstance(error, LastGranter) else []
    for box in boxes:
        box.error = str(error)
    return boxes[0].row_id if boxes else ""


def _saved(request, matrix):
    messages.success(request, _("Saved. It counts from this moment."))
    return redirect(address(matrix) if may_grant(request.user) else "backoffice:inbox")
