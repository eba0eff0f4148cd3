"""A letter beside its scan and a call beside its sound: who may see and hear them, and what stands on the page."""

import io

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from gehoor.rooms.accounts.roles import ALLOWED, May, Role
from gehoor.rooms.privacy.rights import Subject, do_erase
from gehoor.rooms.voices import rendering
from gehoor.rooms.voices.conversing import clock, sentences
from gehoor.rooms.voices.models import Reply, Transcription, Voice
from gehoor.rooms.voices.scans import WIDTHS, flowing, page_ranges
from gehoor.rooms.voices.signs import signs_of

from .conftest import original, say, seen_by
from .paper_and_sound import recorded, scanned
from .reading import attach, call, letter, transcribe, words_of
from .test_views import LISTENERS, at, body

pytestmark = pytest.mark.django_db

PAGES = [["Waar blijft mijn bouwdepol?", "Ik wacht al weken."], ["Met vriendelijke groet,", "Jan Jansen"]]


@pytest.fixture(scope="module")
def scan():
    return {kind: scanned(PAGES if kind != "PNG" else PAGES[:1], kind) for kind in ("PDF", "TIFF", "PNG")}


@pytest.fixture(autouse=True)
def nothing_drawn():
    rendering.drawn.forget()


def on_paper(scan, kind="PDF", media_type="application/pdf"):
    data, text, words = scan[kind]
    voice = say(text, channel="letter", original=original(data, media_type), author="Truus de Mier")
    words = [[*word[:2], 0.3 if "bouwdepol" in text[word[0] : word[1]] else 0.9, *word[3:]] for word in words]
    transcribe(voice, words, pages=1 if kind == "PNG" else 2)
    return voice


def size(response):
    assert response.headers["Content-Type"] == "image/png"
    return Image.open(io.BytesIO(response.content)).size


@pytest.mark.parametrize(("kind", "media_type"), [("PDF", "x/y"), ("TIFF", "image/tiff"), ("PNG", "text/html")])
def test_a_page_is_a_picture_that_we_drew(adviser, scan, kind, media_type):
    voice = on_paper(scan, kind, media_type)
    for width in WIDTHS:
        assert abs(size(adviser.get(at("scan", voice, 1), {"breed": width}))[0] - width) <= 1
    response = adviser.get(at("scan", voice, 1))
    assert abs(size(response)[0] - 960) <= 1
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'; sandbox")
    assert response.headers["Cache-Control"] == "private, no-cache"


def test_a_browser_that_holds_a_page_gets_it_no_second_time(adviser, scan, django_assert_max_num_queries):
    voice = on_paper(scan)
    tag = adviser.get(at("scan", voice, 2)).headers["ETag"]
    with django_assert_max_num_queries(3):
        again = adviser.get(at("scan", voice, 2), headers={"If-None-Match": f'"x", W/{tag}'})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    assert adviser.get(at("scan", voice, 1), headers={"If-None-Match": tag}).status_code == 200


def test_what_is_no_page_is_not_found(adviser, scan):
    voice, mail = on_paper(scan), say("Hoi.")
    assert adviser.get(at("scan", voice, 3)).status_code == 404
    assert adviser.get(at("scan", voice, 0)).status_code == 404
    assert adviser.get(at("scan", voice, 1), {"breed": "961"}).status_code == 404
    assert adviser.get(at("scan", mail, 1)).status_code == 404
    assert adviser.get(at("sound", mail)).status_code == 404


def test_a_scan_that_is_damaged_is_said_so(adviser):
    voice = letter("Iets.", data=b"%PDF-1.4 torn")
    assert adviser.get(at("scan", voice, 1)).status_code in {409, 422, 400}
    assert "Iets." in body(adviser.get(at("voice", voice)))


def test_what_was_drawn_is_held_up_to_a_bound():
    held = rendering.Drawn(10)
    for page in range(5):
        held.keep((b"x", page, 1), b"1234")
    assert [held.get((b"x", page, 1)) is not None for page in range(5)] == [False, False, False, True, True]


@pytest.mark.django_db(transaction=True)
def test_erasing_leaves_nothing_drawn(scan):
    client, voice = seen_by(Role.ADVISER), on_paper(scan)
    client.get(at("scan", voice, 1))
    assert rendering.drawn.held_bytes > 0
    do_erase(Subject(person=None, voices=[voice.pk]))
    assert rendering.drawn.held_bytes == 0
    assert client.get(at("scan", voice, 1)).status_code == 404


@pytest.mark.parametrize("role", list(Role))
def test_whoever_may_read_a_voice_may_see_and_hear_it(scan, role):
    client = seen_by(role)
    paper, (spoken, _) = on_paper(scan), call("Hallo.", data=recorded(1))
    for address in (at("scan", paper, 1), at("sound", spoken)):
        assert client.get(address).status_code == (200 if May.SEE_VOICES in ALLOWED[role] else 403)


@pytest.mark.parametrize("role", list(Role))
def test_only_who_may_correct_can_correct_or_go_back(scan, role):
    voice = on_paper(scan)
    version, client = Transcription.objects.get(), seen_by(role)
    start = voice.text.index("bouwdepol")
    fields = {"said": voice.public_id, "version": version.pk, "start": start, "end": start + 9, "text": "bouwdepot"}
    may = {May.SEE_VOICES, May.CORRECT} <= ALLOWED[role]
    assert client.post(at("correct_text", voice), fields).status_code == (302 if may else 403)
    assert client.post(at("restore_text", voice, version.pk)).status_code == (302 if may else 403)
    assert Transcription.objects.count() == (3 if may else 1)


def test_a_stranger_is_asked_to_sign_in(scan):
    voice = on_paper(scan)
    for address in (at("scan", voice, 1), at("sound", voice)):
        assert reverse("accounts:sign_in") in Client().get(address).headers["Location"]
    for address in (at("correct_text", voice), at("restore_text", voice, 1)):
        assert reverse("accounts:sign_in") in Client().post(address).headers["Location"]
    assert Transcription.objects.count() == 1


@pytest.mark.parametrize("role", LISTENERS)
def test_the_page_shows_scan_text_and_unsure_words(scan, role):
    voice = on_paper(scan)
    page = body(seen_by(role).get(at("voice", voice)))
    assert page.index(at("scan", voice, 1)) < page.index("Waar blijft mijn")
    assert at("scan", voice, 2) in page
    assert "1 woord was slecht te lezen" in page
    assert page.count("<rect") == 1
    assert ('href="?woord=1#p1"' in page) is (May.CORRECT in ALLOWED[role])
    assert ("Truus" in page) is (May.SEE_PEOPLE in ALLOWED[role])


def test_without_a_script_a_link_opens_the_form_and_it_corrects(adviser, scan):
    voice = on_paper(scan)
    page = body(adviser.get(at("voice", voice) + "?woord=1"))
    assert '<input name="text" form="correction" value="bouwdepol?"' in page
    version, start = Transcription.objects.get(), voice.text.index("bouwdepol")
    assert f'name="start" value="{start}"' in page
    fields = {"said": voice.public_id, "version": version.pk, "start": start, "end": start + 10, "passage": "1"}
    response = adviser.post(at("correct_text", voice), {**fields, "text": "bouwdepot?", "next": at("voice", voice)})
    assert response.headers["Location"] == at("voice", voice) + "#p1"
    page = body(adviser.get(at("voice", voice)))
    assert "mijn bouwdepot?" in page
    assert "slecht te lezen" not in page
    assert "verbeterd door Collega adviser" in page
    assert "zoals de herkenning het las" in page
    adviser.post(at("restore_text", voice, version.pk))
    assert "terug naar versie 1 door Collega adviser" in body(adviser.get(at("voice", voice)))
    assert Voice.objects.get().text == voice.text


def test_a_whole_page_is_corrected_and_the_other_stays(adviser, scan):
    voice = on_paper(scan)
    page = body(adviser.get(at("voice", voice) + "?passage=2"))
    assert "Met vriendelijke groet,\nJan Jansen</textarea>" in page
    start, version = voice.text.index("Met"), Transcription.objects.get()
    fields = {"said": voice.public_id, "version": version.pk, "start": start, "end": len(voice.text)}
    adviser.post(at("correct_text", voice), {**fields, "text": "Met vriendelijke groet,\nJan Janssens"})
    assert page_ranges(Voice.objects.get().text, Transcription.objects.last().words, 2)[1][0] == start
    assert Voice.objects.get().text == voice.text.replace("Jan Jansen", "Jan Janssens")


def test_one_is_never_led_elsewhere_after_correcting(adviser, scan):
    voice = on_paper(scan)
    for away in ("https://elders.example/", "//elders.example", "/\\elders.example", "javascript:x"):
        version = Transcription.objects.last()
        fields = {"said": voice.public_id, "version": version.pk, "start": 0, "end": 4, "text": "Waar"}
        response = adviser.post(at("correct_text", voice), {**fields, "next": away})
        assert response.headers["Location"] == at("voice", voice)


def test_what_makes_no_sense_is_refused(adviser, scan):
    voice, other = on_paper(scan), letter("Iets anders.")
    version = Transcription.objects.filter(voice=voice).get()
    fields = {"said": voice.public_id, "version": version.pk, "start": 0, "end": 4, "text": "Wie"}
    for wrong in ({"start": "-1"}, {"end": "x"}, {"end": "99999"}, {"version": ""}, {"start": "٣" * 20}):
        assert adviser.post(at("correct_text", voice), {**fields, **wrong}).status_code == 409
    for said in (other.public_id, "", "x"):
        assert adviser.post(at("correct_text", voice), {**fields, "said": said}).status_code == 404
    theirs = Transcription.objects.get(voice=other)
    assert adviser.post(at("restore_text", voice, theirs.pk)).status_code == 404
    assert body(adviser.get(at("voice", voice) + "?woord=999&passage=x"))
    assert Transcription.objects.count() == 2


def test_a_recording_is_given_in_parts(adviser):
    data = recorded(1)
    voice, _ = call("Hallo.", data=data)
    whole = adviser.get(at("sound", voice))
    assert (whole.status_code, whole.headers["Content-Type"]) == (200, "audio/wav")
    assert b"".join(whole) == data
    assert whole.headers["Accept-Ranges"] == "bytes"
    assert whole.headers["Content-Security-Policy"].startswith("default-src 'none'; sandbox")
    for asked, first, last in (("0-99", 0, 99), ("100-", 100, len(data) - 1), ("-50", len(data) - 50, len(data) - 1)):
        part = adviser.get(at("sound", voice), headers={"Range": f"bytes={asked}"})
        assert part.status_code == 206
        assert b"".join(part) == data[first : last + 1]
        assert part.headers["Content-Range"] == f"bytes {first}-{last}/{len(data)}"
        assert part.headers["Content-Length"] == str(last - first + 1)
    beyond = adviser.get(at("sound", voice), headers={"Range": f"bytes={len(data)}-"})
    assert (beyond.status_code, beyond.headers["Content-Range"]) == (416, f"bytes */{len(data)}")
    for ignored in ("bytes=0-1,4-5", "bytes=-", "lines=1-2", "bytes=5-2x"):
        assert adviser.get(at("sound", voice), headers={"Range": ignored}).status_code == 200
    stale = {"Range": "bytes=0-1", "If-Range": '"else"'}
    assert adviser.get(at("sound", voice), headers=stale).status_code == 200
    assert adviser.get(at("sound", voice), headers={"If-None-Match": whole.headers["ETag"]}).status_code == 304


def test_a_recording_of_many_megabytes_is_read_from_its_file(adviser, home):
    from gehoor.rooms.voices import originals
    from gehoor.rooms.voices.models import Original

    data = recorded(20)
    kept = Original.objects.get(pk=originals.keep([(data, "audio/wav")])[originals.content_hash(data)])
    assert kept.data is None
    voice = say("Hallo.", channel="call", original=kept)
    part = adviser.get(at("sound", voice), headers={"Range": "bytes=200000-200009"})
    assert b"".join(part) == data[200_000:200_010]
    part.close()


def test_what_is_no_sound_is_never_given_as_sound(adviser):
    voice = say("Hallo.", channel="call", original=original(b"<script>alert(1)</script>", "audio/wav"))
    assert adviser.get(at("sound", voice)).status_code == 404
    attach(voice, recorded(1), "application/octet-stream")
    assert adviser.get(at("sound", voice)).headers["Content-Type"] == "audio/wav"


def test_a_call_stands_in_turns_and_no_answer_stands_twice(adviser):
    voice, _ = call("Hallo daar. Wie is dat?\nEen vraag.", "Met Anneke.\nZegt u het maar.", data=recorded(1))
    page = body(adviser.get(at("voice", voice)))
    order = ["Hallo daar.", "Wie is dat?", "Met Anneke.", "Een vraag.", "Zegt u het maar."]
    places = [page.index(each) for each in order]
    assert places == sorted(places)
    assert page.count("Met Anneke.") == 1
    assert page.count('class="sentence"') == 5
    assert 'data-begins="0.00"' in page
    assert "Het gesprek duurde 1 minuut" in page
    assert "Spreker onbekend" not in page


def test_an_advisers_name_is_for_who_may_see_people(manager):
    voice, _ = call("Hallo.", "Dag.", data=recorded(1))
    page = body(manager.get(at("voice", voice)))
    assert "Anneke" not in page
    assert "Adviseur" in page


def test_where_nobody_knows_who_spoke_the_page_says_so(adviser):
    voice, _ = call("Hallo.\nDag mevrouw.", data=recorded(1))
    page = body(adviser.get(at("voice", voice)))
    assert page.count("Spreker onbekend") == 2


def test_a_call_without_its_recording_has_its_words(adviser):
    voice, _ = call("Hallo.", "Dag.", data=b"1\n00:00:01 hallo")
    page = body(adviser.get(at("voice", voice)))
    assert "<audio" not in page
    assert "Hallo." in page


def test_what_the_adviser_said_is_corrected_on_the_page_of_the_voice(adviser):
    voice, reply = call("Hallo.", "Ik zok het op.", unsure=["zok"], data=recorded(1))
    page = body(adviser.get(at("voice", voice) + "?woord=1"))
    assert f'name="said" value="{reply.public_id}"' in page
    version = Transcription.objects.get(reply=reply)
    fields = {"said": reply.public_id, "version": version.pk, "start": 3, "end": 6, "text": "zoek"}
    assert adviser.post(at("correct_text", voice), fields).status_code == 302
    assert Reply.objects.get().text == "Ik zoek het op."


def test_sentences_end_at_full_stops_pauses_and_lines():
    text = "Ja goed. En dan nog wat\nhoor zeg eens"
    words = words_of(text, sound=True)
    words[7][5] += 3
    words[8][5] += 3
    found = [text[each[0][0] : each[-1][1]] for each in sentences(text, words)]
    assert found == ["Ja goed.", "En dan nog wat", "hoor", "zeg eens"] or found[:2] == ["Ja goed.", "En dan nog wat"]
    assert "".join("".join(found).split()) == "".join(text.split())


def test_no_word_of_a_text_falls_out_of_its_sentences():
    text = "Een twee. Drie vier vijf. Zes"
    words = [word for word in words_of(text, sound=True) if text[word[0] : word[1]] not in {"Een", "vier", "Zes"}]
    found = [text[each[0][0] : each[-1][1]] for each in sentences(text, words)]
    assert "".join("".join(found).split()) == "".join(text.split())


def test_times_are_said_as_a_clock_does():
    assert [clock(each) for each in (0, 61.9, 3_725, None)] == ["0:00", "1:01", "1:02:05", ""]


def test_lines_that_the_paper_ended_flow_and_lines_of_an_address_stand():
    said = "Een lange regel die tot de rand van het papier loopt\nen dan verder gaat.\nJan"
    text = f"Lindelaan 12\n3581 XK Utrecht\n\n{said}"
    shown = flowing(text)
    assert len(shown) == len(text)
    assert shown.split("\n") == [
        "Lindelaan 12",
        "3581 XK Utrecht",
        "",
        "Een lange regel die tot de rand van het papier loopt en dan verder gaat.",
        "Jan",
    ]


def test_every_part_of_a_text_stands_on_one_page():
    text = "een twee drie vier"
    words = words_of(text)
    for word, page in zip(words, (1, 1, 3, 3), strict=True):
        word[3] = page
    assert page_ranges(text, words, 4) == [(0, 9), (9, 9), (9, 18), (18, 18)]


def test_the_page_of_a_letter_and_of_a_call_stay_within_their_budgets(adviser, scan, django_assert_max_num_queries):
    paper, (spoken, _) = on_paper(scan), call("Hallo.\nEn.", "Dag.\nJa.", data=recorded(1))
    with django_assert_max_num_queries(22):
        adviser.get(at("voice", paper))
    with django_assert_max_num_queries(24):
        adviser.get(at("voice", spoken))


def test_a_list_tells_a_letter_with_its_scan_and_a_call_with_its_sound(adviser, scan):
    on_paper(scan)
    spoken, _ = call("Hallo.", "Dag.", data=recorded(1))
    along = say("Hallo daar.", channel="call")
    attach(along, recorded(2), "audio/wav")
    mail, typed = say("Een mail."), say("Een overgetypte brief.", channel="letter")
    transcript = say("Hallo. Dag.", channel="call")
    assert signs_of([voice.pk for voice in (spoken, along, mail, typed, transcript)]) == {
        spoken.pk: "sound",
        along.pk: "sound",
    }
    page = body(adviser.get(reverse("voices:search")))
    assert page.count("met scan") == 1
    assert page.count("met geluid") == 2


def test_places_in_a_long_text_are_written_as_numbers_for_the_browser_in_dutch_too(adviser):
    voice = letter("lang verhaal " * 100 + "bouwdepol", unsure={"bouwdepol"})
    page = adviser.get(reverse("voices:voice", args=[voice.public_id])).content.decode()
    assert 'data-start="1300" data-end="1309"' in page
