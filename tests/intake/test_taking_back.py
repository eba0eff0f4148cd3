"""Taking back an arrival leaves no trace of what came in with it alone, and nobody else loses anything."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from gehoor.channels.base import Wishes
from gehoor.kernel.clock import now
from gehoor.kernel.errors import Refused
from gehoor.rooms.accounts.roles import ALLOWED, May, Role
from gehoor.rooms.intake.actions import do_listen
from gehoor.rooms.intake.models import Arrival, Item, State
from gehoor.rooms.intake.own import do_add_own
from gehoor.rooms.intake.stages import drain_all
from gehoor.rooms.intake.taking_back import do_take_back, extent_of
from gehoor.rooms.intake.withdrawing import do_withdraw
from gehoor.rooms.listening.actions import do_keep_heard
from gehoor.rooms.listening.models import Heard
from gehoor.rooms.needs.models import AskNeed, AskVector, Decision, Generation, Need
from gehoor.rooms.people.models import Addressing, Attribution, Identity, Person
from gehoor.rooms.privacy.models import AuditEntry, Tombstone
from gehoor.rooms.voices.actions import do_correct_kind
from gehoor.rooms.voices.models import (
    Ask,
    Broadcast,
    Container,
    Conversation,
    LaterVersion,
    Original,
    Reply,
    Understanding,
    Voice,
)
from gehoor.rooms.voices.search import Filters, find

from .conftest import colleague, listen, mail, seen_by

pytestmark = pytest.mark.django_db
TAKERS = [role for role in Role if May.TAKE_IN in ALLOWED[role]]
OTHERS = [role for role in Role if role not in TAKERS]
KEPT = (
    *(Voice, Reply, Broadcast, LaterVersion, Item, Original, Container, Conversation, Understanding, Ask, AskVector),
    *(Person, Identity, Attribution, Addressing, Tombstone),
)
TABLE = (
    "klacht;vraag;antwoord;e-mail\n"
    "A1;Waar blijft mijn bouwdepot nou?;Het komt eraan;jan@x.nl\n"
    "A2;Hoe lang duurt het nog?;;piet@x.nl\n"
    "A3;;;\n"
)
WRONG = {"text": "klacht", "email": "e-mail", "answer": "antwoord"}
RIGHT = {"text": "vraag", "email": "e-mail", "answer": "antwoord"}


def state():
    asked = AskNeed.objects.values("ask").distinct().count()
    return {"asks with a need": asked, **{model.__name__: model.objects.count() for model in KEPT}}


def newest():
    return Arrival.objects.order_by("-id").first()


def take_back(**more):
    return do_take_back(arrival=newest(), actor=None, **more)


def texts():
    return sorted(Voice.objects.values_list("text", flat=True))


def test_a_wrong_mapping_is_taken_back_and_the_right_one_gives_new_voices(post):
    path = post("klachten.csv", TABLE)
    before = state()
    listen(path, mapping=WRONG)
    drain_all()
    take_back()
    assert state() == before
    summary = listen(path, mapping=RIGHT)
    assert (summary.new["voices"], summary.known["voices"]) == (2, 0)
    assert texts() == ["Hoe lang duurt het nog?", "Waar blijft mijn bouwdepot nou?"]


def test_what_other_arrivals_brought_stays_as_it_was(post):
    listen(post("mail.eml", mail(1, sender="jan@x.nl")), channel="", mapping={})
    drain_all()
    before, person = state(), Person.objects.get().public_id
    listen(post("klachten.csv", TABLE), mapping=RIGHT)
    drain_all()
    assert find(Filters(query="duurt")).count() == 1
    take_back()
    drain_all()
    assert state() == before
    assert Person.objects.get().public_id == person
    assert find(Filters(query="duurt")).count() == 0
    assert find(Filters(query="blijft")).count() == 1


def test_an_original_that_another_voice_needs_stays(post):
    listen(post("a.csv", TABLE), mapping=RIGHT)
    before = state()
    listen(post("b.csv", TABLE), mapping=RIGHT)
    assert Original.objects.count() == before["Original"]
    take_back()
    assert state() == before


def test_persons_who_hung_together_through_it_alone_come_apart(post):
    mapping = {"text": "vraag", "email": "e-mail", "phone": "telefoon"}
    head = "vraag;e-mail;telefoon\n"
    listen(post("a.csv", head + "Waar blijft mijn bouwdepot?;jan@x.nl;\n"), mapping=mapping)
    listen(post("b.csv", head + "Wat is de rente nu dan?;;0612345678\n"), mapping=mapping)
    drain_all()
    apart = dict(Attribution.objects.values_list("voice", "person__public_id"))
    listen(post("c.csv", head + "Dit zou samen horen toch;jan@x.nl;0612345678\n"), mapping=mapping)
    drain_all()
    assert len(set(Attribution.objects.values_list("person", flat=True))) == 1
    take_back()
    drain_all()
    assert dict(Attribution.objects.values_list("voice", "person__public_id")) == apart
    assert not Person.objects.exclude(merged_into=None).exists()


def test_an_address_that_proved_nothing_because_of_it_proves_again(post):
    mapping = {"text": "vraag", "email": "e-mail", "customer_number": "klant"}
    head = "vraag;e-mail;klant\n"
    listen(post("a.csv", head + "Waar blijft mijn bouwdepot?;jan@x.nl;\n"), mapping=mapping)
    rows = "Een vraag over de rente;jan@x.nl;K100001\nEen vraag over de nota;jan@x.nl;K100002\n"
    listen(post("b.csv", head + rows), mapping=mapping)
    drain_all()
    assert Identity.objects.get(kind="email").shared
    take_back()
    drain_all()
    assert not Identity.objects.get().shared
    assert Attribution.objects.get().person is not None


def test_a_reply_from_elsewhere_stays_and_is_addressed_anew(post):
    listen(post("vraag.eml", mail(1, sender="jan@x.nl")), channel="", mapping={})
    arrival = newest()
    answer = "klacht@delinde.nl"
    do_add_own(value=answer, actor=None)
    listen(post("antwoord.eml", mail(2, sender=answer, to="jan@x.nl", answers=[1])), channel="", mapping={})
    drain_all()
    assert Reply.objects.get().answers is not None
    do_take_back(arrival=arrival, actor=None)
    drain_all()
    assert (Reply.objects.get().answers, Addressing.objects.get().person) == (None, None)


def test_what_people_judged_stays_with_its_answer_unless_it_is_said_to_go(post):
    actor = colleague(Role.MARKETER)
    listen(post("klachten.csv", TABLE), mapping=RIGHT)
    drain_all()
    judged = Voice.objects.get(text__contains="bouwdepot")
    do_correct_kind(voice=judged, kind="complaint", actor=actor)
    extent = take_back()
    assert (extent.stays_voices, extent.stays_replies, len(extent.voices)) == (1, 1, 1)
    assert (list(Voice.objects.all()), Reply.objects.get().answers) == ([judged], judged)
    assert (newest().counts["voices"]["new"], newest().counts["refused"]) == (1, 0)
    take_back(also_judged=True)
    assert (Voice.objects.count(), Arrival.objects.count()) == (0, 0)


def test_a_voice_that_was_listened_to_or_whose_ask_was_moved_counts_as_judged(post):
    actor = colleague(Role.MARKETER)
    listen(post("klachten.csv", TABLE), mapping=RIGHT)
    drain_all()
    heard, moved = Voice.objects.order_by("id")
    do_keep_heard(listener=actor, voice=heard, seconds=60, at=now())
    assert extent_of(newest()).stays_voices == 1
    Decision.objects.create(kind="move", voice=moved, start=0, end=4, actor=actor)
    assert extent_of(newest()).stays_voices == 2
    take_back(also_judged=True)
    assert list(Heard.objects.values_list("voice", flat=True)) == [None]


def test_refused_and_waiting_files_go_with_their_bytes(post):
    before = state()
    listen(post("plaatje.xyz", b"\x00\x01\x02" * 50), post("tabel.csv", TABLE), mapping={})
    assert Item.objects.filter(voice=None).exists()
    take_back()
    assert state() == before


def test_it_is_written_down_and_nothing_is_buried(post):
    actor = colleague(Role.MARKETER)
    listen(post("klachten.csv", TABLE), mapping=RIGHT)
    arrival = newest()
    do_take_back(arrival=arrival, actor=actor)
    entry = AuditEntry.objects.get(action="take_back")
    assert (entry.actor, entry.what, entry.public_id) == (actor, "arrival", arrival.public_id)
    assert not Tombstone.objects.exists()


def test_while_it_is_being_read_it_is_refused(post):
    listen(post("klachten.csv", TABLE), mapping=RIGHT)
    Arrival.objects.update(state=State.READING)
    with pytest.raises(Refused):
        take_back()
    assert Voice.objects.count() == 2
    Item.objects.update(at=now() - timedelta(hours=2))
    take_back()
    assert not Voice.objects.exists()


def test_needs_are_made_again_without_it(post):
    listen(post("klachten.csv", TABLE), mapping=RIGHT)
    drain_all()
    generation = Generation.objects.get(current=True)
    take_back()
    generation.refresh_from_db()
    assert generation.stale
    assert not Need.objects.exclude(quotes=[]).exists()


def test_one_voice_can_be_withdrawn_and_something_else_put_in_its_place(post):
    listen(post("klachten.csv", TABLE), mapping=RIGHT)
    voice = Voice.objects.get(text__contains="Hoe lang")
    do_withdraw(voices=[voice.pk])
    assert texts() == ["Waar blijft mijn bouwdepot nou?"]
    assert not Item.objects.filter(voice=voice.pk).exists()
    wishes = Wishes("survey", RIGHT)
    assert do_listen(paths=[post("klachten.csv", TABLE)], wishes=wishes).new["voices"] == 1


def address(arrival):
    return reverse("intake:take_back", args=[arrival.public_id])


def test_a_stranger_and_who_may_not_take_in_take_nothing_back(post):
    listen(post("klachten.csv", TABLE), mapping=RIGHT)
    where = address(newest())
    assert reverse("accounts:sign_in") in Client().post(where).headers["Location"]
    for role in OTHERS:
        assert seen_by(role).post(where).status_code == 403
        assert seen_by(role).get(where).status_code == 403
    assert Voice.objects.count() == 2


@pytest.mark.parametrize("role", TAKERS)
def test_who_may_take_in_takes_back_after_being_told_what_goes(role, post):
    listen(post("klachten.csv", TABLE), mapping=RIGHT)
    arrival, client = newest(), seen_by(role)
    assert address(arrival) in client.get(reverse("intake:arrival", args=[arrival.public_id])).content.decode()
    page = client.get(address(arrival))
    assert page.status_code == 200
    assert Voice.objects.count() == 2
    done = client.post(address(arrival), follow=True)
    assert done.redirect_chain[-1][0] == reverse("intake:intake")
    assert not Arrival.objects.exists()


def test_the_page_says_what_stays_and_offers_to_let_it_go_too(post):
    client = seen_by(Role.MARKETER)
    listen(post("klachten.csv", TABLE), mapping=RIGHT)
    drain_all()
    assert 'name="also_judged"' not in client.get(address(newest())).content.decode()
    do_correct_kind(voice=Voice.objects.first(), kind="complaint", actor=colleague(Role.MARKETER))
    assert 'name="also_judged"' in client.get(address(newest())).content.decode()
    client.post(address(newest()))
    assert Voice.objects.count() == 1
    client.post(address(newest()), {"also_judged": "on"})
    assert not Voice.objects.exists()
