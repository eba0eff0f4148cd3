"""Rows by the thousand: looked up by many values at once, and changed without making an object of each."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F
from django.db.models.lookups import Lookup
from django.db.models.sql.compiler import SQLCompiler

from gehoor.rooms.people.models import Attribution, Identity, Person
from gehoor.rooms.voices import rows


class Kept(Protocol):
    """An identity as it is to be kept."""

    id: int
    kind: str
    value: str
    network: str
    person: int | None
    home: int | None
    shared: bool
    first_voice: int | None
    shown: str | None


if TYPE_CHECKING:
    Condition = Lookup[bool]
else:
    Condition = Lookup


class Among(Condition):
    """Whether a column is one of many values, which travel as one parameter however many they are."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        """SQLite takes the values as JSON."""
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} IN (SELECT value FROM json_each(%s))", (*parameters, json.dumps(self.rhs.values))

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        """PostgreSQL takes an array."""
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", (*parameters, self.rhs.values)


@dataclass(frozen=True, slots=True)
class Many:
    """Values that Django shall not look at one by one."""

    values: list[int] | list[str]


def among(field: str, values: Iterable[int] | Iterable[str]) -> Among:
    """A condition for ``filter``: the column (of a relation: ``voice_id``) is one of these values."""
    return Among(F(field), Many(list(values)))  # type: ignore[arg-type]


def alone() -> None:
    """Until the transaction ends nobody else decides who is who. (SQLite has one writer anyhow.)"""
    if connection.vendor == "postgresql":
        table = connection.ops.quote_name(Identity._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")


def keep_new_identities(new: Iterable[Kept]) -> None:
    """Insert identities."""
    rows.insert(
        Identity,
        (
            {
                "id": each.id,
                "kind": each.kind,
                "value": each.value,
                "network": each.network,
                "shown": each.shown,
                "person": each.person,
                "home": each.home,
                "shared": each.shared,
                "first_voice": each.first_voice,
            }
            for each in new
        ),
    )


def keep_identities(changed: Iterable[Kept]) -> None:
    """Write what was found out about identities that are kept already."""
    _update(
        Identity,
        "id",
        ("person_id", "home_id", "shared", "first_voice_id"),
        [(each.person, each.home, each.shared, each.first_voice, each.id) for each in changed],
    )


def keep_persons(changed: Mapping[int, tuple[str, int | None]]) -> None:
    """Write names and mergers (``name, merged_into``) of persons that are kept already."""
    _update(Person, "id", ("name", "merged_into_id"), [(*each, person) for person, each in changed.items()])


def keep_attributions(changed: Mapping[int, int | None]) -> None:
    """Write whose voices are that were looked at before."""
    _update(Attribution, "voice_id", ("person_id",), [(person, voice) for voice, person in changed.items()])


def _update(
    model: type[models.Model], key: str, columns: Sequence[str], values: list[tuple[str | int | bool | None, ...]]
) -> None:
    """Set columns of many rows; each tuple ends with the row's key."""
    if not values:
        return
    quote = connection.ops.quote_name
    settings = ", ".join(f"{quote(column)} = %s" for column in columns)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {quote(model._meta.db_table)} SET {settings} WHERE {quote(key)} = %s",
            values,
        )
