"""Handing on what was heard, taking it up, and undoing both."""

from uuid import uuid4

import pytest

from gehoor.kernel.errors import NotAllowed, NotFound, Refused
from gehoor.rooms.listening.handing import (
    Passage,
    access_handed,
    do_hand_on,
    do_hand_on_again,
    do_put_back,
    do_see_thanks,
    do_take_up,
    do_withdraw,
    handed_on,
    thanks_for,
)
from gehoor.rooms.listening.models import Handing
from gehoor.rooms.privacy.models import AuditEntry

from .conftest import colleague, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter():
    return say("letter", 40)


def hand_on(actor, letter, kind=Handing.CHANGE, **more):
    return do_hand_on(actor=actor, kind=kind, voice=letter, **{"text": "Bel terug voordat zij bellen.", **more})


def test_what_is_handed_on_holds_who_what_and_the_customers_own_words(adviser, letter):
    handed = hand_on(adviser, letter, passage=Passage(6, 11))
    (found,) = handed_on(kind="change")
    assert (found.public_id, found.kind, found.voice, found.by) == (handed.public_id, "change", letter, adviser)
    assert (found.text, found.quote) == ("Bel terug voordat zij bellen.", "woord")
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.action, entry.public_id) == (adviser, "hand_on", handed.public_id)


def test_each_kind_is_asked_for_by_itself_newest_first(adviser, manager, letter, hand):
    wish = hand_on(adviser, letter, Handing.WISH)
    hand.pass_(60)
    later = hand_on(adviser, letter, Handing.WISH)
    hand.pass_(60)
    thanks = hand_on(adviser, letter, Handing.THANKS, to=manager, text="")
    assert list(handed_on(kind=Handing.WISH)) == [later, wish]
    assert list(handed_on()) == [thanks, later, wish]


def test_a_wish_says_something_and_a_thanks_goes_to_a_colleague(adviser, letter):
    gone = colleague("adviser")
    gone.is_active = False
    gone.save()
    for wrong in [
        {"kind": Handing.WISH, "text": "  "},
        {"kind": Handing.CHANGE, "text": "x" * 4001},
        {"kind": Handing.THANKS, "to": None},
        {"kind": Handing.THANKS, "to": adviser},
        {"kind": Handing.THANKS, "to": gone},
        {"passage": Passage(10, 10)},
        {"passage": Passage(0, 100_000)},
    ]:
        with pytest.raises(Refused):
            hand_on(adviser, letter, **wrong)
    assert not handed_on(open=False).exists()


def test_taking_up_closes_it_once_and_putting_back_opens_it_again(adviser, manager, letter, hand):
    handed, change = hand_on(adviser, letter), uuid4()
    taken = do_take_up(actor=manager, handed=handed, became=change)
    assert (taken.became, taken.taken_up_by, taken.taken_up_at) == (change, manager, hand.now)
    assert not handed_on(kind="change").exists()
    assert list(handed_on(kind="change", open=False)) == [handed]
    with pytest.raises(Refused):
        do_take_up(actor=manager, handed=handed, became=uuid4())
    with pytest.raises(Refused):
        do_withdraw(actor=adviser, handed=handed)
    do_put_back(actor=manager, handed=handed)
    assert list(handed_on(kind="change")) == [handed]
    with pytest.raises(Refused):
        do_put_back(actor=manager, handed=handed)


def test_a_thanks_becomes_no_change(adviser, manager, letter):
    thanks = hand_on(adviser, letter, Handing.THANKS, to=manager)
    with pytest.raises(Refused):
        do_take_up(actor=manager, handed=thanks, became=uuid4())


def test_only_who_decides_about_changes_takes_up(adviser, letter):
    handed = hand_on(adviser, letter)
    for actor in (adviser, colleague("privacy_officer"), colleague("administrator")):
        with pytest.raises(NotAllowed):
            do_take_up(actor=actor, handed=handed, became=uuid4())
        with pytest.raises(NotAllowed):
            do_put_back(actor=actor, handed=handed)


def test_only_who_listens_hands_on(letter):
    with pytest.raises(NotAllowed):
        hand_on(colleague("privacy_officer"), letter)


def test_one_takes_back_ones_own_and_can_undo_that(adviser, manager, letter):
    handed = hand_on(adviser, letter)
    with pytest.raises(NotAllowed):
        do_withdraw(actor=manager, handed=handed)
    do_withdraw(actor=adviser, handed=handed)
    assert not handed_on(open=False).exists()
    with pytest.raises(NotFound):
        access_handed(handed.public_id)
    with pytest.raises(Refused):
        do_take_up(actor=manager, handed=handed, became=uuid4())
    with pytest.raises(NotFound):
        do_hand_on_again(actor=manager, public_id=handed.public_id)
    assert do_hand_on_again(actor=adviser, public_id=handed.public_id) == handed


def test_a_thanks_waits_for_its_receiver_alone_until_it_is_put_away(adviser, manager, letter):
    thanks = hand_on(adviser, letter, Handing.THANKS, to=manager, text="Zij werd meteen teruggebeld, dank je.")
    assert list(thanks_for(manager)) == [thanks]
    assert not thanks_for(adviser).exists()
    with pytest.raises(NotFound):
        do_see_thanks(actor=adviser, public_id=thanks.public_id)
    do_see_thanks(actor=manager, public_id=thanks.public_id)
    assert not thanks_for(manager).exists()


def test_what_is_asked_takes_one_query(adviser, letter, django_assert_num_queries):
    for _ in range(5):
        hand_on(adviser, letter, passage=Passage(0, 5))
    with django_assert_num_queries(1):
        assert {(each.quote, each.by.name, each.voice.channel) for each in handed_on(kind="change")} == {
            ("woord", "Collega", "letter")
        }
