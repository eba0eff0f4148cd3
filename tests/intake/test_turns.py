"""What needs an engine waits its turn, loses nothing, and holds nothing up: proved with a channel from outside."""

import pytest
from tests.outside.installing import installed

from gehoor.channels.base import Wishes
from gehoor.rooms.intake import turns
from gehoor.rooms.intake.actions import do_listen
from gehoor.rooms.intake.engines import EngineRoom
from gehoor.rooms.intake.models import Arrival, Item, Outcome
from gehoor.rooms.intake.retrying import do_try_again
from gehoor.rooms.intake.stages import drain_all
from gehoor.rooms.people.models import Person  # noqa: F401 the whole way is drained
from gehoor.rooms.voices.models import Container, Original, Transcription, Voice

pytestmark = pytest.mark.django_db(transaction=True)

SAID = "Waar blijft mijn bouwdepot?\nDank u wel voor de snelle hulp."


@pytest.fixture(autouse=True)
def engine(tmp_path, monkeypatch):
    """The made-up engine; its file says whether it is installed."""
    there = tmp_path / "engine"
    there.touch()
    monkeypatch.setenv("GEHOOR_TEST_ENGINE", str(there))
    with installed():
        yield there


def take_in(path):
    return do_listen(paths=[path], wishes=Wishes())


def take_turns():
    return [came for _, came in turns.take_turns()]


def codes():
    return [(item.outcome, item.code) for item in Item.objects.order_by("id")]


def test_an_item_waits_its_turn_and_becomes_voices_when_it_has_come(post):
    summary = take_in(post("kaarten.postcard", SAID))
    assert [each.code for each in summary.waiting] == ["engine_turn"]
    assert Voice.objects.count() == 0
    assert turns.pending() == 1
    (came,) = take_turns()
    assert (came.new["voices"], came.items) == (2, 2)
    assert sorted(Voice.objects.values_list("text", flat=True)) == sorted(SAID.split("\n"))
    assert turns.pending() == 0
    assert codes() == [("voice", ""), ("voice", "")]
    assert Original.objects.count() == 2
    assert Container.objects.get().items == 2
    assert Arrival.objects.get().counts == came.counts()


def test_the_transcription_stands_beside_the_voice(post):
    take_in(post("kaart.postcard", "Waar blijft mijn bouwdepot?"))
    take_turns()
    found = Transcription.objects.get()
    assert (found.engine, found.confidence, found.pages) == ("postcard engine 1.0", 0.9, 1)
    assert found.text == found.voice.text
    start, end, confidence, page, box, begins, _ = found.words[2]
    assert (found.text[start:end], confidence, page, box, begins) == ("mijn", 0.9, 1, [0.1, 0.1, 0.2, 0.2], None)


def test_what_was_known_of_it_at_first_is_given_back_at_its_turn(post):
    take_in(post("kaart.postcard", "Groeten!"))
    take_turns()
    assert Voice.objects.get().author == "Texel"


def test_sent_in_again_it_is_known_without_the_engine(post):
    take_in(post("kaarten.postcard", SAID))
    take_turns()
    again = take_in(post("kaarten.postcard", SAID))
    assert (again.known["voices"], again.items, turns.pending()) == (2, 2, 0)


def test_without_an_engine_it_waits_listed_and_is_read_when_one_is_installed(post, engine):
    engine.unlink()
    summary = take_in(post("kaarten.postcard", SAID))
    assert [each.code for each in summary.waiting] == ["engine_needed"]
    assert turns.do_give_turns() == 0
    assert take_turns() == []
    engine.touch()
    assert turns.do_give_turns() == 1
    (came,) = take_turns()
    assert came.new["voices"] == 2


@pytest.mark.parametrize(
    ("line", "why"),
    [("crash", "it broke down"), ("greed", "it takes more memory than is allowed")],
)
def test_an_engine_that_stops_marks_its_item_and_the_next_is_read(post, line, why):
    take_in(post("slecht.postcard", f"eerst dit\n{line}\n"))
    take_in(post("goed.postcard", "En dan dit."))
    bad, good = take_turns()
    assert [(each.code, str(each.reason.values["why"])) for each in bad.waiting] == [("engine_failed", why)]
    assert good.new["voices"] == 1
    assert turns.pending() == 0
    assert Item.objects.get(code="engine_failed").original is not None


def test_an_engine_that_falls_silent_is_ended(post):
    take_in(post("stil.postcard", "silence"))
    room = EngineRoom(silence_seconds=3)
    try:
        came = turns.do_take_turn(item=turns.waiting().get(), room=room)
    finally:
        room.close()
    assert [each.code for each in came.waiting] == ["engine_failed"]


def test_an_item_that_failed_is_not_doubled_when_it_is_tried_again(post):
    take_in(post("slecht.postcard", "eerst dit\ncrash\n"))
    take_turns()
    item = Item.objects.get(code="engine_failed")
    do_try_again(item=item, wishes=Wishes(), actor=None)
    assert turns.pending() == 1
    take_turns()
    assert Voice.objects.count() <= 1
    assert Item.objects.filter(outcome=Outcome.WAITING).count() == 1


def test_what_is_damaged_says_so(post):
    take_in(post("stuk.postcard", "damage"))
    take_turns()
    assert codes() == [("refused", "damaged")]


def test_the_whole_way_takes_the_turns_too(post):
    take_in(post("kaarten.postcard", SAID))
    drain_all()
    assert Voice.objects.filter(understanding__isnull=False).count() == 2
