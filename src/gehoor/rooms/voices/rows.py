"""Many rows at once, without making an object of each: some five times as fast as ``bulk_create``.

Only for inserting. Primary keys are taken first, so that rows of several tables can point to each other. Runs inside a
transaction that writes: on SQLite that is what keeps the keys ours.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from django.db import connection, models


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


def _converter(field: "models.Field[Any, Any]") -> Callable[[Any], Any] | None:
    """How a value becomes what the database takes; None when it is taken as it is."""
    if isinstance(field, models.UUIDField) and connection.vendor == "sqlite":
        return lambda value: value.hex
    if isinstance(field, (models.UUIDField, models.DateTimeField, models.JSONField)):
        return lambda value: field.get_db_prep_save(value, connection)
    return None


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
