"""The register of processing is complete: a field that nobody declared fails the build."""

import csv
import io

import pytest
from django.urls import reverse

from gehoor.kernel.personal_data import Datum, declarations
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import ALLOWED, May, Role
from gehoor.rooms.privacy import register, rights
from gehoor.rooms.privacy.models import AuditEntry


def user(*roles):
    return User.objects.make(email=f"{'-'.join(roles)}@delinde.nl", name="Collega", roles=list(roles), password=None)


def test_every_field_of_every_model_is_declared_and_every_declared_field_exists():
    assert register.check_complete() == []


def test_a_forgotten_field_and_one_that_does_not_exist_are_found(monkeypatch):
    known = dict(declarations())
    entry = known[AuditEntry]
    fields = {name: datum for name, datum in entry.fields.items() if name != "actor"} | {"ghost": Datum.NONE}
    known[AuditEntry] = type(entry)(purpose=entry.purpose, kept="", fields=fields)
    del known[User]
    monkeypatch.setattr(register, "declarations", lambda: known)
    assert register.check_complete() == [
        "privacy.AuditEntry.actor is not declared",
        "privacy.AuditEntry.ghost does not exist",
        "privacy.AuditEntry says not what for, or not how long",
        "accounts.User is not declared",
    ]


def test_every_room_that_keeps_something_of_a_customer_can_erase_it():
    of_customers = {Datum.IDENTIFYING, Datum.SAID, Datum.DERIVED, Datum.LINK}
    keeping = {entry.room for entry in register.register() if of_customers & {datum for datum, _ in entry.fields}}
    assert keeping <= rights.rooms()


@pytest.mark.django_db
@pytest.mark.parametrize("role", [None, *Role])
def test_the_register_and_the_trail_open_for_those_who_see_privacy(client, role):
    client.raise_request_exception = False
    if role:
        client.force_login(user(role))
    allowed = role is not None and May.SEE_PRIVACY in ALLOWED[role]
    for name, method in [("register", "get"), ("trail", "get"), ("export_register", "post")]:
        status = getattr(client, method)(reverse(f"privacy:{name}")).status_code
        assert status == (302 if role is None else 200 if allowed else 403)


@pytest.mark.django_db
def test_the_register_says_what_for_and_how_long(client):
    client.force_login(user("privacy_officer"))
    page = client.get(reverse("privacy:register")).content.decode()
    assert "om achteraf te laten zien wie iets besloot, bekeek of wiste" in page
    assert "vijf jaar" in page
    table = client.post(reverse("privacy:export_register")).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(table), delimiter=";"))
    assert len(rows) == len(register.register()) + 1
    assert AuditEntry.objects.get().action == "export_register"
