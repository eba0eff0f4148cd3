"""The screens of administration: who may do what, and what becomes of what is sent in."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gehoor.channels.base import Wishes
from gehoor.rooms.accounts.roles import ALLOWED, May, Role
from gehoor.rooms.intake.actions import access_unread
from gehoor.rooms.intake.models import Arrival, Item, OwnIdentity, State
from gehoor.rooms.intake.retrying import do_try_again
from gehoor.rooms.intake.watching import PARTLY, arrival_rows, progress_of
from gehoor.rooms.intake.worker import hear_once
from gehoor.rooms.voices.models import Original, ThresholdTable, Voice
from gehoor.rooms.voices.weight import current_table

from .conftest import colleague, listen, seen_by

pytestmark = pytest.mark.django_db
TABLE = "vraag;datum\nWaar blijft mijn bouwdepot nou?;2025-01-02\nHoe lang duurt het nog?;2025-01-03\n"
TAKERS = [role for role in Role if May.TAKE_IN in ALLOWED[role]]
OTHERS = [role for role in Role if role not in TAKERS]


@pytest.fixture
def marketer(db):
    return seen_by(Role.MARKETER)


@pytest.fixture
def administrator(db):
    return seen_by(Role.ADMINISTRATOR)


def send(client, name="uit Jansen.csv", content=TABLE, **more):
    files = [SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)]
    return client.post(reverse("intake:intake"), {"files": files, **more})


def body(response):
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def addresses():
    return [reverse(f"intake:{name}") for name in ("intake", "unread", "own", "thresholds")]


def test_a_stranger_is_asked_to_sign_in():
    for address in addresses():
        assert reverse("accounts:sign_in") in Client().get(address).headers["Location"]
    assert reverse("accounts:sign_in") in send(Client()).headers["Location"]
    assert not Arrival.objects.exists()


@pytest.mark.parametrize("role", OTHERS)
def test_who_may_not_take_in_comes_nowhere(role):
    client = seen_by(role)
    for address in addresses():
        assert client.get(address).status_code == 403
    assert send(client).status_code == 403


@pytest.mark.parametrize("role", TAKERS)
def test_only_who_may_set_thresholds_sees_them(role):
    client = seen_by(role)
    allowed = May.SET_THRESHOLDS in ALLOWED[role]
    assert (reverse("intake:thresholds") in body(client.get(reverse("intake:intake")))) is allowed
    assert (client.get(reverse("intake:thresholds")).status_code == 200) is allowed
    assert (client.post(reverse("intake:restore_thresholds", args=[0])).status_code == 302) is allowed


def test_a_file_is_kept_then_read_by_the_worker_and_its_name_stands_in_no_address(marketer):
    response = send(marketer, channel="survey", take_proposal="on")
    where = response.headers["Location"]
    assert "Jansen" not in where
    waiting = body(marketer.get(where))
    assert 'hx-trigger="every 2s"' in waiting
    assert "http-equiv" in waiting
    hear_once()
    arrival = Arrival.objects.get()
    assert (arrival.state, Voice.objects.count()) == (State.DONE, 2)
    page = body(marketer.get(where))
    voice = Voice.objects.first()
    assert reverse("voices:voice", args=[voice.public_id]) in page
    assert "Jansen" not in "".join(part.split('"')[0] for part in page.split('href="')[1:])


def test_when_all_is_done_the_page_stops_asking(marketer):
    where = send(marketer, take_proposal="on").headers["Location"]
    arrival = Arrival.objects.get()
    hear_once()
    progress = progress_of(Arrival.objects.get(), arrival.by)
    assert progress.busy is bool(progress.to_do)
    part = body(marketer.get(where, headers={"HX-Request": "true"}))
    assert "<html" not in part
    assert ("every 2s" in part) is progress.busy


def test_an_administrator_sees_no_words_of_customers_on_the_page_of_an_arrival(administrator):
    where = send(administrator, take_proposal="on").headers["Location"]
    hear_once()
    assert "bouwdepot" not in body(administrator.get(where))


def test_without_a_file_nothing_happens(marketer):
    assert marketer.post(reverse("intake:intake"), {"channel": ""}).status_code == 409
    assert send(marketer, channel="telex").status_code == 422
    assert not Arrival.objects.exists()


def test_a_table_waits_until_its_columns_are_named(marketer):
    send(marketer)
    hear_once()
    item = Item.objects.get(code="mapping_needed")
    address = reverse("intake:mapping", args=[item.pk])
    assert address in body(marketer.get(reverse("intake:unread")))
    page = body(marketer.get(address))
    assert "Waar blijft mijn bouwdepot nou?" in page
    assert '<option value="vraag" selected>' in page
    wrong = marketer.post(address, {"channel": "letter", "said_at": "datum"})
    assert wrong.status_code == 422
    response = marketer.post(address, {"channel": "letter", "text": "vraag", "said_at": "datum"})
    assert response.status_code == 302
    hear_once()
    assert set(Voice.objects.values_list("channel", flat=True)) == {"letter"}
    assert not Item.objects.filter(pk=item.pk).exists()
    assert sorted(Original.objects.values_list("media_type", flat=True)) == ["application/json"] * 2


def test_the_first_rows_are_for_who_may_hear_or_sent_them_in(marketer):
    send(marketer)
    hear_once()
    address = reverse("intake:mapping", args=[Item.objects.get().pk])
    assert "bouwdepot" not in body(seen_by(Role.ADMINISTRATOR).get(address))


def test_a_table_deep_in_a_folder_waits_no_longer_once_it_was_read(marketer, post):
    path = post("diep.csv", TABLE)
    listen(path.parent, mapping={})
    item = Item.objects.get(code="mapping_needed")
    assert "/" in item.file
    marketer.post(reverse("intake:mapping", args=[item.pk]), {"channel": "survey", "text": "vraag"})
    hear_once()
    assert Voice.objects.count() == 2
    assert not Item.objects.filter(code="mapping_needed").exists()


def test_what_was_refused_is_listed_with_reason_and_remedy_and_can_be_removed(marketer):
    send(marketer, name="foto.xyz", content=b"\x00\x01\x02\xff" * 50)
    hear_once()
    item = Item.objects.get(outcome="refused")
    page = body(marketer.get(reverse("intake:unread")))
    assert "foto.xyz" in page
    assert reverse("intake:try_again", args=[item.pk]) in page
    assert "foto.xyz" not in body(marketer.get(reverse("intake:unread"), {"which": "waiting"}))
    address = reverse("intake:remove", args=[item.pk])
    assert Item.objects.filter(pk=item.pk).exists()
    assert "foto.xyz" in body(marketer.get(address))
    assert marketer.post(address).status_code == 302
    assert (Item.objects.count(), Original.objects.count()) == (0, 0)
    assert marketer.post(address).status_code == 404


def test_trying_again_what_still_cannot_be_read_lists_it_once(marketer):
    send(marketer, name="foto.xyz", content=b"\x00\x01\x02\xff" * 50)
    hear_once()
    for _ in range(2):
        item = Item.objects.get(outcome="refused")
        assert marketer.post(reverse("intake:try_again", args=[item.pk])).status_code == 302
        hear_once()
    assert Item.objects.filter(outcome="refused").count() == 1


def test_a_part_of_a_file_that_still_cannot_be_read_is_listed_once(post):
    from gehoor.kernel.errors import Damaged
    from gehoor.rooms.voices.originals import content_hash, keep

    arrival = Arrival.objects.create(name="post.mbox", state=State.DONE)
    kept = keep([(b"\x00\x01", "message/rfc822")])[content_hash(b"\x00\x01")]
    reason = [Damaged.text, Damaged.remedy, {"what": "message", "why": "x"}]
    item = Item.objects.create(
        key=b"k", arrival=arrival, outcome="refused", file="post.mbox", item="3", original_id=kept, reason=reason
    )
    do_try_again(item=item, wishes=Wishes(), actor=None)
    assert [each.pk for each in Item.objects.all()] == [item.pk]
    assert access_unread(item.pk).original_id == kept


def test_who_we_are_can_be_said_and_taken_back(marketer):
    address = reverse("intake:own")
    assert marketer.post(address, {"value": "DeLinde.nl"}).status_code == 302
    identity = OwnIdentity.objects.get()
    assert (identity.kind, identity.value) == ("domain", "delinde.nl")
    assert "delinde.nl" in body(marketer.get(address))
    assert marketer.post(address, {"value": ""}).status_code == 422
    marketer.post(reverse("intake:remove_own", args=[identity.pk]))
    assert not OwnIdentity.objects.exists()


def filled(client):
    form = client.get(reverse("intake:thresholds")).context["form"]
    return {field.html_name: str(field.value()).replace(".", ",") for field in form}


def test_thresholds_make_a_new_version_and_an_earlier_one_can_count_again(administrator):
    given = filled(administrator)
    address = reverse("intake:thresholds")
    administrator.post(address, given)
    assert not ThresholdTable.objects.exists()
    administrator.post(address, {**given, "threshold_letter": "25,5"})
    assert current_table().rate("letter").threshold_minutes == 25.5
    assert "Onze eigen tabel, versie 1" in body(administrator.get(address))
    administrator.post(reverse("intake:restore_thresholds", args=[0]))
    assert current_table().rate("letter").threshold_minutes == 20
    administrator.post(reverse("intake:restore_thresholds", args=[ThresholdTable.objects.first().pk]))
    assert current_table().rate("letter").threshold_minutes == 25.5
    assert ThresholdTable.objects.count() == 3


@pytest.mark.parametrize("wrong", ["", "-1", "1441", "veel", "nan", "inf"])
def test_a_threshold_that_cannot_be_is_not_saved(administrator, wrong):
    response = administrator.post(reverse("intake:thresholds"), {**filled(administrator), "threshold_letter": wrong})
    assert response.status_code == 422
    assert not ThresholdTable.objects.exists()


def test_what_does_not_exist_is_said(marketer):
    assert marketer.get(reverse("intake:arrival", args=[uuid.uuid4()])).status_code == 404
    for name in ("mapping", "remove"):
        assert marketer.get(reverse(f"intake:{name}", args=[404])).status_code == 404
    for name in ("try_again", "remove_own"):
        assert marketer.post(reverse(f"intake:{name}", args=[404])).status_code == 404
        assert marketer.get(reverse(f"intake:{name}", args=[404])).status_code == 405


def test_the_screens_stay_within_their_budgets(marketer, django_assert_max_num_queries):
    for number in range(15):
        send(marketer, name=f"foto{number}.xyz", content=b"\x00\x01\x02\xff" * (50 + number))
    hear_once()
    where = send(marketer, take_proposal="on").headers["Location"]
    hear_once()
    with django_assert_max_num_queries(10):
        marketer.get(reverse("intake:intake"))
    with django_assert_max_num_queries(10):
        marketer.get(reverse("intake:unread"))
    with django_assert_max_num_queries(40):
        marketer.get(where)


def test_a_colleague_who_left_stays_a_name(marketer):
    arrival = Arrival.objects.create(name="a.csv", by=colleague(Role.MARKETER), state=State.DONE)
    assert "Collega marketer" in body(marketer.get(reverse("intake:arrival", args=[arrival.public_id])))


def test_what_was_read_in_part_does_not_say_that_it_was_read(marketer, post):
    listen(post("a.csv", TABLE), post("b.bin", bytes(range(256))))
    state = progress_of(Arrival.objects.get(), colleague(Role.MARKETER)).state
    assert state == PARTLY
    assert "niet alles erin was leesbaar" in body(marketer.get(reverse("intake:intake")))
    listen(post("c.csv", TABLE))
    assert progress_of(Arrival.objects.latest("id"), colleague(Role.MARKETER)).state == "was read"


def test_the_list_sets_new_voices_apart_from_what_we_said(marketer, post):
    rows = "vraag;antwoord\nWaar blijft mijn bouwdepot nou?;Het komt eraan\nHoe lang duurt het nog?;\n"
    listen(post("a.csv", rows), mapping={"text": "vraag", "answer": "antwoord"})
    row = arrival_rows(Arrival.objects.all())[0]
    assert (row.voices, row.others) == (2, 1)


def test_thresholds_are_written_without_needless_decimals(administrator):
    page = body(administrator.get(reverse("intake:thresholds")))
    assert 'value="20"' in page
    assert 'value="0,5"' in page
    assert 'value="20,0"' not in page
