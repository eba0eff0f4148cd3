"""What the example's customers said: whole, no two alike, and by people who can be known."""

import re
from collections import Counter
from datetime import date

from gehoor.demo.files import PARTS, everything
from gehoor.demo.wished import STATED

SAID = everything(date(2026, 11, 22))


def test_no_two_voices_are_alike():
    texts = Counter(each.line["text"] for each in SAID)
    assert [text for text, times in texts.items() if times > 1] == []
    assert len({each.line["id"] for each in SAID}) == len(SAID) == 597


def test_whoever_is_named_is_someone():
    assert [each.line["id"] for each in SAID if each.line["person"] and not each.person] == []


def test_customer_numbers_and_phones_are_of_one_person_each():
    people = {each.person["id"]: each.person for each in SAID if each.person}.values()
    for field in ("customer_number", "phone", "email"):
        values = [person[field] for person in people if person[field]]
        assert len(set(values)) == len(values)


def test_nobody_has_an_address_outside_the_domains_for_examples():
    addresses = [each.address for each in SAID if each.address]
    assert addresses
    assert [one for one in addresses if not re.search(r"@(example\.(nl|com|org)|voorbeeld\.example)$", one)] == []


def test_all_parts_are_read():
    assert {each.line["id"][0] for each in SAID} == set(PARTS)


def test_history_is_eighteen_months_that_end_yesterday():
    days = {each.line["days_ago"] for each in SAID}
    assert min(days) == 1
    assert 540 <= max(days) <= 545


def test_whoever_is_noted_to_want_something_said_so():
    said = {each.line["id"]: each.line["text"] + str(each.line["reply"]) for each in SAID}
    words = {"c0025": "met de post", "c0039": "liever een brief", "c0061": "Bellen liever niet", "c0076": "geen mail"}
    assert {name: words[name] in said[name] for name in words} == dict.fromkeys(words, True)
    assert {name for name, *_ in STATED} == words.keys() | {"b0080"}
