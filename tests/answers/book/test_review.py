"""What is to look at, and why; it goes when somebody looked."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from gehoor.kernel.ids import content_hash
from gehoor.rooms.answers.book import need_panel
from gehoor.rooms.answers.book.actions import do_link_need, do_propose, do_reviewed
from gehoor.rooms.answers.book.content import content_of
from gehoor.rooms.answers.book.review import how_many, to_review
from gehoor.rooms.answers.models import Departure, Given, Question
from gehoor.rooms.changes.actions import do_decide, do_done, do_start_change
from gehoor.rooms.changes.models import StepKind
from gehoor.rooms.needs.models import Generation, Need
from gehoor.rooms.people.models import Attribution, Person
from gehoor.rooms.voices.models import Original, Voice

from .conftest import colleague, entry, seen_by

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def reasons():
    return [str(reason.why) for each in to_review() for reason in each.reasons]


@pytest.fixture
def need():
    generation = Generation.objects.create(asks=0, levels=1, default_level=1, current=True)
    return Need.objects.create(
        generation=generation, level=1, proposed_name="Bouwdepot", voices=4, months=[["2020-01", 4, 9.0]]
    )


def test_a_day_that_came_is_a_reason_until_somebody_looked(editor):
    made = entry("A?", "a.", by=editor, review_on=TODAY)
    entry("B?", "b.", by=editor, review_on=TODAY + timedelta(days=1))
    assert len(reasons()) == how_many() == 1
    do_reviewed(answer=made, review_on=TODAY + timedelta(days=365), actor=editor)
    assert reasons() == []


def test_what_soon_holds_no_more_is_one_and_what_held_once(editor):
    entry("A?", "a.", by=editor, valid_to=TODAY + timedelta(days=30))
    entry("B?", "b.", by=editor, valid_to=TODAY + timedelta(days=31))
    entry("C?", "c.", by=editor, valid_to=TODAY - timedelta(days=1))
    found = sorted(reasons())
    assert len(found) == 2
    assert found[0].startswith("It has not held") and found[1].startswith("It holds up to")


def test_departures_and_proposals_are_reasons(repaying, editor, adviser):
    Departure.objects.create(answer=repaying, because="book_wrong")
    Departure.objects.create(answer=repaying, because="book_wrong", handled="kept")
    do_propose(answer=repaying, content=content_of(repaying.current), actor=adviser)
    assert reasons() == ["Once an adviser answered otherwise than it stands here.", "A proposal for it waits."]


def ask(answer_question, person, day):
    at = timezone.now() + timedelta(days=day)
    data = str(uuid4()).encode()
    original = Original.objects.create(sha256=content_hash(data), media_type="text/plain", size=1, data=data)
    voice = Voice.objects.create(
        channel="email", text="Mag dat?", words=2, said_at=at, file="a", item=str(uuid4()), original=original
    )
    Attribution.objects.create(voice=voice, person=person)
    Given.objects.create(voice=voice, question=answer_question, channel="email", said_at=at + timedelta(hours=1))


def test_people_who_ask_the_same_again_soon_are_a_reason(repaying):
    question = Question.objects.create(text="Mag dat?", answer=repaying, verdict="agree")
    ans, bert, cor = (Person.objects.create(name=name) for name in ("Ans", "Bert", "Cor"))
    for person, second in ((ans, 11), (bert, 20), (cor, 60)):
        ask(question, person, 1)
        ask(question, person, second)
    assert reasons() == ["2 people asked the same again within a month after they were answered."]


def test_a_need_that_grew_or_went_is_a_reason(repaying, need, editor):
    do_link_need(answer=repaying, need=need.public_id, actor=editor)
    assert reasons() == []
    Need.objects.update(voices=14, months=[["2020-01", 4, 9.0], ["2999-01", 10, 9.0]])
    assert reasons() == ["The need that it answers grew from 4 to 14 voices: Bouwdepot."]
    other = Need.objects.create(generation=need.generation, level=1, proposed_name="Geld")
    Need.objects.filter(pk=need.pk).update(merged_into=other)
    assert reasons() == ["The need that it answers was put together with another: Geld."]
    Need.objects.filter(pk=need.pk).delete()
    assert reasons() == ["The need that it was linked to is no longer among the needs."]


def test_a_change_that_was_done_about_its_need_is_a_reason(repaying, need, editor):
    do_link_need(answer=repaying, need=need.public_id, actor=editor)
    who = colleague("manager")
    change = do_start_change(name="Sneller uitbetalen", idea="", needs=[need.public_id], actor=who)
    do_decide(change=change, kind=StepKind.YES, reason="", actor=who)
    do_done(change=change, day=TODAY, actor=who)
    assert reasons() == ["Something was done about the need that it answers: Sneller uitbetalen."]


def test_the_screen_and_today_say_so_and_still_holds_takes_it_off(editor):
    made = entry("A?", "a.", by=editor, review_on=TODAY)
    Voice.objects.create(channel="email", text="Hallo", words=1, file="a", item="1", original=_original())
    browser = seen_by(editor)
    assert reverse("answers:review") in browser.get(reverse("today:today")).content.decode()
    assert "A?" in browser.get(reverse("answers:review")).content.decode()
    browser.post(reverse("answers:reviewed", args=[made.public_id]), {"review_on": "2999-01-01"})
    assert how_many() == 0
    assert seen_by(colleague("adviser")).get(reverse("answers:review")).status_code == 403


def _original():
    return Original.objects.create(sha256=content_hash(b"x"), media_type="text/plain", size=1, data=b"x")


def test_a_need_shows_its_answers_and_begins_one_with_its_quotes(repaying, need, editor):
    browser = seen_by(editor)
    assert reverse("answers:add") + f"?behoefte={need.public_id}" in need_panel.render(need, editor)
    browser.post(reverse("answers:link", args=[need.public_id]), {"answer": repaying.public_id})
    assert repaying.current.question in need_panel.render(need, editor)
    browser.post(reverse("answers:unlink", args=[repaying.public_id, need.public_id]))
    assert repaying.current.question not in need_panel.render(need, editor)


def test_what_one_customer_asked_becomes_a_way_to_ask(repaying, editor):
    voice = Voice.objects.create(channel="email", text="Mag ik?", words=2, file="a", item="1", original=_original())
    voice.asks.create(position=0, start=0, end=7, words=2)
    browser = seen_by(editor)
    address = reverse("answers:from_voice", args=[voice.public_id])
    page = browser.get(address)
    key = page.context["passages"][0]["asked"].key
    browser.post(address, {"answer": repaying.public_id, "asked": key})
    assert [(each.text, each.voice) for each in repaying.phrasings.all()] == [("Mag ik?", voice)]
