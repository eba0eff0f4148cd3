"""What the command line, the search screen and the dossier get."""

import json
import uuid
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from gehoor.kernel.errors import NotFound
from gehoor.rooms.needs import lens, panel
from gehoor.rooms.needs.decisions import do_merge, do_set_aside
from gehoor.rooms.needs.models import AskNeed, Need
from gehoor.rooms.needs.one_need import earlier, trend
from gehoor.rooms.needs.queries import need_of_voices, needs_document
from gehoor.rooms.needs.recount import do_recount
from gehoor.rooms.people.models import Person
from gehoor.rooms.voices.lenses import lenses
from gehoor.rooms.voices.models import Voice

from .conftest import hear, run

pytestmark = pytest.mark.django_db

NEED_KEYS = {
    "id",
    "name",
    "voices",
    "persons",
    "anonymous",
    "customer_minutes",
    "rank",
    "loudness",
    "quotes",
    "counter",
}


def test_the_document_has_the_agreed_shape(heard):
    document = json.loads(json.dumps(needs_document()))
    assert {"table", "level", "levels", "total", "unassigned", "needs"} <= set(document)
    assert document["total"].keys() == {"voices", "persons", "anonymous", "customer_minutes"}
    assert document["level"] == heard.default_level
    for need in document["needs"]:
        assert need.keys() == NEED_KEYS
        assert need["rank"].keys() == {"voices", "persons", "customer_minutes"}
        assert need["loudness"] in {"loud", "weighty", None}
        assert uuid.UUID(need["id"]).version == 7
        for quote in need["quotes"] + need["counter"]:
            assert quote.keys() == {"voice", "text"}
            assert quote["text"] in Voice.objects.get(public_id=quote["voice"]).text
    minutes = [need["customer_minutes"] for need in document["needs"]]
    assert minutes == sorted(minutes, reverse=True)
    assert document["total"]["voices"] == 60
    assert document["total"]["anonymous"] == 12


@pytest.mark.parametrize("level", [1, 2])
def test_minutes_add_up_to_the_total_on_every_level(heard, marketer, level):
    do_set_aside(need=Need.objects.filter(generation=heard, level=2).first(), actor=marketer)
    document = needs_document(level)
    minutes = sum(need["customer_minutes"] for need in document["needs"])
    assert document["unassigned"] > 0
    assert minutes + document["unassigned_customer_minutes"] == pytest.approx(document["total"]["customer_minutes"])


def test_a_level_that_is_not_there_gives_the_nearest(heard):
    assert needs_document(99)["level"] == heard.levels
    assert needs_document(-3)["level"] == 1


def test_the_document_before_anything_was_found(db):
    hear("Waar blijft mijn geld?")
    document = needs_document()
    assert document["needs"] == []
    assert document["levels"] == 0
    assert document["total"]["voices"] == document["unassigned"] == 1


def test_the_document_takes_few_queries(heard, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        needs_document()


def test_the_need_of_a_voice_is_that_of_its_weightiest_ask(heard, django_assert_max_num_queries):
    text = "Storing in de app. Mijn bouwdepot wordt niet uitbetaald en de aannemer wacht al weken op zijn geld."
    cut = text.index("Mijn")
    voice = hear(text, spans=[(0, cut), (cut, len(text))])
    run()
    with django_assert_max_num_queries(4):
        found = need_of_voices(list(Voice.objects.values_list("pk", flat=True)))
    assert len(found[voice.pk]) == 2
    assert "bouwdepot" in str(found[voice.pk][0][1])
    assert all(need.level == heard.default_level for asks in found.values() for _, need in asks)


def test_the_lens_finds_voices_of_a_need_with_what_is_finer_and_merged(heard, marketer):
    one, other = Need.objects.filter(generation=heard, level=1).order_by("pk")[:2]
    voices = one.voices + other.voices
    do_merge(need=one, into=other, actor=marketer)
    for need in (one, other):
        condition = lens.condition(str(need.public_id))
        assert Voice.objects.filter(condition).count() == voices
    fine = Need.objects.filter(parent=other, merged_into=None).first()
    assert Voice.objects.filter(lens.condition(str(fine.public_id))).count() == fine.voices
    assert lens.describe(str(one.public_id)) == str(other)
    assert lenses()["need"] is lens.LENS


@pytest.mark.parametrize("value", ["", "x", "0190b3f0-0000-7000-8000-000000000000"])
def test_the_lens_refuses_a_need_that_is_not_there(heard, value):
    with pytest.raises(NotFound):
        lens.condition(value)


def test_the_lens_tells_the_need_beside_a_voice(heard, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        facts = lens.facts(list(Voice.objects.values_list("pk", flat=True)))
    row = AskNeed.objects.filter(generation=heard).select_related("need__parent").first()
    assert facts[row.voice_id].text == str(row.need.parent)
    assert facts[row.voice_id].href == reverse("needs:need", args=[row.need.parent.public_id])


def test_a_dossier_shows_what_a_person_asks_for(heard):
    person = Person.objects.filter(attributions__isnull=False).first()
    html = panel.render(person.pk)
    assert all(str(need) in html for need, _ in panel.asked_for(person.pk))
    assert panel.render(Person.objects.create(name="Zwijger").pk) == ""


def test_the_trend_begins_where_voices_were_heard_without_a_long_silence(heard, client, marketer):
    need = Need.objects.filter(generation=heard, level=2).order_by("-voices").first()
    old = AskNeed.objects.filter(generation=heard, need=need).order_by("pk").values_list("voice", flat=True)[0]
    Voice.objects.filter(pk=old).update(said_at=datetime(2009, 3, 2, tzinfo=UTC))
    do_recount(generation=heard)
    need.refresh_from_db()
    heard.refresh_from_db()
    assert heard.totals["first"].startswith("2009")
    assert trend(need, heard)[0]["month"].year > 2009
    assert earlier(need, heard) == 1
    client.force_login(marketer)
    assert "1 stem van lang daarvoor staat niet in het beeld" in client.get(f"/behoeften/{need.public_id}/").text
