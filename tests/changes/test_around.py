"""What reaches beyond this room: erasing and exporting, the dossier, what was handed on, Today, single voices."""

import json
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from gehoor.kernel.errors import Refused
from gehoor.rooms.changes import askers, erasing
from gehoor.rooms.changes.actions import do_decide, do_done, do_say_voice_asks, do_start_change, do_undo_step
from gehoor.rooms.changes.due import what_is_due
from gehoor.rooms.changes.handing_over import do_add_to, do_begin_with, do_give_back, waiting
from gehoor.rooms.changes.log import standing_of
from gehoor.rooms.changes.models import Asker, Change, ChangeVoice, Says, Step, StepKind, TrialAnswer
from gehoor.rooms.changes.panel import asked_by
from gehoor.rooms.changes.telling import circle, do_tell
from gehoor.rooms.changes.trial import do_ask_ten, do_note_answer
from gehoor.rooms.listening.handing import do_hand_on
from gehoor.rooms.listening.models import Handing
from gehoor.rooms.people.actions import do_erase_person, do_export_person, subject_of
from gehoor.rooms.people.models import Person
from gehoor.rooms.sending.models import Delivery, State
from gehoor.rooms.voices.judged import judged
from gehoor.rooms.voices.models import Voice

from .conftest import colleague, say, seen_by

TODAY = timezone.localdate()
TEXTS = {"subject_nl": "U vroeg het ons", "text_nl": "Het bouwdepot gaat nu sneller."}


@pytest.fixture
def change(heard, deposit, marketer):
    return do_start_change(name="Bouwdepot binnen een week", needs=[deposit.public_id], actor=marketer)


def told(run, *persons):
    Delivery.objects.filter(run=run, person__in=persons).update(state=State.SENT, told_at=timezone.now())


@pytest.fixture
def everything(change, heard, marketer):
    """Ans was asked, answered, was told; a voice of hers was named by hand; Bert asked too."""
    trial = do_ask_ten(change=change, texts=TEXTS, actor=marketer)
    told(trial.run, heard["ans"])
    do_note_answer(
        telling=trial, person=heard["ans"], says=Says.HELPS, words="Dat scheelt mij een maand", actor=marketer
    )
    named = say("Nog iets over mijn depot", person=heard["ans"])
    do_say_voice_asks(change=change, voice=named, asks=True, actor=marketer)
    do_decide(change=change, kind=StepKind.YES, actor=marketer)
    told(do_tell(change=change, texts=TEXTS, actor=marketer).run, heard["ans"], heard["bert"])
    return named


def test_erasing_one_person_leaves_nothing_of_that_person_and_all_of_the_other(change, heard, everything):
    cache.clear()
    do_erase_person(person=heard["ans"], actor=colleague("privacy_officer"))
    assert not TrialAnswer.objects.exists()
    assert not ChangeVoice.objects.exists()
    assert [asker.person for asker in Asker.objects.all()] == [heard["bert"]]
    assert [delivery.person for delivery in Delivery.objects.all()] == [heard["bert"]]
    now = circle(change, standing_of(change))
    assert (now.asked, now.told) == (1, 1)
    assert Step.objects.count() == 1


def test_erasing_reaches_who_a_person_used_to_be(change, heard, everything):
    Person.objects.filter(pk=heard["bert"].pk).update(merged_into=heard["ans"])
    erasing.erase(subject_of(heard["ans"]))
    assert not Asker.objects.exists()


def test_taking_back_a_voice_takes_its_judgements_and_leaves_the_person(change, heard, everything):
    from gehoor.rooms.privacy.rights import Subject

    erasing.erase(Subject(None, voices=[everything.pk]))
    assert not ChangeVoice.objects.exists()
    assert TrialAnswer.objects.count() == 1
    assert Asker.objects.count() == 2


def test_the_export_says_what_was_asked_told_and_answered(heard, everything):
    found = do_export_person(person=heard["ans"], actor=colleague("privacy_officer"))
    said = json.loads(json.dumps(found))["changes"]
    (asked,) = said["asked"]
    assert (asked["change"], asked["stage"], asked["told"]) == ("Bouwdepot binnen een week", "yes", "yes")
    assert said["answered"][0]["words"] == "Dat scheelt mij een maand"
    assert json.loads(json.dumps(do_export_person(person=heard["cor"], actor=None)))["changes"]["asked"] == []


def test_a_named_voice_counts_as_judged(heard, everything):
    assert judged([everything.pk, Voice.objects.exclude(pk=everything.pk).first().pk]) == {everything.pk}


def dossier(person, role="marketer"):
    return seen_by(role).get(reverse("people:dossier", args=[person.public_id])).content.decode()


def test_the_dossier_says_what_became_of_what_was_asked(change, heard, marketer):
    assert "Bouwdepot binnen een week" in dossier(heard["ans"])
    assert "Bouwdepot binnen een week" not in dossier(heard["cor"])
    assert "Bouwdepot binnen een week" not in dossier(heard["ans"], "privacy_officer")
    do_decide(change=change, kind=StepKind.NO, reason="Dat kan technisch niet.", actor=marketer)
    said = dossier(heard["ans"])
    assert "Dat kan technisch niet." in said
    assert "Nog niet teruggekoppeld." in said


def test_the_dossier_knows_what_was_told_and_whether_it_still_holds(change, heard, marketer):
    no = do_decide(change=change, kind=StepKind.NO, reason="Kan niet", actor=marketer)
    told(do_tell(change=change, texts=TEXTS, actor=marketer).run, heard["ans"])
    (asking,) = asked_by(heard["ans"].pk)
    assert (asking.told, asking.stale, asking.to_tell) == ("no", False, False)
    do_undo_step(step=no, actor=marketer)
    do_decide(change=change, kind=StepKind.YES, actor=marketer)
    (asking,) = asked_by(heard["ans"].pk)
    assert (asking.told, asking.stale, asking.to_tell) == ("no", True, True)


def test_who_asked_still_stands_on_the_dossier_when_needs_are_grouped_anew(change, heard, deposit, marketer):
    do_decide(change=change, kind=StepKind.YES, actor=marketer)
    deposit.belonging.all().delete()
    assert [asking.change for asking in asked_by(heard["ans"].pk)] == [change]


def test_the_panel_takes_a_fixed_number_of_queries(change, heard, needs, marketer, django_assert_max_num_queries):
    for number in range(6):
        do_start_change(name=f"Nog een {number}", needs=[need.public_id for need in needs], actor=marketer)
    with django_assert_max_num_queries(12):
        assert len(asked_by(heard["ans"].pk)) == 7


@pytest.fixture
def handed(heard):
    voice = say("Kan de app ook op mijn horloge?", person=heard["cor"])
    return do_hand_on(actor=colleague("adviser"), kind=Handing.WISH, voice=voice, text="De app op een horloge")


def test_what_was_handed_on_begins_a_change_and_goes_back_when_undone(handed, marketer):
    assert waiting() == [handed]
    change = do_begin_with(handed=handed, name="App op het horloge", idea="", actor=marketer)
    assert waiting() == []
    assert change.voices.get().voice == handed.voice
    handed.refresh_from_db()
    assert handed.became == change.public_id
    do_give_back(handed=handed, actor=marketer)
    assert waiting() == [handed]
    assert not change.voices.exists()


def test_what_was_handed_on_goes_with_a_change_that_is_there(handed, change, heard, marketer):
    do_decide(change=change, kind=StepKind.YES, actor=marketer)
    do_add_to(handed=handed, change=change, actor=marketer)
    assert heard["cor"].pk in askers.askers_of(change)
    with pytest.raises(Refused):
        do_add_to(handed=handed, change=change, actor=marketer)


def test_a_thanks_is_no_change(heard, marketer):
    voice = say("Wat een fijne hulp")
    do_hand_on(actor=colleague("adviser"), kind=Handing.THANKS, voice=voice, text="Dank", to=marketer)
    assert waiting() == []


def test_taking_up_on_the_screen(client, handed, change, marketer):
    client.force_login(marketer)
    board = client.get(reverse("changes:changes")).content.decode()
    address = reverse("changes:take_up", args=[handed.public_id])
    assert "De app op een horloge" in board
    assert address in board
    assert "op mijn horloge" in client.get(address).content.decode()
    assert client.post(address, {"into": "geen"}).status_code == 422
    client.post(address, {"name": "Horloge", "idea": ""})
    assert Change.objects.filter(name="Horloge").exists()
    client.post(reverse("changes:put_back", args=[handed.public_id]))
    client.post(address, {"into": str(change.public_id)})
    assert change.voices.get().voice == handed.voice


def test_single_voices_are_said_to_ask_or_not_and_it_is_undone(client, change, heard, deposit, marketer):
    client.force_login(marketer)
    page = reverse("changes:voices", args=[change.public_id])
    asking = deposit.belonging.order_by("pk").first().voice
    say_it = reverse("changes:say_voice", args=[change.public_id, asking.public_id])
    said = client.post(say_it, {"asks": "no"}, follow=True).content.decode()
    assert "3 stemmen" in said
    undo = reverse("changes:unsay_voice", args=[change.public_id, asking.public_id, "open"])
    assert undo in said
    client.post(undo)
    assert "4 stemmen" in client.get(page).content.decode()
    found = client.get(page, {"q": "aflossen"}).content.decode()
    assert "boetevrij aflossen" in found


def test_today_says_what_waits(client, change, handed, needs, marketer):
    waits = what_is_due()
    assert ([row.change for row in waits.undecided], waits.handed_on) == ([change], 1)
    later = do_start_change(name="Later dan", actor=marketer)
    do_decide(change=later, kind=StepKind.LATER, day=TODAY + timedelta(days=1), actor=marketer)
    assert what_is_due().overdue == []
    Step.objects.filter(change=later).update(day=TODAY)
    do_decide(change=change, kind=StepKind.YES, actor=marketer)
    do_done(change=change, day=TODAY, actor=marketer)
    waits = what_is_due()
    assert [row.change for row in waits.overdue] == [later]
    assert [(row.change, row.reached.left) for row in waits.to_tell] == [(change, 2)]
    client.force_login(marketer)
    said = client.get("/").content.decode()
    assert "Later dan" in said
    assert "2 klanten weten het nog niet" in said


def test_nothing_waits_where_nothing_was_begun(db):
    assert not what_is_due().anything
