"""“Holds these words”, as a condition that filters and combines like any other."""

from django.db.models import BooleanField, Expression, F

from common.fulltext import postgres, sqlite
from common.fulltext.questions import BLOCK, PART, question, unwanted

_ENGINES = {module.VENDOR: module for module in (postgres, sqlite)}
#: To ask for more parts than these costs more than reading the others as well.
_MOST_PARTS = 5


def matches(index, wanted, *, zones=None, outside=None, places=None, besides=(), low=None, high=None, among=None, leads=False):
    """Rows (by their primary key) whose document holds what is wanted.

    `zones`: look in these only (None: in all); `outside`: all words together do not stand in these. `places`: only documents of
    these places (None: of all) and those with the ids `besides`. `low`, `high`: ids from low on, below high. `among`: these ids only.
    `leads`: it stands alone or joined by “and”, and leads to the rows, which are read in the order of their ids as far as they are needed.
    Wanting nothing at all is answered with everything.
    """
    where = {"places": places, "besides": besides, "low": low, "high": high, "among": among}
    return Matches(index, wanted, zones=zones, outside=outside, leads=leads, **where)


class Matches(Expression):
    conditional = True
    output_field = BooleanField()

    def __init__(self, index, wanted, *, zones, outside, places, besides, low, high, among, leads, pk=None):
        super().__init__(output_field=BooleanField())
        self.index, self.wanted, self.pk = index, wanted, pk or F("pk")
        self.letters, self.outside = index.letters_of(zones), index.letters_of(outside or ())
        self.places = None if places is None else frozenset(places)
        self.besides = tuple(besides)
        self.low, self.high, self.leads = low, high, leads
        self.among = None if among is None else tuple(among)

    def get_source_expressions(self):
        return [self.pk]

    def set_source_expressions(self, expressions):
        (self.pk,) = expressions

    def as_sql(self, compiler, connection):
        pk, params = compiler.compile(self.pk)
        engine = _ENGINES[connection.vendor]
        if self.wanted.terms:
            sql, values = self._asked(engine, connection)
            how = engine.LEADING if self.leads else "{pk} IN ({sql})"
            return (how.format(pk=pk, sql=sql), [*params, *values]) if sql else ("1 = 0", [])
        asked = unwanted(self.wanted, letters=self.letters, blocks=self._blocks(connection), syntax=engine.Syntax)
        if not asked:
            return "1 = 1", []
        sql, values = engine.found(self.index, asked, low=self.low, high=self.high)
        return f"{pk} NOT IN ({sql})", [*params, *values]

    def _asked(self, engine, connection):
        blocks = self._blocks(connection)
        common = {"letters": self.letters, "outside": self.outside, "syntax": engine.Syntax}
        questions = [
            (
                question(self.wanted, blocks=blocks, places=self.places, parts=self._parts(blocks) if engine.HAS_PARTS else None, **common),
                self.among,
            )
        ]
        if self.places is not None and self.besides:
            among = [pk for pk in self.besides if self.among is None or pk in self.among]
            near = sorted({pk // BLOCK for pk in among} & set(blocks), reverse=True)
            questions.append((question(self.wanted, blocks=near, **common), among))
        found = [engine.found(self.index, asked, low=self.low, high=self.high, among=among) for asked, among in questions if asked]
        return " UNION ".join(sql for sql, _values in found), [value for _sql, values in found for value in values]

    def _blocks(self, connection):
        """The blocks in question, newest first."""
        if self.among is not None:
            return sorted({pk // BLOCK for pk in self.among}, reverse=True)
        last = self.high - 1 if self.high is not None else self.index.last_pk(connection)
        return range((last or 0) // BLOCK, (self.low or 0) // BLOCK - 1, -1)

    def _parts(self, blocks):
        """Where only some ids of a block are in question, the parts they stand in, so that others are not even read."""
        if self.among is not None or self.low is None or not blocks:
            return None
        high = self.high if self.high is not None else (blocks[0] + 1) * BLOCK
        parts = range(self.low // PART, (high - 1) // PART + 1)
        return parts if len(parts) <= _MOST_PARTS else None
