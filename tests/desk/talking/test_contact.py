"""The contact form: what is sent becomes a voice, once, and says honestly when they hear from us."""

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gehoor.kernel.clock import now
from gehoor.rooms.accounts.throttle import Throttle
from gehoor.rooms.desk.talking import contact_views, saying
from gehoor.rooms.desk.talking.attaching import attachment
from gehoor.rooms.desk.talking.opened import do_open_pages
from gehoor.rooms.intake.models import Arrival
from gehoor.rooms.intake.stages import stages
from gehoor.rooms.people.actions import do_erase_person
from gehoor.rooms.people.models import Person
from gehoor.rooms.voices import originals
from gehoor.rooms.voices.models import LaterVersion, Voice

from .conftest import colleague, hidden, identify, read

pytestmark = pytest.mark.django_db
PAGE = "/contact/"
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj"


@pytest.fixture
def send(stranger):
    def send(ticket="", follow=True, client=stranger, **said):
        ticket = ticket or hidden(client.get(PAGE), "ticket")
        return client.post(PAGE, {"ticket": ticket, "text": "Waar blijft mijn bouwdepot?", **said}, follow=follow)

    return send


def test_what_is_sent_becomes_a_voice_of_the_form(send):
    shown = send(name="Anja de Vries", reach="anja@post.example")
    voice = Voice.objects.get()
    assert (voice.channel, voice.text, voice.author) == ("form", "Waar blijft mijn bouwdepot?", "Anja de Vries")
    assert voice.identities == [["email", "anja@post.example", ""]]
    assert json.loads(originals.read(voice.original))["reach"] == "anja@post.example"
    assert "Dank u wel, het is binnen" in read(shown)
    identify()
    assert Person.objects.get().name == "Anja de Vries"


def test_a_telephone_number_will_do_too(send):
    assert "Dank u wel" in read(send(reach="06 12 34 56 78"))
    assert Voice.objects.get().identities == [["phone", "06 12 34 56 78", ""]]


def test_who_leaves_no_address_is_told_that_we_cannot_answer(send):
    assert "dus wij kunnen u niet antwoorden" in read(send())
    assert Voice.objects.get().identities == []


def test_it_says_by_when_they_hear_from_us_where_our_record_can_say(send, stranger, monkeypatch):
    monkeypatch.setattr(saying, "expected_answer_by", lambda channel, at: at + timedelta(days=2))
    assert "Als u nu schrijft, hoort u" in read(stranger.get(PAGE))
    assert "vier van de vijf" in read(send(reach="anja@post.example"))
    assert "vier van de vijf" not in read(send())


def test_it_promises_nothing_where_our_record_is_too_small(send, stranger):
    assert "vier van de vijf" not in read(stranger.get(PAGE))
    assert "kunnen wij nog niet zeggen" in read(send(reach="anja@post.example"))


def test_a_double_click_is_one_voice_even_if_the_second_says_otherwise(send, stranger):
    ticket = hidden(stranger.get(PAGE), "ticket")
    first, second = send(ticket), send(ticket)
    send(ticket, text="Iets heel anders")
    assert Voice.objects.get().text == "Waar blijft mijn bouwdepot?"
    assert not LaterVersion.objects.exists()
    assert "Dank u wel" in read(first) and "Dank u wel" in read(second)


def test_a_form_that_comes_back_keeps_what_was_typed_and_comes_in_once(send, stranger):
    ticket = hidden(stranger.get(PAGE), "ticket")
    back = send(ticket, reach="geen adres")
    assert back.status_code == 422
    assert "geen e-mailadres of telefoonnummer" in read(back) and "Waar blijft mijn bouwdepot?" in read(back)
    assert hidden(back, "ticket") == ticket
    assert not Voice.objects.exists()


def test_a_file_is_kept_beside_the_voice_as_it_was(send):
    send(file=SimpleUploadedFile("nota van de aannemer.pdf", PDF, content_type="text/html"))
    kept = Voice.objects.get().attachments.get()
    assert kept.media_type == "application/pdf"
    assert originals.read(kept.original) == PDF
    assert kept.name == "nota van de aannemer.pdf"


def test_the_name_of_a_file_leads_nowhere_and_ends_no_line():
    assert attachment("..\\..\\etc/passwd\r\nX: y\0.pdf", PDF).name == "passwdX: y.pdf"
    assert attachment("../", PDF).name == "bijlage"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("virus.exe", b"MZ\x90\0" + b"\0" * 100),
        ("bladzijde.html", b"<script>alert(1)</script>"),
        ("plaatje.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("archief.zip", b"PK\x03\x04" + b"\0" * 30),
        ("tekst.txt", b"a\0b\0c"),
        ("foto.jpg", b"geen foto"),
        ("leeg.pdf", b""),
    ],
)
def test_a_file_that_is_none_of_those_we_take_is_refused_with_the_text_kept(send, name, data):
    back = send(file=SimpleUploadedFile(name, data))
    assert back.status_code == 422 and "Waar blijft mijn bouwdepot?" in read(back)
    assert not Voice.objects.exists()


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.png", b"\x89PNG\r\n\x1a\n" + b"\0", "image/png"),
        (
            "a.docx",
            b"PK\x03\x04" + b"\0" * 30,
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        ("a.txt", "Één regel".encode(), "text/plain"),
        ("a.txt", "Één regel".encode("latin-1"), "text/plain"),
        ("a.heic", b"\0\0\0\x18ftypheic", "image/heic"),
        ("a.webp", b"RIFF\0\0\0\0WEBP", "image/webp"),
        ("hernoemd.exe", b"\xff\xd8\xff\xe0", "image/jpeg"),
    ],
)
def test_what_a_file_is_is_told_by_its_bytes(send, name, data, kind):
    send(file=SimpleUploadedFile(name, data))
    assert Voice.objects.get().attachments.get().media_type == kind


def test_more_than_the_page_can_take_is_refused_before_it_is_read(stranger):
    response = stranger.generic(
        "POST", PAGE, b"x", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH="99999999"
    )
    assert response.status_code == 413 and "meer dan" in read(response)
    assert stranger.generic("POST", PAGE, b"", CONTENT_LENGTH="abc").status_code == 413


def test_a_file_of_more_than_ten_megabytes_is_refused(send):
    back = send(file=SimpleUploadedFile("groot.pdf", PDF + b"\0" * 10 * 1024 * 1024))
    assert back.status_code == 422 and "groter dan 10 MB" in read(back)


def test_a_text_without_end_is_refused(send):
    assert send(text="a" * 20_001).status_code == 422
    assert not Voice.objects.exists()


@pytest.mark.parametrize("text", ["", "   \n ", "\x07\x1b"])
def test_nothing_said_is_no_voice(send, text):
    assert send(text=text).status_code == 422
    assert not Voice.objects.exists()


def test_signs_that_no_keyboard_has_do_not_get_in(send):
    send(text="Regel een\r\nregel\x1b[31m twee\x07", name="Jan\r\nBcc: allen@x.nl", reach="jan@post.example")
    voice = Voice.objects.get()
    assert voice.text == "Regel een\nregel[31m twee"
    assert voice.author == "Jan Bcc: allen@x.nl"


@pytest.mark.parametrize("field", ["text", "name", "reach"])
def test_a_null_byte_comes_back_as_a_mistake(send, field):
    assert send(**{field: "a\0b"}).status_code == 422
    assert not Voice.objects.exists()


def test_an_address_with_a_head_of_a_mail_in_it_is_no_address(send):
    assert send(reach="jan@post.example\r\nBcc: allen@x.nl").status_code == 422


def test_markup_is_shown_as_it_was_typed(send):
    back = send(text="<script>alert(1)</script>", reach="geen adres")
    assert b"<script>alert(1)" not in back.content and b"&lt;script&gt;" in back.content


def test_who_fills_in_the_field_that_people_do_not_see_loses_nothing(send):
    back = send(website="https://spam.example")
    assert back.status_code == 422 and "Waar blijft mijn bouwdepot?" in read(back)
    assert not Voice.objects.exists()


@pytest.mark.parametrize("ticket", ["vals", "a:b:c", "x" * 300])
def test_a_ticket_that_is_not_ours_is_refused_and_a_new_one_given(send, ticket):
    back = send(ticket)
    assert back.status_code == 422 and "druk nog een keer op de knop" in read(back)
    assert "Dank u wel" in read(send(hidden(back, "ticket")))


def test_what_another_site_sends_through_a_visitor_is_refused(stranger):
    ticket = hidden(stranger.get(PAGE), "ticket")
    said = {"ticket": ticket, "text": "Hallo"}
    for headers in ({"Origin": "https://elders.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}):
        assert stranger.post(PAGE, said, headers=headers).status_code == 403
    assert not Voice.objects.exists()
    own = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
    assert stranger.post(PAGE, said, headers=own).status_code == 302


def test_too_much_from_one_address_has_to_wait_with_the_text_kept(send, monkeypatch):
    monkeypatch.setattr(contact_views, "sent_from", Throttle(tries=2))
    for _ in range(2):
        assert "Dank u wel" in read(send())
    back = send()
    assert back.status_code == 429 and "Waar blijft mijn bouwdepot?" in read(back)
    assert Voice.objects.count() == 2


def test_no_cookie_is_set_nothing_is_kept_by_the_browser_and_nobody_is_known(send, stranger):
    page, after = stranger.get(PAGE), send(follow=False, name="Anja", reach="anja@post.example")
    assert not stranger.cookies and page["Cache-Control"] == "no-store"
    assert "anja" not in after["Location"].lower()


def test_a_colleague_who_is_signed_in_is_a_stranger_here(send):
    client = Client()
    client.force_login(colleague("administrator"))
    send(client=client)
    assert Arrival.objects.get().by is None


def test_all_of_a_day_comes_in_together(send):
    send()
    send()
    assert Arrival.objects.get().items.count() == 2


def test_the_page_is_there_in_english_and_stays_english(stranger):
    page = stranger.get(f"{PAGE}?taal=en")
    assert "What do you want to tell or ask us?" in read(page)
    said = {"ticket": hidden(page, "ticket"), "text": "Where is it?", "reach": "a@post.example"}
    assert "Thank you, it came in" in read(stranger.post(f"{PAGE}?taal=en", said, follow=True))


def test_a_closed_page_is_not_there_and_not_listed(stranger, send):
    assert f'href="{PAGE}"' in read(stranger.get("/publiek/"))
    ticket = hidden(stranger.get(PAGE), "ticket")
    do_open_pages(is_open={"form": False}, actor=None)
    assert stranger.get(PAGE).status_code == 404
    assert send(ticket).status_code == 404
    assert f'href="{PAGE}"' not in read(stranger.get("/publiek/"))
    assert not Voice.objects.exists()


def test_a_receipt_that_we_did_not_give_leads_back_to_the_form(stranger):
    assert stranger.get(reverse("talking:contact_sent", args=["verzonnen"]))["Location"] == PAGE


def test_an_erased_voice_does_not_come_back_by_the_button_of_the_browser(send, stranger):
    ticket = hidden(stranger.get(PAGE), "ticket")
    send(ticket, reach="anja@post.example")
    identify()
    do_erase_person(person=Person.objects.get(), actor=None)
    assert "Dank u wel" in read(send(ticket, reach="anja@post.example"))
    assert not Voice.objects.exists()


def test_what_was_said_bears_the_moment_of_saying(send):
    before = now()
    send()
    assert before <= Voice.objects.get().said_at <= now()


def test_the_worker_makes_the_rest_of_its_way(send):
    send(reach="anja@post.example")
    understand = next(each for each in stages() if each.name == "understand")
    assert understand.pending() == 1


def test_a_body_that_makes_no_sense_breaks_nothing(stranger):
    wrong = stranger.generic("POST", PAGE, b"--x\r\nrommel", content_type="multipart/form-data; boundary=x")
    assert wrong.status_code in {400, 422}
    many = stranger.post(PAGE, {f"veld{each}": "x" for each in range(2_000)})
    assert many.status_code in {400, 422}
    assert not Voice.objects.exists()
