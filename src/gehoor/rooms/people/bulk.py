"""Rows by the thousand: lookups in chunks that every database takes, and changes in one statement."""

from collections.abc import Collection, Iterator
from itertools import islice
from typing import TypeVar

from django.db import connection

from gehoor.rooms.people.models import Attribution, Identity, Person

Item = TypeVar("Item")
CHUNK = 5_000
"""Values in one ``IN``: far below SQLite's 32,766 and PostgreSQL's 65,535."""


def chunks(items: Collection[Item]) -> Iterator[list[Item]]:
    """The items in lists of at most ``CHUNK``."""
    rest = iter(items)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def alone() -> None:
    """Until the transaction ends nobody else decides who is who. (SQLite has one writer anyhow.)"""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {connection.ops.quote_name(Identity._meta.db_table)} IN SHARE ROW EXCLUSIVE MODE")


def keep_identities(changed: list[Identity]) -> None:
    """Write what was found out about identities that are kept already."""
    Identity.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["id"], update_fields=["person", "home", "shared", "first_voice"]
    )


def keep_persons(changed: list[Person]) -> None:
    """Write names and mergers of persons that are kept already."""
    Person.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["id"], update_fields=["name", "merged_into"]
    )


def keep_attributions(rows: dict[int, int | None]) -> None:
    """Write who said each voice."""
    Attribution.objects.bulk_create(
        [Attribution(voice_id=voice, person_id=person) for voice, person in rows.items()],
        update_conflicts=True,
        unique_fields=["voice"],
        update_fields=["person"],
    )
