"""What judging found of many answers, written without making an object or an expression of each: some ten times as fast
as ``bulk_update``."""

from collections.abc import Iterable
from typing import Any

from django.db import connection

from gehoor.rooms.answers.models import Given

_FIELDS = ("group", "against_book", "states")


def keep_states(rows: Iterable[tuple[int, int, str, list[dict[str, Any]]]]) -> None:
    """``(primary key, group, verdict beside the book, facts as JSON)`` of each answer."""
    own = {field.name: field for field in Given._meta.concrete_fields}
    fields = [own[name] for name in _FIELDS]
    quote = connection.ops.quote_name
    changed = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)
    sql = f"UPDATE {quote(Given._meta.db_table)} SET {changed} WHERE {quote('id')} = %s"
    # Answers of equal text share one list of facts, which lives as long as these rows: it is written out once.
    said: dict[int, Any] = {}
    ready = []
    for pk, group, against, states in rows:
        if id(states) not in said:
            said[id(states)] = fields[2].get_db_prep_save(states, connection)
        ready.append((group, against, said[id(states)], pk))
    if ready:
        with connection.cursor() as cursor:
            cursor.executemany(sql, ready)
