"""Which voices a session gets."""

import numpy as np
import pytest

from gehoor.kernel.errors import NotAllowed, NotFound, Refused
from gehoor.rooms.listening.actions import access_session, do_keep_heard, do_start_session
from gehoor.rooms.listening.drawing import candidates, draw
from gehoor.rooms.listening.models import Drawn, DrawnBy, Pool, Session
from gehoor.rooms.privacy.models import AuditEntry
from gehoor.rooms.voices.weight import minutes_of, standard_table

from .conftest import START, colleague, say

pytestmark = pytest.mark.django_db


def start(actor, **more):
    wishes = {"minutes": 10, "drawn_by": DrawnBy.MINUTES, "pool": Pool.UNHEARD, "seed": 7}
    return do_start_session(actor=actor, **{**wishes, **more})


def voices(session):
    return list(session.stack.order_by("position").values_list("voice", flat=True))


@pytest.fixture
def many(db):
    return [say(("x", "letter", "email")[number % 3], 40 + 13 * (number % 17), number % 20) for number in range(60)]


def test_the_same_seed_and_pool_give_the_same_stack(manager, many):
    assert voices(start(manager)) == voices(start(manager))
    assert voices(start(manager)) != voices(start(manager, seed=8))
    assert voices(start(manager, drawn_by=DrawnBy.VOICES)) == voices(start(manager, drawn_by=DrawnBy.VOICES))


def test_a_session_says_how_it_was_drawn(manager, many):
    session = start(manager)
    assert (session.seed, session.drawn_by, session.pool, session.drawn_from) == (7, "minutes", "unheard", 60)
    assert (session.table, session.planned_minutes) == ("standard", 10)
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.action, entry.public_id) == (manager, "start_session", session.public_id)


def test_without_a_seed_one_is_drawn(manager, many):
    assert 0 <= start(manager, seed=None).seed < 1_000_000


def test_the_chance_is_in_proportion_to_customer_minutes(manager, many):
    session = start(manager)
    table = standard_table()
    drawn = list(Drawn.objects.filter(session=session).select_related("voice"))
    ratios = [each.probability / minutes_of(each.voice, table) for each in drawn if each.probability < 1]
    assert ratios == pytest.approx([ratios[0]] * len(ratios))


def test_every_voice_has_the_same_chance_when_asked(manager, many):
    session = start(manager, drawn_by=DrawnBy.VOICES)
    chances = set(session.stack.values_list("probability", flat=True))
    assert chances == {session.stack.count() / 60}


@pytest.mark.parametrize("drawn_by", DrawnBy)
@pytest.mark.parametrize("minutes", [5, 10, 20])
def test_the_stack_is_expected_to_fill_the_time(many, drawn_by, minutes):
    found = candidates(Pool.ALL, standard_table())
    drawn = draw(found, drawn_by, minutes, 1)
    expected = float(drawn.probability @ found.seconds)
    largest = float(found.seconds.max())
    assert minutes * 60 - largest <= expected <= minutes * 60 or len(drawn.chosen) == len(found.ids)
    average = np.mean([found.seconds[draw(found, drawn_by, minutes, seed).chosen].sum() for seed in range(300)])
    assert average == pytest.approx(expected, rel=0.05)


def test_there_is_always_one_voice(manager):
    say("call", 9000, 1, duration_seconds=4000.0)
    say("call", 9000, 2, duration_seconds=4000.0)
    assert len(voices(start(manager, minutes=1))) == 1


def test_letters_and_calls_come_first(manager, stack):
    session = start(manager, minutes=60)
    channels = list(session.stack.order_by("position").values_list("voice__channel", flat=True))
    assert channels == ["letter", "letter", "call", "call", "email", "x", "x", "x"]


def test_what_was_heard_is_left_out_unless_everything_is_asked(manager, adviser, stack):
    do_keep_heard(listener=adviser, voice=stack[1], seconds=60, at=START)
    assert stack[1].pk not in voices(start(manager, minutes=60))
    assert stack[1].pk in voices(start(manager, minutes=60, pool=Pool.ALL))


def test_a_voice_without_words_is_not_drawn(manager, stack):
    silent = say("letter", 0)
    assert silent.pk not in voices(start(manager, minutes=60))


def test_an_empty_pool_and_an_endless_sitting_are_refused(manager):
    with pytest.raises(Refused):
        start(manager)
    say()
    with pytest.raises(Refused):
        start(manager, minutes=241)
    assert not Session.objects.exists()


def test_who_may_not_listen_starts_nothing(stack):
    with pytest.raises(NotAllowed):
        start(colleague("privacy_officer"))


def test_another_users_session_is_not_there(manager, adviser, stack):
    session = start(manager)
    assert access_session(actor=manager, public_id=session.public_id) == session
    with pytest.raises(NotFound):
        access_session(actor=adviser, public_id=session.public_id)
