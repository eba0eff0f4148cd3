"""Identities: one value for every way of writing the same thing, and nothing for what points to nobody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gehoor.analysis.linking.normalise import Normal, customer_number, email, handle, normalise, phone, readings

EMAILS = {
    "jan@voorbeeld.nl": "jan@voorbeeld.nl",
    "  Jan@Voorbeeld.NL ": "jan@voorbeeld.nl",
    "mailto:Jan@voorbeeld.nl?subject=Hallo": "jan@voorbeeld.nl",
    "Jan de Vries <jan@voorbeeld.nl>": "jan@voorbeeld.nl",
    '"de Vries, Jan" <JAN@voorbeeld.nl>': "jan@voorbeeld.nl",
    "<mailto:jan@voorbeeld.nl>": "jan@voorbeeld.nl",
    "'jan@voorbeeld.nl'": "jan@voorbeeld.nl",
    "jan@voorbeeld.nl.": "jan@voorbeeld.nl",
    "jan@voorbeeld.nl;": "jan@voorbeeld.nl",
    "jan+hypotheek@voorbeeld.nl": "jan+hypotheek@voorbeeld.nl",
    "j.o'neil_2@mail.voorbeeld.co.uk": "j.o'neil_2@mail.voorbeeld.co.uk",
    "ｊａｎ@voorbeeld.nl": "jan@voorbeeld.nl",
    "jan@münchen.de": "jan@xn--mnchen-3ya.de",
    "jan@MÜNCHEN.de": "jan@xn--mnchen-3ya.de",
    "jan@xn--mnchen-3ya.de": "jan@xn--mnchen-3ya.de",
    "jan@straße.de": "jan@xn--strae-oqa.de",
    "jan@strasse.de": "jan@strasse.de",
    "jörg@voorbeeld.nl": "jörg@voorbeeld.nl",
    "info@bakker.nl": "info@bakker.nl",
    "noreplyman@voorbeeld.nl": "noreplyman@voorbeeld.nl",
    "": None,
    "jan": None,
    "@voorbeeld.nl": None,
    "jan@": None,
    "jan@localhost": None,
    "jan@voorbeeld": None,
    "jan@192.168.1.1": None,
    "jan@@voorbeeld.nl": None,
    "jan..de@voorbeeld.nl": None,
    ".jan@voorbeeld.nl": None,
    "jan de vries@voorbeeld.nl": None,
    "jan@voorbeeld.nl, piet@voorbeeld.nl": None,
    "jan@-voorbeeld.nl": None,
    "jan@voor_beeld.nl": None,
    "x" * 65 + "@voorbeeld.nl": None,
    "no-reply@voorbeeld.nl": None,
    "NoReply@voorbeeld.nl": None,
    "no_reply+123@voorbeeld.nl": None,
    "do-not-reply@voorbeeld.nl": None,
    "donotreply@voorbeeld.nl": None,
    "niet-beantwoorden@voorbeeld.nl": None,
    "MAILER-DAEMON@mx.voorbeeld.nl": None,
    "postmaster@voorbeeld.nl": None,
    "bounces+abc@voorbeeld.nl": None,
}
PHONES = {
    "0612345678": "+31612345678",
    "06-12345678": "+31612345678",
    "06 12 34 56 78": "+31612345678",
    "+31 6 12345678": "+31612345678",
    "+31 (0)6 12345678": "+31612345678",
    "0031612345678": "+31612345678",
    "tel:+31612345678": "+31612345678",
    "(020) 624 11 11": "+31206241111",
    "020-6241111 ext. 12": "+31206241111;ext=12",
    "+31206241111;ext=12": "+31206241111;ext=12",
    "+32 2 555 12 12": "+3225551212",
    "+44 20 7946 0958": "+442079460958",
    "": None,
    "12345": None,
    "1234567890123456789": None,
    "anoniem": None,
    "0000000000": None,
    "bel me op 06": None,
    "unknown 06": None,
}
NUMBERS = {
    "12345": "12345",
    " 0012.345 ": "0012345",
    "kl-12 345": "KL12345",
    "KL12345": "KL12345",
    "00123": "00123",
    "１２３": "123",
    "12\u201345": "1245",
    "AB/12": "AB/12",
    "": None,
    "-": None,
    "0": None,
    "0000": None,
    "n/a": None,
    "onbekend": None,
    "x" * 61 + "1": None,
    "12\x0034": None,
}
HANDLES = {
    ("@JanDeVries", "x"): ("jandevries", "x"),
    ("jandevries", "twitter"): ("jandevries", "x"),
    ("https://twitter.com/JanDeVries?lang=nl", ""): ("jandevries", "x"),
    ("https://mobile.twitter.com/JanDeVries/status/12", "x"): ("jandevries", "x"),
    ("www.x.com/JanDeVries", "x"): ("jandevries", "x"),
    ("Jan.De.Vries", "facebook"): ("jandevries", "facebook"),
    ("https://www.facebook.com/jan.devries", "facebook"): ("jandevries", "facebook"),
    ("https://www.facebook.com/profile.php?id=1000123", ""): ("1000123", "facebook"),
    ("https://m.facebook.com/jandevries/", ""): ("jandevries", "facebook"),
    ("https://www.linkedin.com/in/jan-de-vries", ""): ("jan-de-vries", "linkedin"),
    ("@jan@mastodon.nl", "mastodon"): ("jan@mastodon.nl", "mastodon"),
    ("https://mastodon.nl/@jan", "mastodon"): ("jan@mastodon.nl", "mastodon"),
    ("Boze  Klant 77", "forum"): ("boze klant 77", "forum"),
    ("jan", ""): None,
    ("", "x"): None,
    ("@", "x"): None,
    ("jan de vries", "x"): None,
    ("Anoniem", "forum"): None,
    ("[deleted]", "forum"): None,
    ("https://www.facebook.com/", "facebook"): None,
    ("https://[", "facebook"): None,
}


@pytest.mark.parametrize(("raw", "normal"), EMAILS.items())
def test_email(raw, normal):
    assert email(raw) == normal


@pytest.mark.parametrize(("raw", "normal"), PHONES.items())
def test_phone(raw, normal):
    assert phone(raw) == normal


def test_phone_takes_the_default_region_of_the_organisation():
    assert phone("02 555 12 12", region="BE") == "+3225551212"


@pytest.mark.parametrize(("raw", "normal"), NUMBERS.items())
def test_customer_number(raw, normal):
    assert customer_number(raw) == normal


@pytest.mark.parametrize(("given_", "normal"), HANDLES.items())
def test_handle(given_, normal):
    assert handle(*given_) == (Normal("handle", *normal) if normal else None)


def test_a_bare_name_or_an_unknown_kind_is_no_identity():
    assert normalise("name", "Jan de Vries") is None


def test_different_people_stay_different():
    assert customer_number("0123") != customer_number("123")
    assert email("jan+a@voorbeeld.nl") != email("jan+b@voorbeeld.nl")
    assert handle("jan", "x") != handle("jan", "instagram")
    assert phone("020-6241111") != phone("020-6241111 ext 3")


def test_readings_of_what_someone_types():
    assert Normal("phone", "+31612345678") in list(readings("06 1234 5678"))
    assert Normal("customer_number", "KL00123") in list(readings("kl-00123"))
    assert next(iter(readings("Jan@Voorbeeld.nl"))) == Normal("email", "jan@voorbeeld.nl")
    assert list(readings("@JanDeVries")) == [Normal("handle", "jandevries")]
    assert list(readings("Jan de Vries")) == []


texts = st.text(max_size=40) | st.from_regex(r"[ <\"']?[\w.+-]{1,12}@[\w-]{1,10}\.[a-zA-Z]{2,4}[>;. ]?", fullmatch=True)


@given(texts)
def test_email_is_idempotent(raw):
    normal = email(raw)
    assert normal is None or email(normal) == normal


@given(st.text(alphabet="0123456789+-() extEXT.;=#", max_size=25))
def test_phone_is_idempotent(raw):
    normal = phone(raw)
    assert normal is None or phone(normal) == normal


@given(st.text(max_size=40) | st.text(alphabet="0123456789 .-aBß", max_size=20))
def test_customer_number_is_idempotent(raw):
    normal = customer_number(raw)
    assert normal is None or customer_number(normal) == normal


@given(st.text(max_size=40), st.sampled_from(["x", "twitter", "facebook", "forum", "mastodon", "linkedin", ""]))
def test_handle_is_idempotent(raw, network):
    normal = handle(raw, network)
    assert normal is None or handle(normal.value, normal.network) == normal


@given(st.text(max_size=60), st.sampled_from(["email", "phone", "customer_number", "handle", "name"]))
def test_garbage_never_explodes(raw, kind):
    normalise(kind, raw, "x")
    list(readings(raw))
