"""The screens of the voices: who may see what, what stands on them, and what they cost."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from gehoor.rooms.accounts.roles import Role
from gehoor.rooms.voices.document import voice_documents
from gehoor.rooms.voices.models import Attachment, LaterVersion, Understanding, Voice
from gehoor.rooms.voices.queries import PAGE
from gehoor.rooms.voices.serving import as_download

from .conftest import answer, conversation, original, say, seen_by, understand

pytestmark = pytest.mark.django_db

LISTENERS = [role for role in Role if role is not Role.ADMINISTRATOR]
SEE_PEOPLE = [role for role in LISTENERS if role is not Role.MANAGER]
MAIL = (
    b"From: Jan Jansen <jan@x.nl>\nContent-Type: text/html; charset=utf-8\n\n"
    b'<p>Beste <b>mensen</b></p><img src="https://spy.example/p.gif"><script>alert(1)</script>'
)


def at(name, voice, *more):
    return reverse(f"voices:{name}", args=[voice.public_id, *more])


def body(response):
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def test_a_stranger_is_asked_to_sign_in():
    voice = say("Waar blijft mijn bouwdepot?")
    for address in (reverse("voices:search"), at("voice", voice), at("original", voice), at("markup", voice)):
        assert reverse("accounts:sign_in") in Client().get(address).headers["Location"]
    assert reverse("accounts:sign_in") in Client().post(at("correct_kind", voice)).headers["Location"]


@pytest.mark.parametrize("role", LISTENERS)
def test_whoever_may_hear_voices_finds_and_reads_them(role):
    voice = say("Waar blijft mijn bouwdepot?")
    client = seen_by(role)
    assert at("voice", voice) in body(client.get(reverse("voices:search")))
    assert "Waar blijft mijn bouwdepot?" in body(client.get(at("voice", voice)))


def test_an_administrator_hears_no_voices():
    voice = say("Waar blijft mijn bouwdepot?")
    client = seen_by(Role.ADMINISTRATOR)
    for address in (reverse("voices:search"), at("voice", voice), at("original", voice)):
        assert client.get(address).status_code == 403


def test_only_who_may_correct_can_say_what_kind_it_is():
    voice = say("Waar blijft mijn bouwdepot?")
    client = seen_by(Role.PRIVACY_OFFICER)
    assert at("correct_kind", voice) not in body(client.get(at("voice", voice)))
    assert client.post(at("correct_kind", voice), {"kind": "wish"}).status_code == 403


@pytest.mark.parametrize("role", LISTENERS)
def test_names_are_shown_only_to_who_may_see_people(role):
    voice = say("Mijn depot.", author="Truus de Mier", signature="Truus de Mier, 06-1", quoted="Op 3 mei schreef Truus")
    Attachment.objects.create(voice=voice, name="Truus.pdf", media_type="application/pdf", original=original())
    client = seen_by(role)
    shown = body(client.get(at("voice", voice))) + body(client.get(reverse("voices:search")))
    assert ("Truus" in shown) is (role in SEE_PEOPLE)
    for name in ("original", "markup"):
        assert (client.get(at(name, voice)).status_code != 403) is (role in SEE_PEOPLE)


def test_a_manager_cannot_look_through_the_lens_of_persons(manager):
    say("Mijn depot.")
    page = body(manager.get(reverse("voices:search"), {"person": str(uuid.uuid4())}))
    assert "1 stem" in page


def test_the_count_has_its_denominator_and_each_filter_can_be_removed(adviser):
    say("Mijn depot.")
    say("De rente.")
    page = body(adviser.get(reverse("voices:search"), {"q": "depot", "channel": "email", "since": "2025-01-01"}))
    assert "1 van 2 stemmen" in page
    assert "<mark>depot</mark>" in page
    assert "vanaf 1 januari 2025" in page
    assert "?channel=email&amp;since=2025-01-01" in page
    assert "?q=depot&amp;channel=email" in page


def test_what_cannot_be_filtered_by_is_said_in_its_own_word(adviser):
    for strange in ("<b>", "zz", "\0"):
        response = adviser.get(
            reverse("voices:search"), {"language": strange, "kind": strange, "channel": strange, "after": strange}
        )
        assert "<b>" not in body(response).split("</head>")[1]


def test_an_empty_house_says_what_belongs_there(adviser):
    assert "Er is nog niets gezegd" in body(adviser.get(reverse("voices:search")))


def test_htmx_gets_only_the_part_that_changes(adviser):
    say("Mijn depot.")
    part = adviser.get(reverse("voices:search"), {"q": "depot", "kind": ""}, headers={"HX-Request": "true"})
    assert "<html" not in body(part)
    assert part.headers["HX-Push-Url"] == "/stemmen/?q=depot"
    assert "HX-Request" in part.headers["Vary"]
    restored = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<html" in body(adviser.get(reverse("voices:search"), headers=restored))


def test_pages_follow_each_other_without_a_gap(adviser):
    made = [say(f"Stem nummer {number}.", day=number % 4, read=False) for number in range(2 * PAGE + 3)]
    understand()
    address, seen = reverse("voices:search"), []
    while address:
        response = adviser.get(address)
        page = response.context["page"]
        seen += [line.voice.pk for line in page.lines]
        previous, address = response.context["previous"], response.context["next"]
    assert sorted(seen) == sorted(voice.pk for voice in made)
    assert len(seen) == len(set(seen))
    back = adviser.get(previous).context["page"]
    assert [line.voice.pk for line in back.lines] == seen[PAGE : 2 * PAGE]


def test_reading_on_stays_within_the_search(adviser):
    first, _, third = say("Het depot.", day=2), say("De rente.", day=1), say("Mijn depot.", day=0)
    page = body(adviser.get(at("voice", first), {"q": "depot"}))
    assert f"{at('voice', third)}?q=depot" in page
    assert "1 van 2" in page


def test_a_voice_is_explained(adviser):
    voice = say("Ik wacht al weken. Het is schandalig!", channel="letter")
    page = body(adviser.get(at("voice", voice)))
    assert "“schandalig”" in page
    assert "20 minuten vóór het eerste woord" in page
    assert "13 woorden per minuut" in page
    assert "de standaardtabel" in page


def test_a_call_weighs_its_duration(adviser):
    voice = say("Hallo?", channel="call", duration_seconds=600.0, waited_seconds=120.0)
    page = body(adviser.get(at("voice", voice)))
    assert "12 minuten" in page
    assert "Het gesprek duurde 10 minuten" in page


def test_a_voice_that_was_not_read_yet_can_be_read(adviser):
    voice = say("Net binnen.", read=False)
    assert "nog niet gelezen" in body(adviser.get(at("voice", voice)))
    assert "Net binnen." in body(adviser.get(reverse("voices:search")))


def test_the_conversation_and_later_versions_stand_beside_it(adviser):
    together = conversation()
    voice = say("Waar blijft het?", conversation=together)
    other = say("Nog steeds niets.", conversation=together, day=2)
    answer("Wij zoeken het uit.", together, day=1)
    LaterVersion.objects.create(voice=voice, text="Waar blijft het nou?", original=original())
    page = body(adviser.get(at("voice", voice)))
    assert page.index("Wij zoeken het uit.") < page.index("Nog steeds niets.")
    assert at("voice", other) in page
    assert "Waar blijft het nou?" in page


def test_a_correction_wins_and_can_be_undone(adviser):
    voice = say("Ik wacht al weken. Het is schandalig!")
    for kind in ("wish", "remark"):
        response = adviser.post(at("correct_kind", voice) + "?q=weken", {"kind": kind})
        assert response.headers["Location"] == at("voice", voice) + "?q=weken"
        assert Understanding.objects.get(voice=voice).kind == kind
    assert "Collega adviser" in body(adviser.get(at("voice", voice)))
    adviser.post(at("take_back_kind", voice))
    assert Understanding.objects.get(voice=voice).kind == "wish"
    adviser.post(at("correct_kind", voice), {"kind": ""})
    assert Understanding.objects.get(voice=voice).kind == "complaint"


def test_the_first_correction_undone_lets_the_machine_judge(adviser):
    voice = say("Ik wacht al weken. Het is schandalig!")
    adviser.post(at("correct_kind", voice), {"kind": "wish"})
    adviser.post(at("take_back_kind", voice))
    read = Understanding.objects.get(voice=voice)
    assert (read.kind, read.kind_by_person) == ("complaint", False)


def test_a_kind_that_does_not_exist_is_refused(adviser):
    assert adviser.post(at("correct_kind", say("Hoi.")), {"kind": "<x>"}).status_code == 409


def test_what_does_not_exist_is_said(adviser):
    voice, nowhere = say("Hoi."), uuid.uuid4()
    for name in ("voice", "original", "markup"):
        assert adviser.get(reverse(f"voices:{name}", args=[nowhere])).status_code == 404
    assert adviser.get(at("attachment", voice, 1)).status_code == 404
    assert adviser.get(at("later_version", voice, 1)).status_code == 404
    assert adviser.get(at("markup", voice)).status_code == 404


@pytest.mark.parametrize(
    "media_type", ["text/html", "image/svg+xml", "message/rfc822", "text/plain", "application/xhtml+xml"]
)
def test_an_original_is_saved_and_never_shown(adviser, media_type):
    kept = original(b"<script>alert(1)</script>", media_type)
    voice = say("Hoi.", original=kept)
    Attachment.objects.create(voice=voice, name='../a"b\r\nX: y.html', media_type=media_type, original=kept)
    version = LaterVersion.objects.create(voice=voice, text="Hallo.", original=kept)
    attached = voice.attachments.get()
    addresses = (at("original", voice), at("attachment", voice, attached.pk), at("later_version", voice, version.pk))
    for address in addresses:
        response = adviser.get(address)
        assert b"".join(response) == b"<script>alert(1)</script>"
        assert response.headers["Content-Disposition"].startswith("attachment;")
        assert response.headers["Content-Type"] in {"application/octet-stream", "text/plain; charset=utf-8"}
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Content-Security-Policy"].startswith("default-src 'none'; sandbox")
        assert "no-store" in response.headers["Cache-Control"]
        assert "X" not in response.headers


def test_a_large_original_comes_from_its_file(adviser, home):
    from gehoor.rooms.voices import originals
    from gehoor.rooms.voices.models import Original

    data = b"x" * (originals.LARGEST_IN_DATABASE + 1)
    kept = Original.objects.get(pk=originals.keep([(data, "text/plain")])[originals.content_hash(data)])
    response = as_download(kept, "groot.txt")
    assert b"".join(response) == data
    response.close()


def test_the_markup_of_a_mail_is_shown_harmless(adviser):
    voice = say("Beste mensen", original=original(MAIL, "message/rfc822"))
    assert at("markup", voice) in body(adviser.get(at("voice", voice)))
    response = adviser.get(at("markup", voice))
    page = body(response)
    assert "<b>mensen</b>" in page
    assert "spy.example" not in page
    assert "alert(1)" not in page
    assert "1 afbeelding is niet opgehaald" in page
    assert "img-src 'self'" in response.headers["Content-Security-Policy"]


def test_the_list_and_the_voice_stay_within_their_budgets(adviser, django_assert_max_num_queries):
    together = conversation()
    made = [
        say(f"Waar blijft mijn depot, nummer {number}?", day=number, conversation=together, author=f"Klant {number}")
        for number in range(PAGE + 5)
    ]
    for number in range(5):
        answer("Wij zoeken het uit.", together, day=number)
    with django_assert_max_num_queries(12):
        adviser.get(reverse("voices:search"), {"q": "depot", "order": "oldest"})
    adviser.post(at("correct_kind", made[7]), {"kind": "wish"})
    with django_assert_max_num_queries(22):
        adviser.get(at("voice", made[7]), {"q": "depot", "channel": "email"})


def test_documents_keep_their_order_and_need_no_query_each(django_assert_num_queries):
    made = [say(f"Stem {number}.", day=None if number == 2 else number) for number in range(6)]
    order = [voice.pk for voice in reversed(made)]
    with django_assert_num_queries(2):
        documents = list(voice_documents(order))
    assert [pk for pk, _, _ in documents] == order
    pk, document, asks = documents[0]
    assert document["id"] == str(Voice.objects.get(pk=pk).public_id)
    assert document["said_at"] == "2025-03-06T09:00:00+00:00"
    assert documents[3][1]["said_at"] is None
    assert document["source"] == {"file": "map/brief van Jansen.eml", "item": made[-1].item}
    assert len(document["original"]) == 64
    assert [document["text"][ask.start : ask.end] for ask in asks] == ["Stem 5."]


def test_a_file_name_stands_in_no_address(adviser):
    page = body(adviser.get(at("voice", say("Hoi."))))
    assert "brief van Jansen.eml" in page
    assert "Jansen" not in "".join(part.split('"')[0] for part in page.split('href="')[1:])
