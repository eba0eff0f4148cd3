"""The stated probabilities are the true ones, for real voices, every pool and every way of drawing.

Drawn ten thousand times from candidates that were looked up once; how many are drawn does not hang on the seed.
"""

import math
from datetime import timedelta

import numpy as np
import pytest

from gehoor.kernel import clock
from gehoor.rooms.listening.actions import do_keep_heard, do_start_session
from gehoor.rooms.listening.drawing import (
    WHOLE,
    Drawing,
    Narrowed,
    candidates,
    count_for,
    draw,
    draw_so_many,
    draw_stack,
    reading_rank,
)
from gehoor.rooms.listening.models import DrawnBy, Pool
from gehoor.rooms.needs.models import AskNeed, Generation, Need
from gehoor.rooms.voices.models import Ask, Voice
from gehoor.rooms.voices.weight import current_table, minutes_of

from .conftest import START, say

pytestmark = pytest.mark.django_db
DRAWS = 10_000
MINUTES, SHORT = 12, 3


@pytest.fixture
def voices(adviser):
    """Sixty voices of four channels, a call that outweighs all, some heard, some about a need, some of long ago."""
    made = [
        say(("x", "letter", "email", "call")[number % 4], 30 + 17 * (number % 13), number % 20) for number in range(58)
    ]
    made.append(say("call", 900, 3, duration_seconds=5400.0, waited_seconds=1200.0))
    made.append(say("letter", 0))
    for voice in made[::5]:
        do_keep_heard(listener=adviser, voice=voice, seconds=60, at=START)
    Voice.objects.filter(pk__in=[voice.pk for voice in made[:25]]).update(heard_at=clock.now() - timedelta(days=90))
    generation = Generation.objects.create(asks=0, levels=1, default_level=1, current=True, counted="1")
    need = Need.objects.create(generation=generation, level=1, proposed_name="Bouwdepot", voices=30)
    for voice in made[::2]:
        ask = Ask.objects.create(voice=voice, position=0, start=0, end=5, words=10)
        AskNeed.objects.create(ask=ask, generation=generation, need=need, computed=need, voice=voice, start=0)
    return made, need


def _narrowed(name, need):
    return {
        "whole": WHOLE,
        "need": Narrowed(need=need.public_id),
        "channel": Narrowed(channel="letter"),
        "period": Narrowed(since=clock.now() - timedelta(days=30)),
    }[name]


NARROWINGS = ["whole", "need", "channel", "period"]


@pytest.mark.parametrize("drawn_by", DrawnBy)
@pytest.mark.parametrize("pool", Pool)
@pytest.mark.parametrize("narrowing", NARROWINGS)
def test_every_voice_is_drawn_as_often_as_is_stated(voices, pool, drawn_by, narrowing):
    table = current_table()
    found = candidates(pool, table, _narrowed(narrowing, voices[1]))
    count = count_for(found, drawn_by, 60.0 * (SHORT if narrowing == "channel" else MINUTES))
    assert 1 <= count < len(found.ids)
    drawn = [draw_so_many(found, drawn_by, count, seed) for seed in range(DRAWS)]
    stated = drawn[0].probability
    often = np.bincount(np.concatenate([each.chosen for each in drawn]), minlength=len(found.ids)) / DRAWS
    assert (np.abs(often - stated) <= 5 * np.sqrt(stated * (1 - stated) / DRAWS) + 1e-12).all()
    expected = np.full(len(found.ids), count / len(found.ids)) if drawn_by == DrawnBy.VOICES else None
    assert expected is None or stated == pytest.approx(expected)

    by_hand = np.array([minutes_of(voice, table) for voice in Voice.objects.filter(pk__in=found.ids).order_by("pk")])
    minutes = by_hand[np.argsort(np.argsort(found.ids))]
    assert found.customer_minutes == pytest.approx(minutes)
    for values in (np.ones(len(found.ids)), minutes):
        estimates = np.array([(values[each.chosen] / stated[each.chosen]).sum() for each in drawn])
        assert abs(estimates.mean() - values.sum()) <= 5 * estimates.std() / math.sqrt(DRAWS) + 1e-9 * values.sum()


@pytest.mark.parametrize("drawn_by", DrawnBy)
def test_a_kept_session_holds_what_the_draw_says(voices, manager, drawn_by):
    """The shortcut of the test above is the way that a session goes."""
    table = current_table()
    found = candidates(Pool.UNHEARD, table)
    for seed in range(20):
        whole = draw(found, drawn_by, MINUTES, seed)
        stack = draw_stack(Drawing(Pool.UNHEARD, drawn_by, MINUTES), seed=seed, table=table)
        assert sorted(stack.voices) == sorted(found.ids[at] for at in whole.chosen)
        assert dict(zip(stack.voices, stack.probabilities, strict=True)) == {
            found.ids[at]: whole.probability[at] for at in whole.chosen
        }
    session = do_start_session(actor=manager, minutes=MINUTES, drawn_by=drawn_by, pool=Pool.UNHEARD, seed=19)
    assert list(session.stack.order_by("position").values_list("voice", "probability")) == list(
        zip(stack.voices, stack.probabilities, strict=True)
    )
    ranks = [
        reading_rank(channel, table)
        for channel in session.stack.order_by("position").values_list("voice__channel", flat=True)
    ]
    assert ranks == sorted(ranks)


def test_narrowing_leaves_exactly_what_was_asked(voices):
    made, need = voices
    table = current_table()
    told = {voice.pk: voice for voice in made if voice.words}
    letters = {pk for pk, voice in told.items() if voice.channel == "letter"}
    about = {voice.pk for voice in made[::2] if voice.words}
    recent = {voice.pk for voice in made[25:] if voice.words}
    heard = {voice.pk for voice in made[::5]}
    for pool, left_out in ((Pool.ALL, set()), (Pool.UNHEARD, heard)):
        for narrowed, wanted in (
            (WHOLE, set(told)),
            (Narrowed(channel="letter"), letters),
            (Narrowed(need=need.public_id), about),
            (Narrowed(since=clock.now() - timedelta(days=30)), recent),
            (Narrowed(need.public_id, "letter", clock.now() - timedelta(days=30)), letters & about & recent),
        ):
            assert set(candidates(pool, table, narrowed).ids) == wanted - left_out
