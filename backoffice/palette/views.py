"""The command palette: a list that is asked for while one types, and the same list as a page."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from backoffice.pages import desk_page, sight_of
from backoffice.palette.actions import action_rows, may_be_a_command
from backoffice.palette.finding import LIMIT, ROWS, help_rows, rows_for
from common.limits import limit_or_refuse
from common.normaliser import tokens
from common.numbers import format_number
from common.text import clean_line

FEW_ACTIONS = 3
#: Faster types no person. (how many, in how many seconds)
ASKED = (300, 60)


@require_safe
def palette(request):
    """`q`: what was typed: words; `>` and a command; `?`. `ticket`: the number of the one that is before the reader."""
    limit_or_refuse(f"palette:{request.user.pk}", *ASKED)
    words = clean_line(request.GET.get("q", ""), LIMIT)
    number = clean_line(request.GET.get("ticket", ""), 40)
    rows = _rows(request, words, number if number.replace("-", "").isalnum() else "")
    if request.headers.get("X-Requested-With") == "command-palette":
        said = ngettext("%(number)s row", "%(number)s rows", len(rows)) % {"number": format_number(len(rows))}
        answer = JsonResponse({"rows": [row.plain for row in rows], "said": said})
    else:
        answer = desk_page(request, "backoffice/palette/palette.html", {"rows": rows, "words": words, "number": number})
    patch_vary_headers(answer, ["X-Requested-With"])
    return answer


def _rows(request, words, number):
    if words.startswith(("?", "؟")):
        return help_rows()
    if words.startswith((">", "<")):  # on a Persian keyboard they change places
        return _actions(request, number, tokens(words[1:]), limit=ROWS)
    typed = tokens(words)
    actions = _actions(request, number, typed, limit=FEW_ACTIONS) if may_be_a_command(typed) else []
    return (actions + rows_for(words, sight_of(request)))[: ROWS + len(actions)] if actions else rows_for(words, sight_of(request))


def _actions(request, number, typed, *, limit):
    """Nothing for a ticket that this person does not see, and nothing while one looks through a colleague's eyes."""
    if not number or request.viewer:
        return []
    try:
        return action_rows(request, number, typed, limit=limit)
    except (Http404, PermissionDenied):
        return []
