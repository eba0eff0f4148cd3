"""Erasing and exporting: every room registers how it does both for what it keeps.

Rooms import downwards only, and privacy stands near the bottom; so the rooms above reach it by registering, in the
``ready`` of their app. Erasers run from the top room down, in one transaction. The same erasers serve who takes back
what should never have been sent in.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import transaction


@dataclass(frozen=True, slots=True)
class Subject:
    """What is to be erased or exported: primary keys, so that no room needs another's models.

    ``person`` is whose all of it is; None for what different people said. ``may_return``: no trace is left by which it
    would be known again, so sent in again it is new.
    """

    person: int | None
    voices: Sequence[int] = ()
    replies: Sequence[int] = ()
    broadcasts: Sequence[int] = ()
    may_return: bool = False


Eraser = Callable[[Subject], None]
Exporter = Callable[[Subject], Mapping[str, Any]]

_erasers: list[tuple[int, str, Eraser]] = []
_exporters: list[tuple[str, Exporter]] = []
_afterwards: list[Callable[[Subject], None]] = []


def register(*, room: str, height: int, erase: Eraser, export: Exporter) -> None:
    """Register a room. ``height`` is its place in the house: higher rooms erase first."""
    _erasers.append((height, room, erase))
    _exporters.append((room, export))


def register_afterwards(task: Callable[[Subject], None]) -> None:
    """Register what has to happen outside the database once the erasing is committed (files, indexes)."""
    _afterwards.append(task)


def do_erase(subject: Subject, *, also: Callable[[], object] = lambda: None) -> None:
    """Run every room's eraser, top down, in one transaction, with ``also`` at its end (the line in the audit trail);
    once that is committed, what lies outside the database."""
    with transaction.atomic():
        _erase_in_every_room(subject)
        also()
        _finish_afterwards(subject)


def do_erase_parts(parts: Iterable[Subject]) -> None:
    """Erase much: each part in a short transaction of its own, what lies outside the database once, at the end. Killed
    half way, the parts that are left can be erased again."""
    last = None
    for last in parts:
        with transaction.atomic():
            _erase_in_every_room(last)
    if last is not None:
        with transaction.atomic():
            _finish_afterwards(last)


def _erase_in_every_room(subject: Subject) -> None:
    for _, _, erase in sorted(_erasers, key=lambda each: -each[0]):
        erase(subject)


def _finish_afterwards(subject: Subject) -> None:
    for task in _afterwards:
        transaction.on_commit(partial(task, subject))


def rooms() -> set[str]:
    """The rooms that registered."""
    return {room for _, room, _ in _erasers}


def exported(subject: Subject) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Everything that the rooms keep about the subject, by room, as JSON-ready values."""
    for room, export in sorted(_exporters, key=lambda each: each[0]):
        yield room, export(subject)
