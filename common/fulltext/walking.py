"""Reading what is found in PostgreSQL by one statement, however far it has to look: from the nearest ids on, block by block, while rows are wanting.

The index leads to what may be meant, without opening a document. Where it cannot know all (which words stand side by side), documents
are asked as well, each only when its row is the next one.
"""

from dataclasses import dataclass

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, Expression, F

from common.fulltext.postgres import Syntax
from common.fulltext.questions import ANY_BLOCK, BLOCK, PART, in_parts

#: To narrow a question to so many ids is cheaper than to read those of the whole block.
_LARGEST_PART_OF_BLOCK = BLOCK // 4
_NOTHING = Syntax.word(ANY_BLOCK)  # no document has a word without letters


@dataclass(frozen=True)
class Walk:
    """From `low` to below `high`: what `asked` leads to, and those of `checked` that the condition of the rows names. Questions of any block."""

    asked: str | None
    checked: tuple[str | None, ...]
    low: int
    high: int


def walked(index, rows, walks, limit, *, nearest, backward=False):
    """The first `limit` of these rows that answer, walk after walk, as (number of the walk, id): the highest ids first, or the lowest.

    `rows` are narrowed by LedTo, and by Checked where they are to be asked. So many ids as `nearest` are looked at first.
    """
    steps = [(number, *step) for number, walk in enumerate(walks, 1) for step in _steps(walk.low, walk.high, nearest, backward)]
    rows = rows.order_by("pk" if backward else "-pk").values_list("pk")[:limit]
    try:
        inner, values = rows.query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return []
    if not steps:
        return []
    checks = len(walks[0].checked)
    asked = [[walk.asked or _NOTHING for walk in walks], *([walk.checked[n] or _NOTHING for walk in walks] for n in range(checks))]
    # “OFFSET 0” has each question read once, not for each row.
    sql = f"""
        SELECT step.walk, found.pk FROM (
            SELECT walk, low, high, (replace((%s::text[])[walk], '{ANY_BLOCK}', block) || parts)::tsquery AS asked
                {"".join(f", replace((%s::text[])[walk], '{ANY_BLOCK}', block)::tsquery AS checked_{n}" for n in range(checks))}
            FROM unnest(%s::int[], %s::text[], %s::bigint[], %s::bigint[], %s::text[]) AS steps(walk, block, low, high, parts) OFFSET 0
        ) step CROSS JOIN LATERAL ({inner}) AS found(pk) LIMIT %s"""
    with connection.cursor() as cursor:
        cursor.execute(sql, [*asked, *map(list, zip(*steps, strict=True)), *values, limit])
        return [(number - 1, pk) for number, pk in cursor.fetchall()]


def _steps(low, high, nearest, backward):
    """(block, from, to below, what narrows its question to these ids): the first few small, for words that are common; then block by block."""
    seen = 0
    while low < high:
        block = (low if backward else high - 1) // BLOCK
        size = max(nearest, 2 * seen)
        is_rest = size > _LARGEST_PART_OF_BLOCK
        start, end = max(low, block * BLOCK), min(high, (block + 1) * BLOCK)
        if backward:
            end = low = end if is_rest else min(end, start + size)
        else:
            start = high = start if is_rest else max(start, end - size)
        parts = range(start // PART, (end - 1) // PART + 1)
        yield str(block), start, end, "" if is_rest else f" & {in_parts(parts, Syntax)}"
        seen += end - start


class _OfRow(Expression):
    conditional = True

    def __init__(self, index, pk=None):
        super().__init__(output_field=BooleanField())
        self.index, self.pk = index, pk or F("pk")

    def get_source_expressions(self):
        return [self.pk]

    def set_source_expressions(self, expressions):
        (self.pk,) = expressions


class LedTo(_OfRow):
    """The question leads to it, or it is one of those `besides`."""

    def __init__(self, index, besides=()):
        super().__init__(index)
        self.besides = tuple(besides)

    def as_sql(self, compiler, connection):
        pk, values = compiler.compile(self.pk)
        ids = f"SELECT pk FROM {self.index.table}_found(step.asked) AS pk"
        if self.besides:
            ids, values = f"SELECT pk FROM ({ids} UNION ALL SELECT unnest(%s::bigint[])) AS led(pk)", [*values, list(self.besides)]
        return f"{pk} = ANY(ARRAY({ids} WHERE pk >= step.low AND pk < step.high))", values


class Checked(_OfRow):
    """Its document answers the question that each walk names at this place."""

    def __init__(self, index, place=0):
        super().__init__(index)
        self.place = place

    def as_sql(self, compiler, connection):
        pk, values = compiler.compile(self.pk)
        # As a function it is no reason to look into the index.
        answers = f"ts_match_vq(document, step.checked_{self.place})"
        return f"(SELECT {answers} FROM {self.index.table} WHERE {self.index.key} = {pk})", values
