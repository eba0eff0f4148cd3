"""Statuses of Mastodon: voices, our replies and broadcasts, each once."""

import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gehoor.channels.base import Document, Heard, Identity, NothingSaid, Outcome, Wishes
from gehoor.channels.mastodon import reader
from gehoor.channels.mastodon.reader import READER
from gehoor.channels.registry import reader_for
from gehoor.kernel.errors import CannotRead

FIXTURES = Path(reader.__file__).parent / "fixtures"
OURS = Wishes(is_own=lambda identity: identity == Identity("handle", "@delinde@mastodon.example", "mastodon"))


def document(data: bytes | str, name: str = "statuses.json") -> Document:
    held = data.encode() if isinstance(data, str) else data
    return Document(name, len(held), lambda: io.BytesIO(held))


def fixture(name: str, wishes: Wishes = OURS) -> list[Outcome]:
    return list(READER.read(document((FIXTURES / name).read_bytes(), name), wishes))


def heard(found: list[Outcome]) -> list[Heard]:
    return [each for each in found if isinstance(each, Heard)]


def test_statuses_are_voices_and_ours_replies_and_broadcasts() -> None:
    found = fixture("whole-statuses.json")
    first, reply, broadcast = heard(found)
    assert [each.direction.value for each in (first, reply, broadcast)] == ["voice", "reply", "broadcast"]
    assert first.text == "@delinde waar blijft mijn bouwdepot?\n\nDrie weken & niets\ngehoord."
    assert first.identities == (Identity("handle", "@anja@mastodon.example", "mastodon"),)
    assert (reply.thread, reply.recipients) == ((first.native_id,), (Identity("handle", "@anja", "mastodon"),))
    assert isinstance(found[-1], NothingSaid)


def test_the_same_name_on_another_server_is_not_ours() -> None:
    elsewhere = (FIXTURES / "whole-statuses.json").read_text().replace("mastodon.example", "anders.example")
    assert {each.direction.value for each in heard(list(READER.read(document(elsewhere), OURS)))} == {"voice"}


@pytest.mark.parametrize("name", ["whole-notifications.json", "whole-context.json", "minimal-status.json"])
def test_a_status_is_the_same_wherever_it_stands(name: str) -> None:
    whole = heard(fixture("whole-statuses.json"))[0]
    assert heard(fixture(name))[0] == whole


def test_an_archive_is_of_our_own_account() -> None:
    (only,) = heard(fixture("whole-outbox.json"))
    assert (only.direction.value, only.text) == ("broadcast", "Wij zijn open.")


def test_lines() -> None:
    statuses = json.loads((FIXTURES / "whole-statuses.json").read_text())
    it = document("\n".join(map(json.dumps, statuses)), "statuses.jsonl")
    assert reader_for(it, Wishes()) is READER
    assert len(heard(list(READER.read(it, OURS)))) == 3


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(path.name for path in FIXTURES.iterdir())), st.data())
def test_a_mutated_fixture_stays_within_the_contract(name: str, data: st.DataObject) -> None:
    whole = bytearray((FIXTURES / name).read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
    it = document(bytes(whole), name)
    assert 0 <= READER.recognise(it, Wishes()).confidence <= 1
    try:
        found = list(READER.read(it, OURS))
    except CannotRead:
        return
    for each in found:
        assert each.position and each.original
        if isinstance(each, Heard):
            each.text.encode()
