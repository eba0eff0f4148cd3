"""Who we are on everything that goes out."""

import pytest
from django.urls import reverse

from gehoor.channels.outgoing import Letterhead as Plain
from gehoor.channels.outgoing import PostalAddress
from gehoor.kernel.errors import NotAllowed, Refused
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import ALLOWED, May, Role
from gehoor.rooms.privacy.models import AuditEntry
from gehoor.rooms.public.letterhead import current_letterhead, do_set_letterhead, do_undo_letterhead
from gehoor.rooms.public.models import Letterhead

pytestmark = pytest.mark.django_db

LINDE = Plain(
    name="Hypotheekhuis De Linde",
    postal=PostalAddress("Lindelaan 1", "1000 AA", "Amsterdam"),
    phone="020 123 45 67",
    email="klanten@delinde.nl",
    website="delinde.nl",
    signed_by="Anneke Bos",
    signed_as="hoofd klantenservice",
)
FORM = {
    "name": "Hypotheekhuis De Linde",
    "street": "Lindelaan 1",
    "postcode": "1000 AA",
    "place": "Amsterdam",
    "phone": "020 123 45 67",
    "email": "klanten@delinde.nl",
    "website": "delinde.nl",
    "signed_by": "Anneke Bos",
    "signed_as": "hoofd klantenservice",
}


def colleague(role):
    return User.objects.make(email=f"{role}@delinde.nl", name="Collega", roles=[role], password="een lang wachtwoord")


def test_nobody_said_who_we_are_yet():
    assert current_letterhead() == Plain(name="")


def test_what_was_set_last_counts_and_the_version_before_can_be_brought_back():
    administrator = colleague("administrator")
    do_set_letterhead(letterhead=LINDE, actor=administrator)
    newer = do_set_letterhead(letterhead=Plain(name=" De Linde "), actor=administrator)
    assert current_letterhead() == Plain(name="De Linde")
    do_undo_letterhead(version=newer, actor=administrator)
    assert current_letterhead() == LINDE
    assert Letterhead.objects.count() == 3
    assert set(AuditEntry.objects.values_list("action", "actor")) == {("set_letterhead", administrator.pk)}


def test_an_undoing_that_comes_too_late_changes_nothing():
    first = do_set_letterhead(letterhead=LINDE, actor=None)
    with pytest.raises(Refused):
        do_undo_letterhead(version=first, actor=None)
    second = do_set_letterhead(letterhead=Plain(name="Twee"), actor=None)
    do_set_letterhead(letterhead=Plain(name="Drie"), actor=None)
    with pytest.raises(Refused):
        do_undo_letterhead(version=second, actor=None)
    assert current_letterhead().name == "Drie"


@pytest.mark.parametrize(
    "wrong",
    [
        Plain(name="  "),
        Plain(name="De Linde\nBcc: x@y.nl"),
        Plain(name="De Linde", phone="020\r123"),
        Plain(name="L" * 201),
        Plain(name="De Linde", postal=PostalAddress("Lindelaan 1", "1000 AA", "")),
        Plain(name="De Linde", postal=PostalAddress("", "1000 AA", "Amsterdam")),
    ],
)
def test_what_could_spoil_a_letter_or_a_mail_is_refused(wrong):
    with pytest.raises(Refused):
        do_set_letterhead(letterhead=wrong, actor=None)
    assert not Letterhead.objects.exists()


@pytest.mark.parametrize("role", [None, *Role])
def test_only_who_sets_senders_sets_the_letterhead(client, role):
    client.raise_request_exception = False
    address = reverse("public:letterhead")
    assert address == "/publiek/briefhoofd/"
    if role is None:
        assert client.post(address, FORM)["Location"].startswith("/account/aanmelden/")
    else:
        client.force_login(colleague(role))
        may = May.SET_SENDERS in ALLOWED[role]
        assert client.get(address).status_code == (200 if may else 403)
        assert client.post(address, FORM).status_code == (302 if may else 403)
        assert Letterhead.objects.exists() == may
        if not may:
            with pytest.raises(NotAllowed):
                do_set_letterhead(letterhead=LINDE, actor=User.objects.get())


def test_the_form_keeps_everything_and_shows_what_stands(client):
    client.force_login(colleague("administrator"))
    address = reverse("public:letterhead")
    client.post(address, FORM)
    assert current_letterhead() == LINDE
    shown = client.get(address).content.decode()
    assert all(f'value="{value}"' in shown for value in FORM.values())
    client.post(address, {**FORM, "name": "Ander"})
    client.post(reverse("public:undo_letterhead", args=[Letterhead.objects.order_by("-id").first().public_id]))
    assert current_letterhead() == LINDE


@pytest.mark.parametrize("change", [{"name": ""}, {"email": "geen adres"}, {"place": ""}, {"name": "a\x00b"}])
def test_a_form_that_makes_no_letterhead_comes_back(client, change):
    client.force_login(colleague("administrator"))
    assert client.post(reverse("public:letterhead"), {**FORM, **change}).status_code == 422
    assert not Letterhead.objects.exists()


def test_it_is_found_from_administration(client):
    client.force_login(colleague("administrator"))
    assert f'href="{reverse("public:letterhead")}"' in client.get(reverse("intake:intake")).content.decode()
