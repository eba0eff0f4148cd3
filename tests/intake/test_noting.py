"""What somebody said at the counter or by telephone is written down as a voice."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gehoor.kernel.errors import Refused
from gehoor.rooms.accounts.roles import ALLOWED, May, Role
from gehoor.rooms.intake.models import Arrival
from gehoor.rooms.intake.noting import LONGEST, do_note
from gehoor.rooms.intake.stages import drain_all
from gehoor.rooms.people.models import Person
from gehoor.rooms.voices import originals
from gehoor.rooms.voices.models import Voice
from gehoor.rooms.voices.weight import current_table, minutes_of

from .conftest import colleague, seen_by

pytestmark = pytest.mark.django_db
WRITERS = [role for role in Role if {May.NOTE, May.SEE_VOICES} <= ALLOWED[role]]


def test_a_note_is_a_voice_with_all_that_was_entered_as_its_original():
    writer = colleague("adviser")
    voice = do_note(text=" Ze snapt de brief niet. ", place="phone", who="06 1234 5678", minutes=4, actor=writer)
    assert (voice.channel, voice.text, voice.duration_seconds) == ("note", "Ze snapt de brief niet.", 240)
    assert voice.identities == [["phone", "06 1234 5678", ""]]
    assert b"Ze snapt de brief niet." in originals.read(voice.original)
    assert minutes_of(voice, current_table()) == 4


def test_the_same_words_twice_are_two_voices():
    for _ in range(2):
        do_note(text="Het duurt lang", actor=None)
    assert Voice.objects.count() == 2


def test_the_notes_of_a_colleague_on_a_day_came_in_together():
    writer, other = colleague("adviser"), colleague("adviser")
    for each in (writer, writer, other):
        do_note(text="Het duurt lang", actor=each)
    assert sorted(arrival.counts["voices"]["new"] for arrival in Arrival.objects.all()) == [1, 2]


def test_who_said_it_has_it_in_the_dossier():
    do_note(text="Ik wacht nog steeds", who="jan@x.nl", actor=None)
    do_note(text="Nog steeds niets gehoord", who="Jan@X.nl", actor=None)
    drain_all()
    assert Person.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": "  "},
        {"text": "x" * (LONGEST + 1)},
        {"who": "jan@"},
        {"who": "geen idee"},
        {"place": "maan"},
        {"said_at": timezone.now() + timedelta(days=1)},
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(wrong):
    with pytest.raises(Refused):
        do_note(**{"text": "Dag", "actor": None, **wrong})
    assert not Voice.objects.exists()


def test_on_screen_it_takes_one_field_and_a_button():
    client = seen_by(Role.ADVISER)
    where = client.post(reverse("notes:note"), {"text": "Hij vraagt om een afspraak", "place": "counter"})
    assert where.status_code == 302
    page = client.get(where.headers["Location"]).content.decode()
    assert "Hij vraagt om een afspraak" in page
    assert "Aan de balie" in page
    assert client.post(reverse("notes:note"), {"text": "", "place": "counter"}).status_code == 422
    assert client.post(reverse("notes:note"), {"text": "Dag", "place": "counter", "who": "??"}).status_code == 422
    assert Voice.objects.count() == 1


@pytest.mark.parametrize("role", Role)
def test_only_who_hears_voices_writes_them_down(role):
    assert seen_by(role).get(reverse("notes:note")).status_code == (200 if role in WRITERS else 403)
    assert reverse("accounts:sign_in") in Client().get(reverse("notes:note")).headers["Location"]
