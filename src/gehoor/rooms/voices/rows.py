"""Many rows at once, without making an object of each: some five times as fast as ``bulk_create``.

Primary keys are taken first, so that rows of several tables can point to each other. Inserting runs inside a
transaction that writes: on SQLite that is what keeps the keys ours.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection, models

_LOOKED_UP_AT_ONCE = 5_000


def next_ids(model: type[models.Model], count: int) -> Sequence[int]:
    """Primary keys that nobody else has or will get, in ascending order."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return sorted(row[0] for row in cursor.fetchall())
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = (cursor.fetchone() or (0,))[0]
    return range(last + 1, last + 1 + count)


def known_keys(model: type[models.Model], column: str, keys: Sequence[bytes], *also: str) -> Iterator[tuple[Any, ...]]:
    """``(key, *also)`` of the rows whose ``column`` is one of ``keys``; all are columns of the model's own table.

    Without the query builder, which looks at every key several times.
    """
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    selected = ", ".join(map(quote, (column, *also)))
    with connection.cursor() as cursor:
        for start in range(0, len(keys), _LOOKED_UP_AT_ONCE):
            part = keys[start : start + _LOOKED_UP_AT_ONCE]
            marks = ", ".join(["%s"] * len(part))
            cursor.execute(f"SELECT {selected} FROM {table} WHERE {quote(column)} IN ({marks})", part)
            for key, *rest in cursor.fetchall():
                yield bytes(key), *rest


def _converter(field: "models.Field[Any, Any]") -> Callable[[Any], Any] | None:
    """How a value becomes what the database takes; None when it is taken as it is."""
    if connection.vendor == "sqlite":
        if isinstance(field, models.UUIDField):
            return lambda value: value.hex
        if isinstance(field, models.DateTimeField):
            return _moment
        if isinstance(field, models.JSONField) and field.encoder is None:
            return lambda value: "[]" if value == [] else json.dumps(value)
    if isinstance(field, (models.UUIDField, models.DateTimeField, models.JSONField)):
        return lambda value: field.get_db_prep_save(value, connection)
    return None


def _moment(value: datetime | None) -> str | None:
    """As Django writes it on SQLite: in the connection's time zone, without saying so."""
    return None if value is None else str(value.astimezone(connection.timezone).replace(tzinfo=None))


@cache
def _plan(model: type[models.Model], names: tuple[str, ...]) -> tuple[str, list[Callable[[Any], Any] | None]]:
    own = {field.name: field for field in model._meta.concrete_fields}
    fields = [own[name] for name in names]
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    table = connection.ops.quote_name(model._meta.db_table)
    return f"INSERT INTO {table} ({columns}) VALUES ({marks})", [_converter(field) for field in fields]


def insert(model: type[models.Model], rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert rows that all give the same fields, by field name; a relation takes the primary key it points to."""
    waiting = list(rows)
    if not waiting:
        return
    names = tuple(waiting[0])
    sql, converters = _plan(model, names)
    columns = [
        [row[name] for row in waiting] if convert is None else [convert(row[name]) for row in waiting]
        for name, convert in zip(names, converters, strict=True)
    ]
    with connection.cursor() as cursor:
        cursor.executemany(sql, list(zip(*columns, strict=True)))
