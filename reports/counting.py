"""How often, by whom, where and when: many counts of the same rows by one statement that reads them once.

    grouped(rows, {"person": "person_id", "step": "step"}, value="score")

The rows (a queryset of named values) are gathered once, as the database finds them by its index; all groups are counted from what was
gathered. Nothing but the counts comes to Python, whatever the number of rows.
"""

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, IntegerField, Value, When

#: The step of what lies before the period.
BEFORE = -1


def with_steps(rows, moment, period, steps):
    """Rows of the period and of the one before it, each with its `step`: the number of one of these spans, or BEFORE.

    The spans were cut by the reader's calendar, so both databases count Jalali months, and days around a change of clocks.
    """
    rows = rows.filter(**{f"{moment}__gte": period.before.begin, f"{moment}__lt": period.span.end})
    return rows.annotate(step=_nested(moment, [(BEFORE, period.span.begin), *((n, span.end) for n, span in enumerate(steps))]))


def _nested(moment, ends):
    """The number of the first span that ends after the moment, by halves: of a hundred spans, seven are asked for."""
    if len(ends) == 1:
        return Value(ends[0][0], output_field=IntegerField())
    half = len(ends) // 2
    earlier, later = ends[:half], ends[half:]
    condition = When(**{f"{moment}__lt": earlier[-1][1]}, then=_nested(moment, earlier))
    return Case(condition, default=_nested(moment, later), output_field=IntegerField())


def grouped(rows, groups, *, value):
    """{group: {(key, whether it is of the period): {value: how often}}}; `groups`: {name: one of the columns}, `value`: another one."""
    columns = {*groups.values(), "step", value} - {""}
    try:
        sql, params = rows.order_by().values_list(*sorted(columns), named=False).query.sql_with_params()
    except EmptyResultSet:
        return {name: {} for name in groups}
    names = ", ".join(sorted(columns))
    parts = [
        f"SELECT '{name}' AS what, {column or 0} AS key, CASE WHEN step < 0 THEN 0 ELSE 1 END AS now, {value} AS value, SUM(number) AS number"
        f" FROM seen GROUP BY 2, 3, 4"
        for name, column in groups.items()
    ]
    found = {name: {} for name in groups}
    with connection.cursor() as cursor:
        # First each combination once: what the groups are counted from is short then.
        seen = f"SELECT {names}, COUNT(*) AS number FROM found GROUP BY {names}"
        cursor.execute(f"WITH found ({names}) AS ({sql}), seen AS MATERIALIZED ({seen}) {' UNION ALL '.join(parts)}", params)
        for what, key, now, scored, number in cursor.fetchall():
            found[what].setdefault((key, bool(now)), {})[scored] = int(number)
    return found
