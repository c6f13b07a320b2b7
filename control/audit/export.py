"""The log as a file for spreadsheets. It leaves in pieces, so its length never lies in memory, and it leaves a line itself."""

from asgiref.sync import sync_to_async
from django.contrib.auth import get_user_model
from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _

from audit.choices import Deed
from audit.log import note
from common.csv_export import BOM, csv_text
from common.moments import current_reader, format_moment, reader_today, reading_as
from common.numbers import format_number
from common.paging import Section, page_of
from control.audit.facts import listed
from control.audit.reading import lines_in
from control.audit.words import KINDS, Teller

MOST = 50_000
AT_ONCE = 1000
LONGEST_CELL = 5000


def file_of(asked, user):
    """The newest MOST lines as a download. The line about it is written before the first byte leaves."""
    lines = lines_in(asked, user)
    newest = lines.order_by("-pk").values_list("pk", flat=True).first() or 0
    lines = lines.filter(pk__lte=newest)
    number = min(lines[: MOST + 1].count(), MOST + 1)
    note(Deed.EXPORTED, by=user, after={"what": "audit", "lines": min(number, MOST)} | _chosen(asked))
    response = StreamingHttpResponse(_pieces(lines, user, current_reader(), is_cut=number > MOST), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="audit-log-{reader_today().isoformat()}.csv"'
    return response


def _chosen(asked):
    """The filter as facts, each under its own name."""
    given = asked.given | ({"deed": asked.deeds} if asked.deeds else {})
    if asked.person:
        given["person"] = str(get_user_model().objects.get(pk=asked.person))
    return {f"chosen:{name}": value for name, value in given.items()}


async def _pieces(lines, user, reader, *, is_cut):
    """A thousand lines at a time, each piece read where the last one ended."""
    teller, section = Teller(user), Section("lines", lines, "-created_at")
    after, left, first = "", MOST, True
    while first or after:
        piece, after = await sync_to_async(_piece)(section, teller, reader, after, min(left, AT_ONCE), first)
        yield piece
        left, first = left - AT_ONCE, False
        after = after if left > 0 else ""
    if is_cut:
        yield await sync_to_async(_end)(reader)


def _piece(section, teller, reader, after, size, is_first):
    with _reading_again(reader):
        page = page_of([section], size=size, after=after)
        rows = [_row(told) for told in teller.told(page.rows)]
        head = BOM + csv_text([_head()]) if is_first else ""
        return (head + csv_text(rows)).encode(), page.after


def _end(reader):
    with _reading_again(reader):
        words = _("These are the newest %(number)s lines. There are more: ask for fewer days.") % {"number": format_number(MOST)}
        return csv_text([[words]]).encode()


def _reading_again(reader):
    """The page's reader again: by now the request is over for everybody else."""
    return reading_as(language=reader.language, calendar=reader.calendar, time_zone=reader.time_zone)


def _head():
    time = [_("Time (UTC)"), _("Time")]
    deed = [_("What happened"), _("Done by"), _("Deed"), _("Kind of thing"), _("Thing")]
    return [*time, *deed, _("Before and after"), _("Reason"), _("Address")]


def _row(told):
    line = told.line
    return [
        format_moment(line.created_at, "machine"),
        format_moment(line.created_at, "moment_full"),
        told.sentence,
        line.actor_name,
        line.get_deed_display(),
        KINDS.get(line.subject_type, ""),
        told.teller.thing(line),
        listed(f"{what}: {before or '–'} → {after or '–'}" for what, before, after in told.details(LONGEST_CELL)),
        told.reason,
        line.address or "",
    ]
