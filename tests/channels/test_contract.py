"""Every reader keeps the contract of ``gehoor.channels.base``, on every fixture it has.

``whole...`` and ``minimal...`` give voices; ``broken-...`` says what is wrong; any other may give what it likes, but
nothing outside the contract.
"""

from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from pathlib import Path

import pytest

from gehoor.channels.base import (
    Document,
    Heard,
    NothingSaid,
    Outcome,
    Reader,
    Recognition,
    SlowReader,
    Unreadable,
    Wishes,
)
from gehoor.channels.registry import cards, readers
from gehoor.kernel.errors import CannotRead, EngineTurn

WISHES = Wishes(take_proposal=True)


def fixtures() -> Iterator[tuple[str, Path]]:
    for package in readers():
        folder = Path(str(import_module(package).__file__)).parent / "fixtures"
        yield from ((package, path) for path in sorted(folder.iterdir()) if not path.name.startswith("."))


CASES = [pytest.param(package, path, id=f"{package}:{path.name}") for package, path in fixtures()]


def document_at(path: Path) -> Document:
    size = path.stat().st_size
    return Document(path.name, size, lambda: path.open("rb"), path)


def outcomes(reader: Reader, path: Path) -> list[Outcome] | str:
    try:
        return list(_read(reader, document_at(path)))
    except CannotRead as error:
        return error.code


def _read(reader: Reader, document: Document) -> Iterator[Outcome]:
    """What a reader makes of it; what it leaves to an engine is read by the engine."""
    try:
        yield from reader.read(document, WISHES)
    except EngineTurn:
        assert isinstance(reader, SlowReader)
        yield from reader.read_slowly(document, WISHES, lambda: None)


def comparable(found: list[Outcome] | str) -> list[object] | str:
    if isinstance(found, str):
        return found
    return [(each.position, each.error.code, each.original) if isinstance(each, Unreadable) else each for each in found]


@pytest.mark.parametrize(("package", "path"), [case for case in CASES if case.values[1].is_file()])
class TestContract:
    def test_whole_and_minimal_give_voices_and_broken_ones_say_why(self, package: str, path: Path) -> None:
        found = outcomes(readers()[package], path)
        if path.name.startswith(("whole", "minimal")):
            assert not isinstance(found, str)
            assert any(isinstance(each, Heard) and each.text.strip() for each in found)
        elif path.name.startswith("broken-"):
            assert isinstance(found, str) or any(isinstance(each, Unreadable | NothingSaid) for each in found)

    def test_every_outcome_is_what_the_contract_says(self, package: str, path: Path) -> None:
        found = outcomes(readers()[package], path)
        for each in found if isinstance(found, list) else []:
            assert isinstance(each, Heard | NothingSaid | Unreadable)
            assert each.position
            assert each.media_type
            assert each.original or path.stat().st_size == 0
            if isinstance(each, Heard):
                check_heard(each)

    def test_reading_twice_gives_the_same(self, package: str, path: Path) -> None:
        reader = readers()[package]
        assert comparable(outcomes(reader, path)) == comparable(outcomes(reader, path))

    def test_recognises_its_own(self, package: str, path: Path) -> None:
        recognised = readers()[package].recognise(document_at(path), WISHES)
        assert isinstance(recognised, Recognition)
        assert 0 <= recognised.confidence <= 1
        if path.name.startswith(("whole", "minimal")):
            assert recognised.confidence > 0


def check_heard(heard: Heard) -> None:
    assert heard.channel in cards()
    assert heard.said_at is None or heard.said_at.utcoffset() == timedelta(0)
    assert "\0" not in heard.text
    heard.text.encode()


def test_every_reader_has_whole_and_broken_fixtures() -> None:
    for package in readers():
        names = [path.name for owner, path in fixtures() if owner == package]
        assert any(name.startswith("broken") for name in names), package
        assert any(not name.startswith("broken") for name in names), package
