"""Queries whose SQL is written once.

To Django a query is a tree that it builds, resolves and writes anew each time: for one that asks for somebody's rights this takes ten times
as long as the database needs to answer. Where a page asks the same question on every request, only with other values, it is prepared:

    _given = Prepared(lambda user, department: DepartmentRow.objects.running().filter(user=user, content_object=department))
    rows = _given(user=3, department=7)

The first call builds the query with stand-ins, keeps its SQL, and remembers where each stand-in went; every call puts the values there.
The rows are those that the queryset itself would give, prefetched parts included; they are made quicker, since nothing of them is checked.

Values are whole numbers, words and moments, never None, and the function must not decide anything by them. What asks for the present
moment inside takes it from `now()` here. Made for querysets of the default database that are read as they are.
"""

import inspect
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model
from django.db.models.base import ModelState
from django.db.models.query_utils import DeferredAttribute
from django.db.models.signals import post_init, pre_init
from django.utils import timezone

from common.planned import planned_cursor, with_constants

_FIRST_NUMBER = 8_070_605_040_302_010
_FIRST_MOMENT = datetime(1902, 3, 4, 5, 6, 7, 89, tzinfo=UTC)
_preparing: ContextVar[bool] = ContextVar("preparing", default=False)


def now():
    """The present moment, for conditions of querysets."""
    return _FIRST_MOMENT if _preparing.get() else timezone.now()


class Prepared:
    """`build`: a function of named values that returns a queryset."""

    def __init__(self, build):
        self.build, self._written = build, {}

    def __call__(self, **values):
        """The rows as a list."""
        connection = connections[DEFAULT_DB_ALIAS]
        key = connection.vendor, tuple(type(value) for value in values.values())
        if key not in self._written:
            self._written[key] = _Written(self.build, values, connection)
        return self._written[key].rows(values, connection)


class _Written:
    """One query as it is written for one kind of database. Its places: [(place in the parameters, name of the value)]."""

    def __init__(self, build, values, connection):
        stand_ins = {name: _stand_in(value, number) for number, (name, value) in enumerate(values.items())}
        token = _preparing.set(True)
        try:
            self.queryset = build(**stand_ins)
            self.compiler = self.queryset.query.get_compiler(connection=connection)
            self.sql, self.parameters = self.compiler.as_sql()
            if self.compiler.klass_info:
                self.compiler.klass_info = _with_plain_rows(self.compiler.klass_info)
        finally:
            _preparing.reset(token)
        names = {_as_parameter(stand_in, connection): name for name, stand_in in {**stand_ins, "now": _FIRST_MOMENT}.items()}
        self.places = [
            (place, names[parameter])
            for place, parameter in enumerate(self.parameters)
            if isinstance(parameter, int | str | datetime) and parameter in names
        ]
        # How values of the database become those of the model: the same for every row and every time.
        columns = [column for column, *_rest in self.compiler.select[: self.compiler.col_count]]
        self.converters, self.has_composite_fields = self.compiler.get_converters(columns), self.compiler.has_composite_fields(columns)
        self.asks_for_now = any(name == "now" for _place, name in self.places)
        self.statement = None
        lost = set(values) - {name for _place, name in self.places}
        if lost:
            raise ValueError(f"The query does not show where {', '.join(sorted(lost))} went, so it cannot be prepared.")

    def rows(self, values, connection):
        if self.asks_for_now:
            values["now"] = timezone.now()
        values = {name: _as_parameter(value, connection) for name, value in values.items()}
        # Copies, for this thread alone. They are never handed out, since a filter added to them would be ignored.
        compiler = _twin(self.compiler)
        compiler.connection = connection
        compiler.execute_sql = lambda *args, **options: [self._read(values, connection)]
        compiler.get_converters = lambda expressions: self.converters
        compiler.has_composite_fields = lambda expressions: self.has_composite_fields
        rows = _twin(self.queryset)
        rows._query = _twin(rows._query)
        rows._query.get_compiler = lambda *args, **options: compiler
        return list(rows)

    def _read(self, values, connection):
        """What the database answers."""
        with planned_cursor(connection) as cursor:
            if self.statement is None:
                self.statement = self._statement(connection)
            sql, parameters = self.statement
            cursor.execute(sql, [values[parameter.name] if type(parameter) is _Place else parameter for parameter in parameters])
            rows = cursor.fetchall()
        return [row[: self.compiler.col_count] for row in rows] if self.compiler.has_extra_select else rows

    def _statement(self, connection):
        """(its SQL, its parameters with a _Place for each value)."""
        parameters = list(self.parameters)
        for place, name in self.places:
            parameters[place] = _Place(name)
        if connection.vendor != "postgresql":
            return self.sql, parameters
        sql = with_constants(self.sql, parameters, {place for place, _name in self.places}, connection)
        return sql, [parameter for parameter in parameters if type(parameter) is _Place]


def _twin(thing):
    """Another of the same, which holds the same things. What copy.copy does, in one step."""
    other = object.__new__(type(thing))
    other.__dict__.update(thing.__dict__)
    return other


class _Place:
    """Stands where a value goes."""

    def __init__(self, name):
        self.name = name


def _with_plain_rows(made_of):
    """What Django's compiler says of the model that its rows become, and of those joined to it, with PlainRows in their places."""
    joined = [_with_plain_rows(other) for other in made_of.get("related_klass_infos", ())]
    return made_of | {"model": _PlainRows.of(made_of["model"]), "related_klass_infos": joined}


class _PlainRows:
    """Makes rows of a model as its from_db does, without asking each field to set itself: what came from the database needs none of that."""

    def __init__(self, model):
        self._meta, self.model = model._meta, model

    @classmethod
    def of(cls, model):
        """The model itself where somebody has a say in how its rows are made."""
        its_own = model.from_db.__func__ is Model.from_db.__func__ and model.__init__ is Model.__init__
        heard = pre_init.has_listeners(model) or post_init.has_listeners(model)
        fields = (inspect.getattr_static(model, field.attname) for field in model._meta.concrete_fields)
        return cls(model) if its_own and not heard and all(isinstance(field, DeferredAttribute) for field in fields) else model

    def from_db(self, db, names, values):
        row = self.model.__new__(self.model)
        row._state = state = ModelState()
        state.adding, state.db = False, db
        row.__dict__.update(zip(names, values, strict=True))
        return row


def _stand_in(value, number):
    if isinstance(value, str):
        return f"⁂stand-in {number}⁂"
    if isinstance(value, datetime):
        return _FIRST_MOMENT + timedelta(seconds=number + 1)
    if isinstance(value, int) and not isinstance(value, bool):
        return _FIRST_NUMBER + number
    raise TypeError(f"{value!r} cannot be a value of a prepared query.")


def _as_parameter(value, connection):
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
