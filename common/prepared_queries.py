"""Queries that are written as ever, compiled once, and run again and again with other values.

To build a queryset and compile it to SQL takes Django half a millisecond of CPU to two, often more than the database
takes to answer. A page that asks five questions pays that five times, though the SQL is the same each time.

    @prepared
    def showings(label: str, *, city: int, now: dt.datetime, nights: list[dt.date]) -> QuerySet[...]:
        wanted = Screening.objects.upcoming(now).filter(engagement__theater__city=city, night__in=nights)
        return wanted.labelled(label) if label else wanted

    showings("oc", city=city.pk, now=now, nights=[tonight])  # a list of rows

What is given by name is a value: the function sees a stand-in (an expression) in its place, which may be compared,
and nothing else. What is given by position shapes the query: the function sees it as it is, and each is compiled for
itself, so there must be few of them. The function must have no other source: what it reads elsewhere (a clock, a
setting, the active time zone of `Trunc…`) is compiled in, once.

A list is compared with `__in`, where it does not matter how often a value stands: it is filled up with its last value
to a power of two, so that a list of 33 is not another shape than one of 34.
"""

from __future__ import annotations

import datetime as dt
import threading
import uuid
from collections.abc import Callable, Iterable
from functools import update_wrapper
from typing import Any, Generic, ParamSpec, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Value
from django.db.models.sql.compiler import SQLCompiler

Asked = ParamSpec("Asked")
Row = TypeVar("Row")

# Shapes that one query keeps.
MOST_SHAPES = 200
# As what a value is compared, by its type.
FIELDS: dict[type, models.Field[Any, Any]] = {
    bool: models.BooleanField(),
    int: models.BigIntegerField(),
    float: models.FloatField(),
    str: models.TextField(),
    bytes: models.BinaryField(),
    dt.datetime: models.DateTimeField(),
    dt.date: models.DateField(),
    dt.time: models.TimeField(),
    dt.timedelta: models.DurationField(),
    uuid.UUID: models.UUIDField(),
    dict: models.JSONField(),
}
# What goes to the driver as it is, whatever the database.
AS_IT_IS = frozenset((int, str))
# A value's name; of a list's, its place too.
Name = tuple[str, int | None]


class Given(Value):
    """The stand-in of a value: where it is compared, it puts itself among the statement's parameters."""

    def __init__(self, name: Name, field: models.Field[Any, Any]) -> None:
        super().__init__(None, output_field=field)
        self.name = name
        self.compared = False

    def __bool__(self) -> bool:
        if not self.compared:
            raise TypeError(f"“{self.name[0]}” is given by name: it shapes no query. Give it by position.")
        return True

    def resolve_expression(self, *args: Any, **kwargs: Any) -> Any:
        placed = super().resolve_expression(*args, **kwargs)
        placed.compared = True
        return placed

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Any:
        return "%s", [self]

    def in_database(self, given: dict[str, Any], connection: BaseDatabaseWrapper) -> Any:
        """What stands in its place this time, as the database's driver takes it."""
        name, place = self.name
        value = given[name] if place is None else given[name][place]
        if type(value) in AS_IT_IS:
            return value
        return self.output_field.get_db_prep_value(value, connection=connection)


class Prepared(Generic[Asked, Row]):
    """A query as `prepared` makes it. Threads may share it."""

    def __init__(
        self,
        build: Callable[Asked, models.QuerySet[Any, Any]],
        make: Callable[[tuple[Any, ...]], Row] | None = None,
        kept: int = 0,
    ) -> None:
        self._build, self._make = build, make
        self._made: _Made[Row] = _Made(kept)
        self._plans: dict[tuple[Any, ...], _Plan[Row]] = {}
        update_wrapper(self, build)

    def __call__(self, *shape: Asked.args, **given: Asked.kwargs) -> list[Row]:
        """The rows, whatever the queryset makes of them (objects with what it selects and prefetches, tuples, …).

        Values are of the types in `FIELDS`, None, or lists of them. Raises TypeError for another.
        """
        connection = connections[DEFAULT_DB_ALIAS]
        given = {name: _filled(value) for name, value in given.items()}  # type: ignore[assignment]
        kinds = tuple((name, _kind(given[name])) for name in sorted(given))
        key = (connection.vendor, shape, kinds)
        plan = self._plans.get(key)
        if plan is None:
            stand_ins: dict[str, Any] = {name: _stand_in(name, value) for name, value in given.items()}
            if len(self._plans) >= MOST_SHAPES:
                self._plans.clear()
                self._made.clear()
            plan = _Plan(self._build(*shape, **stand_ins), self._make, self._made)
            self._plans[key] = plan
        return plan.run(given, connection)

    def first(self, *shape: Asked.args, **given: Asked.kwargs) -> Row | None:
        """The first of the rows; None where there are none. All are read: for a query that has one row, or few."""
        return next(iter(self(*shape, **given)), None)


def prepared(build: Callable[Asked, models.QuerySet[Any, Row]]) -> Prepared[Asked, Row]:
    """The function that gives a queryset, as one that gives its rows and compiles it once for each shape."""
    return Prepared(build)


def prepared_rows(
    make: Callable[[tuple[Any, ...]], Row], *, kept: int
) -> Callable[[Callable[Asked, models.QuerySet[Any, Any]]], Prepared[Asked, Row]]:
    """As `prepared`, for a queryset of `values_list`: each row is what `make` makes of its columns. What was made of the
    same columns before is given again: it must be immutable, as columns must (JSON is none). Once there are more than
    `kept`, all are forgotten."""
    return lambda build: Prepared(build, make, kept)


def _filled(value: object) -> object:
    """A list, filled up to a length of a power of two."""
    if not isinstance(value, list | tuple) or not value:
        return value
    return [*value, *(value[-1:] * ((1 << (len(value) - 1).bit_length()) - len(value)))]


def _kind(value: object) -> object:
    """What of a value shapes the query: its type, and how many there are in a list."""
    return tuple(map(type, value)) if isinstance(value, list | tuple) else type(value)


def _stand_in(name: str, value: object) -> object:
    if isinstance(value, list | tuple):
        return [_given((name, place), one) for place, one in enumerate(value)]
    return _given((name, None), value)


def _given(name: Name, value: object) -> Given | None:
    if value is None:
        return None
    field = next((FIELDS[kind] for kind in type(value).__mro__ if kind in FIELDS), None)
    if field is None:
        raise TypeError(f"A prepared query cannot be given a {type(value).__name__} ({name[0]}).")
    return Given(name, field)


class _Made(Generic[Row]):
    """What rows were made into: of each shape by their columns, and not more than `most` in all."""

    def __init__(self, most: int) -> None:
        self._most, self._shapes = most, list[dict[tuple[Any, ...], Row]]()

    def of_a_shape(self) -> dict[tuple[Any, ...], Row]:
        """Room for the rows of another shape."""
        self._shapes.append({})
        return self._shapes[-1]

    def make_room(self, rows: int) -> None:
        if sum(map(len, self._shapes)) + rows > self._most:
            for shape in self._shapes:
                shape.clear()

    def clear(self) -> None:
        self._shapes.clear()


class _Plan(Generic[Row]):
    """A queryset with its SQL. Of what a run changes each has a copy; what rows were made of is shared."""

    def __init__(
        self,
        rows: models.QuerySet[Any, Any],
        make: Callable[[tuple[Any, ...]], Row] | None,
        made: _Made[Row],
    ) -> None:
        if rows.query.select_for_update:
            raise TypeError(
                "What locks rows is not prepared: Django looks for its transaction when it compiles."
            )
        self._rows, self._make = rows, make
        self._memory, self._made = made, made.of_a_shape()
        self._compiler: Any = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        self._sql, self._parameters = "", list[Any]()
        # Converters belong to a connection, which is a thread's and may be closed with it: neither is kept here.
        self._in_thread = threading.local()
        try:
            sql, parameters = self._compiler.as_sql()
            self._sql, self._parameters = sql, list(parameters)
        except EmptyResultSet:
            pass
        self._compiler.connection = None
        self._places = [
            (place, value) for place, value in enumerate(self._parameters) if isinstance(value, Given)
        ]

    def run(self, given: dict[str, Any], connection: BaseDatabaseWrapper) -> list[Row]:
        if not self._sql:
            return []
        parameters = self._parameters.copy()
        for place, value in self._places:
            parameters[place] = value.in_database(given, connection)
        with connection.cursor() as cursor:
            cursor.execute(self._sql, tuple(parameters))
            columns = cursor.fetchall()
        compiler = _copy(self._compiler)
        compiler.connection = connection
        if compiler.has_extra_select:
            columns = [row[: compiler.col_count] for row in columns]
        converters = self._converters(compiler)
        if self._make:
            return self._make_rows(columns, compiler, converters, self._make)
        compiler.execute_sql = lambda *_, **__: [columns]
        compiler.get_converters = lambda _: converters
        query = _copy(self._rows.query)
        query.get_compiler = lambda *_, **__: compiler
        rows = _copy(self._rows)
        rows._query, rows._result_cache, rows._prefetch_done = query, None, False
        return list(rows)

    def _converters(self, compiler: SQLCompiler) -> dict[int, Any]:
        """What makes values of columns, as the compiler's `get_converters` gives it."""
        known = self._in_thread
        if getattr(known, "connection", None) is not compiler.connection:
            known.converters = compiler.get_converters([column for column, *_ in compiler.select])
            known.connection = compiler.connection
        return known.converters

    def _make_rows(
        self,
        columns: list[tuple[Any, ...]],
        compiler: SQLCompiler,
        converters: dict[int, Any],
        make: Callable[[tuple[Any, ...]], Row],
    ) -> list[Row]:
        found = [self._made.get(row) for row in columns]
        fresh = [row for row, made in zip(columns, found, strict=True) if made is None]
        if not fresh:
            return found  # type: ignore[return-value]
        converted: Iterable[Any] = compiler.apply_converters(fresh, converters) if converters else fresh
        made_now = dict(zip(fresh, map(make, converted), strict=True))
        self._memory.make_room(len(made_now))
        self._made.update(made_now)
        return [made_now[row] if made is None else made for row, made in zip(columns, found, strict=True)]


def fill(instance: models.Model, accessor: str, rows: list[Any]) -> None:
    """Let `instance.<accessor>.all()` give `rows` without a query, as after `prefetch_related`; `accessor` is the name
    of a relation to many."""
    relation: Any = instance._meta.get_field(accessor)
    known: Any = models.QuerySet(relation.related_model)
    known._result_cache, known._prefetch_done = rows, True
    instance.__dict__.setdefault("_prefetched_objects_cache", {})[accessor] = known


def _copy(thing: Any) -> Any:
    """A shallow copy. (`copy` would have a queryset read its rows, and a query clone itself.)"""
    twin = object.__new__(type(thing))
    twin.__dict__.update(thing.__dict__)
    return twin
