"""What leans on a text follows when it is corrected: vectors, belonging, moves and quotes of needs."""

import pytest

from gehoor.rooms.accounts.roles import Role
from gehoor.rooms.intake.stages import drain_all
from gehoor.rooms.needs import embedding
from gehoor.rooms.needs.models import AskNeed, AskVector, Decision, Generation, Need
from gehoor.rooms.voices.correcting import do_correct_text
from gehoor.rooms.voices.models import Ask

from .conftest import colleague
from .reading import letter

pytestmark = pytest.mark.django_db

TEXT = "Een twee drie. Vier vijf zes. Zeven acht negen."


@pytest.fixture
def grouped():
    """A letter of three asks that belong to a need, the last moved there by a person, two of them quoted."""
    voice = letter(TEXT, read=False)
    asks = [
        Ask.objects.create(voice=voice, position=at, start=start, end=end, words=3)
        for at, (start, end) in enumerate([(0, 15), (15, 30), (30, 47)])
    ]
    embedding.drain(100)
    generation = Generation.objects.create(asks=3, grouped=3, levels=1, default_level=1, current=True, counted="x")
    need = Need.objects.create(generation=generation, level=1, proposed_name="tellen")
    need.quotes, need.counter = [[asks[1].pk, 15, 29], [asks[2].pk, 30, 46]], [[asks[0].pk, 0, 14]]
    need.save()
    for ask in asks:
        moved = need if ask is asks[2] else None
        AskNeed.objects.create(
            ask=ask, voice=voice, start=ask.start, generation=generation, computed=need, moved=moved, need=need
        )
    Decision.objects.create(kind="move", need=need.public_id, other=need.public_id, voice=voice, start=30, end=47)
    return voice, asks, need


def correct(voice, old, new):
    start = voice.text.index(old)
    actor = colleague(Role.ADVISER)
    do_correct_text(said=voice, start=start, end=start + len(old), text=new, actor=actor)


def test_all_vectors_of_the_voice_become_pending_again(grouped):
    assert AskVector.objects.count() == 3
    correct(grouped[0], "vijf", "vijfentwintig")
    assert AskVector.objects.count() == 0
    assert embedding.pending() >= 3
    drain_all()
    assert AskVector.objects.count() == 3


def test_the_changed_ask_finds_its_need_again_and_the_others_keep_theirs(grouped):
    voice, (first, _, third), _ = grouped
    correct(voice, "vijf", "vijfentwintig")
    assert dict(AskNeed.objects.values_list("ask", "start")) == {first.pk: 0, third.pk: 39}
    assert Generation.objects.get().counted == ""


def test_what_a_person_moved_stays_where_they_moved_it(grouped):
    voice, (*_, third), need = grouped
    correct(voice, "acht", "achttien")
    assert AskNeed.objects.get(ask=third).moved == need
    assert Decision.objects.values_list("start", "end").get() == (30, 51)


def test_quotes_say_what_the_voice_says_now(grouped):
    voice, (first, second, third), need = grouped
    correct(voice, "vijf", "vijfentwintig")
    need.refresh_from_db()
    assert need.quotes == [[second.pk, 15, 38], [third.pk, 39, 55]]
    assert need.counter == [[first.pk, 0, 14]]
    voice.refresh_from_db()
    assert voice.text[15:38] == "Vier vijfentwintig zes."


def test_an_ask_of_which_nothing_is_left_is_quoted_no_longer(grouped):
    voice, (first, second, third), need = grouped
    correct(voice, "Vier vijf zes. ", "")
    need.refresh_from_db()
    assert need.quotes == [[third.pk, 15, 31]]
    assert not AskNeed.objects.filter(start=15, ask=None).exists()
    assert set(Ask.objects.values_list("pk", flat=True)) == {first.pk, third.pk}
    assert second.pk not in AskNeed.objects.values_list("ask", flat=True)
