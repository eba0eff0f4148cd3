"""A stack that was parted into letters in the wrong place is put right by hand."""

import pytest
from django.test import Client
from django.urls import reverse
from tests.channels.rendering import lines, pdf

from gehoor.channels.base import Wishes
from gehoor.kernel.errors import Refused
from gehoor.rooms.accounts.roles import ALLOWED, May, Role
from gehoor.rooms.intake.actions import do_listen
from gehoor.rooms.intake.models import Arrival, Container, Item
from gehoor.rooms.intake.resplitting import do_join_letters, do_split_letter, neighbours, pages_of, place_of
from gehoor.rooms.privacy.models import AuditEntry
from gehoor.rooms.voices.models import Voice

from .conftest import seen_by

pytestmark = pytest.mark.django_db(transaction=True)

FIRST = (
    "J. de Vries\nKerkstraat 12\n3511 AB Utrecht\n\nUtrecht, 3 maart 2026\n\nGeachte heer of mevrouw,\n\n"
    "Ik wacht al acht weken op de uitbetaling van mijn bouwdepot.\n\nHoogachtend,\n\nJ. de Vries"
)
SECOND = FIRST.replace("J. de Vries", "P. Bakker").replace(
    "Ik wacht al acht weken op de uitbetaling van mijn bouwdepot.", "Kan ik boetevrij aflossen zonder kosten?"
)
GOES_ON = "Verder wil ik weten waarom niemand terugbelt.\nDe aannemer staat nu al drie weken stil."


def take_in(post, *texts, name="stapel.pdf"):
    do_listen(paths=[post(name, pdf([lines(text) for text in texts]))], wishes=Wishes())


def told():
    return [(place_of(voice), voice.text) for voice in sorted(Voice.objects.all(), key=place_of)]


def test_two_letters_that_are_one_are_put_together_and_taken_apart_again(post):
    take_in(post, FIRST, SECOND)
    before = told()
    assert [place for place, _ in before] == [(1, 1), (2, 2)]
    one, two = sorted(Voice.objects.all(), key=place_of)
    assert neighbours(one) == [two]
    do_join_letters(voice=two, other=one, actor=None)
    whole = Voice.objects.get()
    assert (place_of(whole), pages_of(whole)) == ((1, 2), 2)
    assert "bouwdepot" in whole.text
    assert "boetevrij" in whole.text
    do_split_letter(voice=whole, before_page=2, actor=None)
    assert told() == before
    assert set(AuditEntry.objects.values_list("action", flat=True)) >= {"letter.join", "letter.split"}


def test_one_letter_that_is_two_is_taken_apart(post):
    take_in(post, FIRST, GOES_ON)
    whole = Voice.objects.get()
    do_split_letter(voice=whole, before_page=2, actor=None)
    (_, first), (place, second) = told()
    assert "bouwdepot" in first
    assert "terugbelt" not in first
    assert "terugbelt" in second
    assert place == (2, 2)
    assert Item.objects.filter(outcome="voice").count() == 2


@pytest.mark.parametrize("texts", [(FIRST, SECOND), (FIRST, GOES_ON)])
def test_the_stack_sent_in_again_brings_the_old_split_not_back(post, texts):
    take_in(post, *texts)
    if Voice.objects.count() == 2:
        one, two = Voice.objects.all()
        do_join_letters(voice=one, other=two, actor=None)
    else:
        do_split_letter(voice=Voice.objects.get(), before_page=2, actor=None)
    after = told()
    take_in(post, *texts)
    take_in(post, *texts, name="andere naam.pdf")
    assert told() == after


def test_what_came_from_another_stack_cannot_be_put_to_it(post):
    take_in(post, FIRST, name="een.pdf")
    take_in(post, SECOND, name="twee.pdf")
    one, two = Voice.objects.all()
    with pytest.raises(Refused):
        do_join_letters(voice=one, other=two, actor=None)
    assert Voice.objects.count() == 2


@pytest.mark.parametrize("page", [0, 1, 3])
def test_no_letter_begins_before_the_first_page_or_after_the_last(post, page):
    take_in(post, FIRST, GOES_ON)
    with pytest.raises(Refused):
        do_split_letter(voice=Voice.objects.get(), before_page=page, actor=None)
    assert Voice.objects.count() == 1
    assert Container.objects.count() == 0


def test_a_letter_without_a_scan_cannot_be_taken_apart(post):
    do_listen(paths=[post("brief.txt", FIRST)], wishes=Wishes("letter"))
    with pytest.raises(Refused):
        do_split_letter(voice=Voice.objects.get(), before_page=2, actor=None)


def test_on_screen_by_who_may_correct_and_nobody_else(post):
    take_in(post, FIRST, GOES_ON)
    voice = Voice.objects.get()
    letter = reverse("intake:letter", args=[voice.public_id])
    split = reverse("intake:split_letter", args=[voice.public_id])
    assert reverse("accounts:sign_in") in Client().get(letter).headers["Location"]
    assert reverse("accounts:sign_in") in Client().post(split, {"page": "2"}).headers["Location"]
    for role in Role:
        client = seen_by(role)
        allowed = {May.SEE_VOICES, May.CORRECT} <= ALLOWED[role]
        assert client.get(letter).status_code == (200 if allowed else 403)
        if not allowed:
            assert client.post(split, {"page": "2"}).status_code == 403
    assert Voice.objects.count() == 1
    client = seen_by(Role.COMPLAINTS_OFFICER)
    assert letter in client.get(reverse("voices:voice", args=[voice.public_id])).content.decode()
    assert client.post(split, {"page": "2"}).status_code == 302
    assert Voice.objects.count() == 2
    assert Arrival.objects.count() == 1
