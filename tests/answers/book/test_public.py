"""What customers read: only what is meant for them, only when the book is open, and nothing personal."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from gehoor.kernel.errors import NotAllowed
from gehoor.rooms.answers.book.actions import do_open_book
from gehoor.rooms.answers.book.phrasing import do_add_phrasing
from gehoor.rooms.answers.models import Audience, State

from .conftest import entry, seen_by

pytestmark = pytest.mark.django_db
FOR_ALL = {"state": State.VALIDATED, "audience": Audience.CUSTOMERS}


@pytest.fixture
def faq(editor):
    today = timezone.localdate()
    made = entry(
        "Mag ik aflossen?", "Ja.\n\nAltijd </script><b>.", by=editor, subject="Aflossen", owner=editor.pk, **FOR_ALL
    )
    do_add_phrasing(answer=made, text="zo vroeg Ans het", actor=editor)
    entry("Alleen voor ons?", "Ja.", by=editor, state=State.VALIDATED)
    entry("Nog niet goed?", "Ja.", by=editor, state=State.NOT_VALIDATED, audience=Audience.CUSTOMERS)
    entry("Niet meer geldig?", "Ja.", by=editor, valid_to=today - timedelta(days=1), **FOR_ALL)
    entry("Nog niet geldig?", "Ja.", by=editor, valid_from=today + timedelta(days=1), **FOR_ALL)
    return made


def test_while_the_book_is_closed_there_is_no_page(faq):
    assert Client().get(reverse("faq:faq")).status_code == 404
    assert Client().get(reverse("faq:entry", args=[faq.public_id])).status_code == 404


def test_everyone_reads_what_is_validated_for_customers_and_holds_today(faq, editor):
    do_open_book(is_open=True, actor=editor)
    page = Client().get(reverse("faq:faq")).content.decode()
    assert "Mag ik aflossen?" in page
    for hidden in ("Alleen voor ons", "Nog niet goed", "Niet meer geldig", "Nog niet geldig", "vroeg Ans", editor.name):
        assert hidden not in page
    listed = Client().get(reverse("public:pages")).content.decode()
    assert reverse("faq:faq") in listed


def test_each_has_an_address_of_its_own_and_data_that_nothing_can_break_out_of(faq, editor):
    do_open_book(is_open=True, actor=editor)
    response = Client().get(reverse("faq:entry", args=[faq.public_id]))
    page = response.content.decode()
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)[1])
    assert data["mainEntity"][0]["acceptedAnswer"]["text"] == "Ja.\n\nAltijd </script><b>."
    assert "<b>." not in page.replace("&lt;b&gt;", "")
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in response.headers and response.headers["Cache-Control"].startswith("public")


def test_what_is_not_for_customers_has_no_address(faq, editor):
    do_open_book(is_open=True, actor=editor)
    ours = entry("Alleen wij?", "Ja.", by=editor, state=State.VALIDATED)
    assert Client().get(reverse("faq:entry", args=[ours.public_id])).status_code == 404


def test_a_customer_searches_in_it(faq, editor):
    do_open_book(is_open=True, actor=editor)
    page = Client().get(reverse("faq:faq"), {"q": "aflossen"}).content.decode()
    assert "Mag ik aflossen?" in page and "Alleen voor ons" not in page


def test_the_mail_in_english_is_what_the_english_page_shows(editor):
    entry("Mag dat?", "Ja.", by=editor, forms=(("mail", "en", "Yes, you may."),), **FOR_ALL)
    do_open_book(is_open=True, actor=editor)
    assert "Yes, you may." in Client().get(reverse("faq:faq"), {"taal": "en"}).content.decode()


def test_only_who_keeps_the_book_opens_and_closes_it(faq, editor, adviser):
    with pytest.raises(NotAllowed):
        do_open_book(is_open=True, actor=adviser)
    browser = seen_by(editor)
    browser.post(reverse("answers:open_book"), {"open": "yes"})
    assert Client().get(reverse("faq:faq")).status_code == 200
    browser.post(reverse("answers:open_book"), {"open": "no"})
    assert Client().get(reverse("faq:faq")).status_code == 404
