"""The ids of one page of a list, merged from ordered ranges of an index: one for each department and status a person sees.

No database merges `department IN (…) AND status IN (…) ORDER BY moment LIMIT 50` by itself: it reads all of it and sorts, or reads the
whole table in order and throws away what may not be seen. Here each pair of department and status in which there are tickets is one
range of an index in which they stand in order already, and only their heads are read. What a page costs depends on the number of pairs,
never on the number of tickets, and is the same at any depth.

One statement for each page. SQLite takes the rows one by one from a queue. PostgreSQL, which has no such queue, reads the first few rows
of every range, sees from them how far the page reaches, and reads on in those ranges alone whose first rows do not reach so far.
"""

from dataclasses import dataclass

from django.core.exceptions import EmptyResultSet
from django.db import connection

from common.planned import planned_cursor
from departments.models import Department
from tickets.models import Ticket

_TICKETS, _DEPARTMENTS = Ticket._meta.db_table, Department._meta.db_table
_ID = f'"{_TICKETS}"."id"'
#: How few rows of each range are read first.
_FEWEST = 2
#: Below and above every value of the columns that lists are ordered by, as PostgreSQL writes it.
_ENDS = {"DateTimeField": ("'-infinity'", "'infinity'")}

#: The halves of the table that have indexes beginning with (department, status), and what those are limited to.
OPEN = "{t}.closed_at IS NULL AND {t}.deleted_at IS NULL AND {t}.snoozed_until IS NULL"
SNOOZED = "{t}.snoozed_until IS NOT NULL AND {t}.deleted_at IS NULL"
CLOSED = "{t}.closed_at IS NOT NULL AND {t}.deleted_at IS NULL"
DELETED = "{t}.deleted_at IS NOT NULL"


@dataclass(frozen=True)
class Part:
    """Some of the rows of a list: `tickets` (a queryset, its conditions alone count) in these departments and statuses.

    `half` is one of OPEN, SNOOZED, CLOSED and DELETED, and `tickets` must be limited to it. Without a half `tickets` is read as it is,
    departments play no role, statuses only where some are named, and it should be a few rows.
    """

    tickets: object
    half: str = ""
    departments: frozenset = frozenset()
    statuses: frozenset = frozenset()


def merge(parts, field, limit, *, descending, behind=None):
    """Up to `limit` (value, id), ordered by the field and then by id, from all the parts together, each row once.

    `behind`: the (value, id) where the page before ended.
    """
    written = {}
    parts = [part for part in parts if _may_have_rows(part, written)]
    if not parts:
        return []
    order = _Order(field, limit, descending, behind, written)
    write = _for_postgres if connection.vendor == "postgresql" else _for_sqlite
    with planned_cursor(connection) as cursor:
        cursor.execute(*write(parts, order))
        return [(order.read(value), pk) for value, pk in cursor.fetchall()]


def merge_each(lines, limit):
    """Several lines of rows in one statement, each up to `limit` of them. A line: [(parts, field, descending)], one after the other; what
    stands behind others in its line is read only where those leave room. The answer: for each line [[(value, id)] of each], in its order.
    """
    write = _for_postgres if connection.vendor == "postgresql" else _for_sqlite
    # Parts that differ in their statuses alone share their tickets, whose SQL takes longer to write than to answer.
    tables, params, orders, written, shared = [], [], {}, {}, {}
    for line, merges in enumerate(lines):
        before = []
        for place, (parts, field, descending) in enumerate(merges):
            parts = [part for part in parts if _may_have_rows(part, written)]
            if not parts:
                continue
            orders[line, place] = _Order(field, limit, descending, None, written, shared)
            sql, given = write(parts, orders[line, place])
            room = " + ".join(f"(SELECT COUNT(*) FROM {table})" for table in before)
            before.append(f"m{line}_{place}")
            found = f"SELECT {line} AS line, {place} AS place, found.value, found.id FROM ({sql}) found"
            tables.append((before[-1], f"{found} WHERE {room} < {limit}" if room else found))
            params += given
    found = [[[] for _each in merges] for merges in lines]
    if tables:
        with planned_cursor(connection) as cursor:
            once = "AS MATERIALIZED" if connection.vendor == "postgresql" else "AS"
            ways = ", ".join([*(f"{name}{sql}" for name, sql in shared.values()), *(f"{name} {once} ({sql})" for name, sql in tables)])
            rows = " UNION ALL ".join(f"SELECT line, place, value, id FROM {name}" for name, _sql in tables)
            cursor.execute(f"WITH RECURSIVE {ways} {rows}", params)
            for line, place, value, pk in cursor.fetchall():
                found[line][place].append((orders[line, place].read(value), pk))
    for line, merges in enumerate(lines):
        for place, (_parts, _field, descending) in enumerate(merges):
            found[line][place].sort(reverse=descending)
    return found


def _may_have_rows(part, written):
    if part.half and not (part.departments and part.statuses):
        return False
    return _written(part.tickets, written)[1] is not None


def _written(tickets, written):
    """(the tickets, the end of the statement that finds them from FROM on or None where nothing can fit, its parameters)."""
    if id(tickets) not in written:
        try:
            sql, params = tickets.order_by().values_list("pk").query.sql_with_params()
            written[id(tickets)] = tickets, sql[sql.index(" FROM ") :], list(params)
        except EmptyResultSet:
            written[id(tickets)] = tickets, None, []
    return written[id(tickets)]


class _Order:
    """The order of a page, and where it begins, as words of SQL.

    `shared`: for pages that are read by one statement, the table of pairs of each half and its departments: {which: (name, SQL)}.
    """

    def __init__(self, field, limit, descending, behind, written, shared=None):
        self.written, self.shared = written, shared
        self.column, self.limit = Ticket._meta.get_field(field), limit
        self.value = f'"{_TICKETS}"."{self.column.column}"'
        self.sign, self.beyond, self.before, self.until = ("DESC", "<", ">", ">=") if descending else ("ASC", ">", "<", "<=")
        self.end = _ENDS[self.column.get_internal_type()][0 if descending else 1]
        self.start = list(behind or ())
        expression = self.column.get_col(_TICKETS)
        self._converters = [*connection.ops.get_db_converters(expression), *expression.get_db_converters(connection)]
        self._expression = expression

    def read(self, value):
        for convert in self._converters:
            value = convert(value, self._expression, connection)
        return value

    def by(self, value="value", pk="id"):
        return f"ORDER BY {value} {self.sign}, {pk} {self.sign}"

    def rows(self, part, row="", *, first=False, until="", limit=None):
        """(the nearest rows of the part, in the pair of this outer row and beyond it; the parameters).

        `first`: not beyond the row, but from where the page begins.
        """
        _tickets, sql, params = _written(part.tickets, self.written)
        sql = f"SELECT {self.value} AS value, {_ID} AS id{sql}"
        if not part.half and part.statuses:
            sql += f' AND "{_TICKETS}"."status_id" IN ({_listed(part.statuses)})'
        if part.half:
            sql += f' AND "{_TICKETS}"."department_id" = {row}.department AND "{_TICKETS}"."status_id" = {row}.status'
        if not first:
            sql += f" AND ({self.value}, {_ID}) {self.beyond} ({row}.value, {row}.id)"
        elif self.start:
            value = self.column.get_db_prep_value(self.start[0], connection)
            sql, params = f"{sql} AND ({self.value}, {_ID}) {self.beyond} (%s, %s)", (*params, value, self.start[1])
        if until:
            sql += f" AND {self.value} {self.until} {until}"
        return f"{sql} {self.by(self.value, _ID)} LIMIT {limit or self.limit}", list(params)


def _pairs(number, part, shared):
    """The pairs of the part in which there are tickets. What several pages share is found once."""
    which = part.half, part.departments
    name, used = (shared or {}).get(which) or _used(f"used{number}" if shared is None else f"shared{len(shared)}", part)
    pairs = f"pair{number}(department, status) AS (SELECT department, status FROM {name} WHERE status IN ({_listed(part.statuses)}))"
    if shared is None:
        return f"{name}{used}, {pairs}"
    shared[which] = name, used
    return pairs


def _used(name, part):
    """The pairs in which the half has tickets, found by stepping through its index from one status to the next: (name, SQL)."""
    step = f"(SELECT MIN(t.status_id) FROM {_TICKETS} t WHERE {part.half.format(t='t')} AND t.department_id = %s)"
    return name, (
        f"(department, status) AS ("
        f"SELECT d.id, {step % 'd.id'} FROM {_DEPARTMENTS} d WHERE d.id IN ({_listed(part.departments)}) UNION ALL "
        f"SELECT u.department, {step % 'u.department AND t.status_id > u.status'} FROM {name} u WHERE u.status IS NOT NULL)"
    )


def _listed(ids):
    return ", ".join(str(int(pk)) for pk in sorted(ids))


def _for_sqlite(parts, order):
    """A recursive query whose queue is kept in order: each row that is taken puts the next one of its pair in line."""
    tables, found, params = [], [], []
    whole = []
    for number, part in enumerate(parts):
        if not part.half:
            sql, given = order.rows(part, first=True)
            found.append(f"SELECT value, id FROM ({sql})")
            whole += given
            continue
        first, first_params = order.rows(part, "p", first=True, limit=1)
        following, following_params = order.rows(part, "w", limit=1)
        tables.append(
            f"{_pairs(number, part, order.shared)}, walk{number}(department, status, value, id) AS ("
            f'SELECT p.department, p.status, {order.value}, {_ID} FROM pair{number} p CROSS JOIN "{_TICKETS}"'
            f" ON {_ID} = (SELECT id FROM ({first})) UNION ALL "
            f'SELECT w.department, w.status, {order.value}, {_ID} FROM walk{number} w CROSS JOIN "{_TICKETS}"'
            f" ON {_ID} = (SELECT id FROM ({following})) ORDER BY 3 {order.sign}, 4 {order.sign} LIMIT {order.limit})"
        )
        params += [*first_params, *following_params]
        found.append(f"SELECT value, id FROM walk{number}")
    recursive = f"WITH RECURSIVE {', '.join(tables)} " if tables else ""
    return f"{recursive}SELECT value, id FROM ({' UNION '.join(found)}) {order.by()} LIMIT {order.limit}", [*params, *whole]


def _for_postgres(parts, order):
    """The first rows of every pair, and of those that need it the rest."""
    pairs, heads, tails, params, tail_params = [], [], [], [], []
    few = {
        number: max(_FEWEST, -(-order.limit // len(part.departments))) if part.half else order.limit for number, part in enumerate(parts)
    }
    for number, part in enumerate(parts):
        if not part.half:
            sql, given = order.rows(part, first=True)
            heads.append(f"SELECT {number} AS part, 0 AS department, 0 AS status, whole.value, whole.id, 0 AS nth FROM ({sql}) whole")
            params += given
            continue
        pairs.append(_pairs(number, part, order.shared))
        sql, given = order.rows(part, "p", first=True, limit=few[number])
        heads.append(
            f"SELECT {number} AS part, p.department, p.status, r.value, r.id, r.nth FROM pair{number} p CROSS JOIN LATERAL "
            f"(SELECT q.value, q.id, row_number() OVER ({order.by('q.value', 'q.id')}) AS nth FROM ({sql}) q) r"
        )
        params += given
        if few[number] < order.limit:
            sql, given = order.rows(part, "h", until=f"COALESCE(reach.value, {order.end})", limit=order.limit - few[number])
            tails.append(
                f"SELECT r.value, r.id FROM head h LEFT JOIN reach ON TRUE CROSS JOIN LATERAL ({sql}) r WHERE h.part = {number}"
                f" AND h.nth = {few[number]} AND (reach.id IS NULL OR (h.value, h.id) {order.before} (reach.value, reach.id))"
            )
            tail_params += given
    tables = [*pairs, f"head AS MATERIALIZED ({' UNION ALL '.join(heads)})"]
    # The row that a full page ends with, if nothing better comes; none where the first rows do not fill a page.
    once = "SELECT DISTINCT value, id FROM head"  # it may stand in a range, and in a part without one
    tables.append(f"reach AS MATERIALIZED (SELECT value, id FROM ({once}) once {order.by()} OFFSET {order.limit - 1} LIMIT 1)")
    found = " UNION ".join([once, *tails])
    return f"WITH RECURSIVE {', '.join(tables)} SELECT value, id FROM ({found}) found {order.by()} LIMIT {order.limit}", [
        *params,
        *tail_params,
    ]
