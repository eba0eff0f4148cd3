"""Finding a person, the dossier, exporting: what each role sees, and what is written down of it."""

import json

import pytest
from django.urls import reverse
from django.utils import translation

from gehoor.kernel.errors import NotFound
from gehoor.rooms.accounts.roles import ALLOWED, May, Role
from gehoor.rooms.people.documents import person_document
from gehoor.rooms.people.finding import SeveralMatch, find_person, search
from gehoor.rooms.people.models import Apart, Attribution, Identity, Person
from gehoor.rooms.people.panels import panels
from gehoor.rooms.people.story import favourite, points, situation
from gehoor.rooms.privacy.models import AuditEntry
from gehoor.rooms.voices.lenses import lenses
from gehoor.rooms.voices.models import Voice

from .conftest import colleague, conversation, hear, identify, mail, number, phone, tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def jan(db):
    letter = hear(mail("Jan@b.nl"), number("KL-001"), author="Jan de Vries", channel="letter", day=1, text="Bouwdepot?")
    tell(answers=letter, day=3, channel="letter")
    hear(
        number("KL001"), phone("06 1234 5678"), author="Jan de Vries", channel="letter", day=9, text="Nog steeds niets."
    )
    hear(mail("ander@b.nl"), author="Anna <script>", day=2)
    identify()
    return Person.objects.get(name="Jan de Vries")


def as_(client, *roles):
    client.force_login(colleague(*roles))
    return client


def pages(person):
    identity = person.identities.first().pk
    return {
        "get": [
            (reverse("people:people"), {May.SEE_PEOPLE}),
            (reverse("people:dossier", args=[person.public_id]), {May.SEE_PEOPLE}),
            (reverse("people:erase", args=[person.public_id]), {May.SEE_PEOPLE, May.ERASE}),
        ],
        "post": [
            (reverse("people:people"), {May.SEE_PEOPLE}),
            (reverse("people:export", args=[person.public_id]), {May.SEE_PEOPLE}),
            (reverse("people:keep_apart", args=[person.public_id, identity]), {May.SEE_PEOPLE, May.LINK_PEOPLE}),
            (reverse("people:erase", args=[person.public_id]), {May.SEE_PEOPLE, May.ERASE}),
        ],
    }


@pytest.mark.parametrize("role", [None, *Role])
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_page_opens_for_those_who_may_and_for_nobody_else(client, jan, role, method, subtests):
    client.raise_request_exception = False
    for address, needed in pages(jan)[method]:
        with subtests.test(address):
            if role is None:
                client.logout()
                assert getattr(client, method)(address).status_code == 302
                assert Person.objects.filter(pk=jan.pk).exists()
                continue
            response = getattr(as_(client, role), method)(address)
            assert (response.status_code < 400) == (needed <= ALLOWED[role])


@pytest.mark.parametrize(
    "query",
    [
        "jan de vries",
        "Vries",
        "JAN@B.NL",
        "mailto:jan@b.nl",
        "0612345678",
        "+31 6 1234 5678",
        "kl 001",
        "jan@",
        "12345678",
    ],
)
def test_a_person_is_found_as_people_type(jan, query):
    assert search(query).persons == [jan]
    assert find_person(query) == jan


def test_nobody_and_several(jan):
    with pytest.raises(NotFound):
        find_person("Nergens")
    with pytest.raises(SeveralMatch) as several:
        find_person("b.nl")
    assert len(several.value.candidates) == 2
    assert several.value.fields == {"count": 2}
    assert "Jan" not in str(several.value)
    assert find_person(str(jan.public_id)) == jan
    assert search("  ").persons == []


def test_what_is_looked_for_never_stands_in_an_address(client, jan):
    client = as_(client, "adviser")
    page = client.post(reverse("people:people"), {"query": "jan@b.nl"})
    assert str(jan.public_id) in page.content.decode()
    part = client.post(reverse("people:people"), {"query": "Nergens"}, headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    form = client.get(reverse("people:people")).content.decode()
    assert 'method="post" role="search"' in form


def test_the_dossier_tells_the_situation_in_good_dutch(jan):
    with translation.override("nl"):
        told = situation(jan, points(jan))
    assert told == (
        "Jan de Vries laat sinds 2 maart 2025 van zich horen: 2 keer per brief. De laatste keer, per brief op 10 maart "
        "2025, ging het over “Nog steeds niets.”. Voor zover wij weten is daar nog niet op geantwoord."
    )


def test_the_situation_of_one_voice_that_was_answered():
    voice = hear(mail("a@b.nl"), author="Anna", day=1, subject="Rente", conversation=conversation())
    tell(day=2, conversation=voice.conversation)
    tell(answers=voice, day=4)
    identify()
    person = Attribution.objects.get().person
    with translation.override("nl"):
        assert situation(person, points(person)) == (
            "Anna liet één keer per e-mail van zich horen, op 2 maart 2025. Het ging over “Rente”. "
            "Daarop is op 5 maart 2025 geantwoord."
        )


def test_the_favourite_channel_is_the_one_that_conversations_begin_with(jan):
    assert (favourite(points(jan)).starts, favourite(points(jan)).of) == (2, 2)
    talk = conversation("chat")
    for day in range(20, 24):
        hear(mail("jan@b.nl"), channel="chat", day=day, conversation=talk)
    identify()
    assert (favourite(points(jan)).starts, favourite(points(jan)).of) == (2, 3)
    hear(mail("jan@b.nl"), channel="call", day=30)
    identify()
    assert favourite(points(jan)) is None


def test_the_dossier_shows_everything_and_every_opening_is_logged(client, jan, django_assert_max_num_queries):
    client = as_(client, "adviser")
    with django_assert_max_num_queries(45):
        page = client.get(reverse("people:dossier", args=[jan.public_id])).content.decode()
    for shown in ["Bouwdepot?", "Nog steeds niets.", "Wij zoeken het uit.", "Jan@b.nl", "06 1234 5678", "Anneke"]:
        assert shown in page
    assert "Anna" not in page
    entry = AuditEntry.objects.get(action="looked")
    assert (entry.public_id, entry.actor.roles) == (jan.public_id, ["adviser"])
    client.get(reverse("people:dossier", args=[jan.public_id]) + "?order=oldest")
    assert AuditEntry.objects.filter(action="looked").count() == 2


def test_a_long_story_is_shown_in_pages_with_the_same_number_of_queries(client, jan, django_assert_max_num_queries):
    for day in range(40):
        hear(mail("jan@b.nl"), day=20 + day, text=f"Bericht nummer {day}.")
    identify()
    client = as_(client, "adviser")
    with django_assert_max_num_queries(45):
        newest = client.get(reverse("people:dossier", args=[jan.public_id])).content.decode()
    assert "Bericht nummer 39." in newest
    assert "Bouwdepot?" not in newest
    last = client.get(reverse("people:dossier", args=[jan.public_id]) + "?page=2").content.decode()
    assert "Bouwdepot?" in last


def test_what_people_write_is_never_markup(client, jan):
    anna = Person.objects.get(name__startswith="Anna")
    page = as_(client, "adviser").get(reverse("people:dossier", args=[anna.public_id])).content.decode()
    assert "Anna <script>" not in page
    assert "Anna &lt;script&gt;" in page


def test_a_panel_is_shown_to_who_may_see_what_it_leads_to(jan):
    assert "needs" not in {panel.name for panel in panels(colleague("privacy_officer"))}
    assert "needs" in {panel.name for panel in panels(colleague("adviser"))}


def test_a_person_who_was_merged_leads_to_the_one_it_turned_out_to_be(client, jan):
    anna = Person.objects.get(name__startswith="Anna")
    hear(mail("jan@b.nl"), mail("ander@b.nl"))
    identify()
    response = as_(client, "adviser").get(reverse("people:dossier", args=[anna.public_id]))
    assert response.url == reverse("people:dossier", args=[jan.public_id])


def test_keeping_apart_and_undoing_it_on_the_screen(client, jan):
    client = as_(client, "adviser")
    identity = Identity.objects.get(kind="customer_number")
    page = client.post(reverse("people:keep_apart", args=[jan.public_id, identity.pk]), follow=True)
    apart = Apart.objects.get()
    undo = reverse("people:undo_apart", args=[jan.public_id, apart.public_id])
    assert undo in page.content.decode()
    assert Attribution.objects.filter(person=jan).count() == 1
    client.post(undo)
    assert Attribution.objects.filter(person=jan).count() == 2


def test_another_persons_identity_cannot_be_kept_apart_here(client, jan):
    other = Identity.objects.get(value="ander@b.nl")
    client.raise_request_exception = False
    as_(client, "adviser").post(reverse("people:keep_apart", args=[jan.public_id, other.pk]))
    assert not Apart.objects.exists()


def test_the_export_holds_everything_and_is_logged(client, jan):
    response = as_(client, "privacy_officer").post(reverse("people:export", args=[jan.public_id]))
    found = json.loads(response.content)
    assert found["id"] == str(jan.public_id)
    assert found["people"]["names"] == ["Jan de Vries"]
    assert {each["value"] for each in found["people"]["identities"]} == {"jan@b.nl", "KL001", "+31612345678"}
    assert len(found["voices"]["voices"]) == 2
    assert response["Content-Disposition"] == f'attachment; filename="{jan.public_id}.json"'
    assert AuditEntry.objects.get(action="exported").public_id == jan.public_id


def test_the_document_of_the_command_line(jan):
    document = person_document(jan)
    assert set(document) == {"id", "name", "identities", "voices", "replies"}
    assert document["identities"][0] == {"kind": "customer_number", "value": "KL001", "network": "", "shared": False}
    assert [voice["text"] for voice in document["voices"]] == ["Bouwdepot?", "Nog steeds niets."]
    (reply,) = document["replies"]
    assert set(reply) == {"id", "channel", "said_at", "adviser", "text", "answers"}
    assert reply["answers"] == document["voices"][0]["id"]


def test_the_lens_on_voices(jan):
    lens = lenses()["person"]
    anonymous = hear(author="Kees")
    identify()
    mine = Voice.objects.filter(lens.condition(str(jan.public_id)))
    assert mine.count() == 2
    facts = lens.facts([mine.first().pk, anonymous.pk])
    assert facts[mine.first().pk].text == "Jan de Vries"
    assert facts[mine.first().pk].href == reverse("people:dossier", args=[jan.public_id])
    assert (facts[anonymous.pk].text, facts[anonymous.pk].href) == ("Kees (anoniem)", "")
    assert lens.describe(str(jan.public_id)) == "Jan de Vries"
    for wrong in ["x", "00000000-0000-0000-0000-000000000000"]:
        with pytest.raises(NotFound):
            lens.condition(wrong)
