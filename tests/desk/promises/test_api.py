"""Promises for programs: the lists, one promise, and everything that can be said of one."""

from datetime import timedelta

import pytest
from tests.desk.asking import Program, refused
from tests.desk.cases.conftest import NOW, colleague, someone, tell, waits
from tests.desk.promises.conftest import later, look

from gehoor.kernel.ids import new_id
from gehoor.rooms.desk.models import Promise, PromiseStep
from gehoor.rooms.desk.promises.actions import do_keep, do_promise
from gehoor.rooms.privacy.models import AuditEntry

pytestmark = pytest.mark.django_db
TOMORROW = NOW + timedelta(days=1)


@pytest.fixture
def program(adviser):
    return Program(adviser)


@pytest.fixture
def person(db):
    return someone()


@pytest.fixture
def promise(person, adviser):
    return do_promise(person, "Terugbellen over het depot", TOMORROW, adviser)


def told(answer):
    assert answer.status_code == 200, answer.content
    return answer.json()


def what(answer):
    return [each["what"] for each in told(answer)["promises"]]


def test_the_lists_are_those_of_the_page(program, person, adviser):
    do_promise(person, "vandaag", NOW + timedelta(hours=1), adviser)
    do_promise(person, "te laat", NOW - timedelta(hours=1), adviser)
    do_promise(person, "van Bas", TOMORROW, colleague("adviser", name="Bas Vos"))
    do_keep(do_promise(person, "gehouden", TOMORROW, adviser), adviser)
    tell("U hoort vrijdag van ons.", person=person)
    look()
    assert what(program.get("promises")) == ["te laat", "vandaag", "van Bas"]
    assert what(program.get("promises", which="today")) == ["vandaag"]
    assert what(program.get("promises", which="late")) == ["te laat"]
    assert what(program.get("promises", which="week")) == ["vandaag", "van Bas"]
    assert what(program.get("promises", which="mine")) == ["te laat", "vandaag"]
    assert what(program.get("promises", which="settled")) == ["gehouden"]
    (proposed,) = told(program.get("promises", which="proposed"))["promises"]
    assert (proposed["state"], proposed["quote"]) == ("proposed", "U hoort vrijdag van ons.")


def test_promises_of_one_customer_or_one_case(program, promise, person, adviser):
    case = waits("Vraag?", person=person)
    do_promise(person, "in de zaak", None, adviser, case=case)
    do_promise(someone("Jan Bos"), "aan een ander", TOMORROW, adviser)
    assert what(program.get("promises", person=str(person.public_id))) == ["Terugbellen over het depot", "in de zaak"]
    assert what(program.get("promises", case=str(case.public_id))) == ["in de zaak"]
    in_case = told(program.get(f"cases/{case.public_id}"))["promises"]
    assert [each["what"] for each in in_case] == ["in de zaak"]
    assert refused(program.get("promises", person=str(new_id()))) == (404, "not_found")
    assert refused(program.get("promises", case=str(new_id()))) == (404, "not_found")


@pytest.mark.parametrize("which", ["open", "proposed", "settled"])
def test_in_parts_a_list_is_the_same_as_at_once(program, person, adviser, which):
    for number in range(7):
        made = do_promise(person, f"Belofte {number}", TOMORROW if number % 2 else None, adviser)
        Promise.objects.filter(pk=made.pk).update(made_at=NOW - timedelta(hours=number // 3))
        if which == "settled":
            do_keep(made, adviser)
    if which == "proposed":
        Promise.objects.update(state="proposed")
    at_once, found, after = what(program.get("promises", which=which)), [], ""
    while after is not None:
        part = program.get("promises", which=which, limit=3, after=after)
        found += what(part)
        after = told(part)["next"]
    assert found == at_once and len(found) == told(part)["total"] == 7
    place = told(program.get("promises", which=which, limit=1))["next"]
    assert refused(program.get("promises", which="mine", after=place)) == (404, "not_a_place")


def test_a_longer_list_asks_no_more_of_the_database(program, adviser, django_assert_max_num_queries):
    for number in range(30):
        do_promise(someone(f"Klant {number}"), f"Belofte {number}", TOMORROW, adviser)
    program.get("promises", limit=1)
    with django_assert_max_num_queries(12):
        assert len(what(program.get("promises"))) == 30


def test_one_is_made_in_a_case_or_to_a_person_for_a_moment_or_a_whole_day(program, person, adviser):
    case = waits("Vraag?", person=person)
    day = told(program.post("promises", what="Terugbellen", due="2026-03-06", case=str(case.public_id)))
    assert (day["due"], day["whole_day"]) == ("2026-03-06T22:59:59+00:00", True)
    assert (day["case"], day["person"]) == (str(case.public_id), str(person.public_id))
    assert (day["owner"], day["state"], day["version"]) == ("Anneke Bos", "open", 1)
    bas = colleague("adviser", name="Bas Vos")
    given = {"due": "2026-03-06T14:00:00+01:00", "person": str(person.public_id), "owner": str(bas.public_id)}
    moment = told(program.post("promises", what="Mailen", **given))
    assert (moment["due"], moment["whole_day"], moment["owner"]) == ("2026-03-06T13:00:00+00:00", False, "Bas Vos")
    assert told(program.post("promises", what="Ooit", person=str(person.public_id)))["due"] is None
    assert AuditEntry.objects.filter(action="promise.make", actor=adviser).count() == 3


def test_one_that_is_sent_again_with_its_key_is_made_once(program, person):
    given = {"what": "Terugbellen", "person": str(person.public_id), "key": "belofte-1"}
    first, again = (told(program.post("promises", **given)) for _ in range(2))
    assert first == again and Promise.objects.count() == 1
    assert refused(program.post("promises", **{**given, "what": "Mailen"})) == (409, "key_used")


def test_a_promise_to_nobody_or_to_two_is_refused(program, person):
    case = str(waits("Vraag?").public_id)
    assert refused(program.post("promises", what="x")) == (409, "refused")
    assert refused(program.post("promises", what="x", case=case, person=str(person.public_id))) == (409, "refused")
    assert refused(program.post("promises", what="x", case=str(new_id()))) == (404, "not_found")
    assert refused(program.post("promises", what="x", person=str(new_id()))) == (404, "not_found")
    assert not Promise.objects.exists()


def test_what_was_found_is_confirmed_with_corrections_or_rejected(program, person, adviser):
    tell("U hoort vrijdag van ons. Morgen bel ik u.", person=person)
    look()
    first, second = Promise.objects.order_by("pk")
    confirmed = told(program.post(f"promises/{first.public_id}/confirm", what="Terugbellen"))
    assert (confirmed["state"], confirmed["what"], confirmed["owner"]) == ("open", "Terugbellen", "Anneke Bos")
    assert confirmed["due"] is not None
    rejected = told(program.post(f"promises/{second.public_id}/reject", why="Dat was een vraag"))
    assert rejected["state"] == "none" and rejected["steps"][0]["why"] == "Dat was een vraag"
    assert told(program.post(f"promises/{second.public_id}/undo"))["state"] == "proposed"
    assert refused(program.post(f"promises/{first.public_id}/confirm")) == (409, "refused")


def test_correcting_changes_only_what_is_given(program, promise):
    path = f"promises/{promise.public_id}/correct"
    assert told(program.post(path, what="Mailen over het depot"))["due"] == TOMORROW.isoformat()
    changed = told(program.post(path, due=None, owner=None))
    assert (changed["what"], changed["due"], changed["owner"]) == ("Mailen over het depot", None, None)
    assert refused(program.post(path, owner=str(new_id()))) == (404, "not_found")


def test_what_became_of_it_is_said_and_undone(program, promise):
    path = f"promises/{promise.public_id}"
    assert told(program.post(f"{path}/keep", why="Gebeld"))["state"] == "kept"
    assert refused(program.post(f"{path}/keep")) == (409, "refused")
    assert told(program.post(f"{path}/undo"))["state"] == "open"
    assert told(program.post(f"{path}/break"))["state"] == "broken"
    undone = told(program.post(f"{path}/undo"))
    assert undone["state"] == "open" and [each["undone"] for each in undone["steps"]] == [True, True, False]


def test_kept_later_than_promised_is_not_kept(program, promise):
    with later(48):
        at = (NOW + timedelta(hours=47)).isoformat()
        assert refused(program.post(f"promises/{promise.public_id}/keep", at=at)) == (409, "refused")


def test_another_time_is_a_promise_of_its_own(program, promise):
    made = told(program.post(f"promises/{promise.public_id}/renegotiate", due="2026-03-10", why="Notaris ziek"))
    assert (made["instead_of"], made["what"]) == (str(promise.public_id), "Terugbellen over het depot")
    assert told(program.get(f"promises/{promise.public_id}"))["state"] == "renegotiated"
    told(program.post(f"promises/{promise.public_id}/undo"))
    assert told(program.get(f"promises/{made['id']}"))["state"] == "none"


def test_who_saw_an_older_promise_hears_that_somebody_was_first(program, promise):
    path, version = f"promises/{promise.public_id}", told(program.get(f"promises/{promise.public_id}"))["version"]
    told(program.post(f"{path}/correct", what="Mailen", version=version))
    for name, given in [
        ("correct", {"what": "Bellen"}),
        ("confirm", {}),
        ("reject", {}),
        ("keep", {}),
        ("break", {}),
        ("renegotiate", {"due": None}),
        ("undo", {}),
    ]:
        assert refused(program.post(f"{path}/{name}", version=version, **given)) == (409, "changed_since")
    assert PromiseStep.objects.count() == 2
    told(program.post(f"{path}/undo", version=version + 1))
    assert refused(program.post(f"{path}/keep", version=version + 1)) == (409, "changed_since")
    assert told(program.post(f"{path}/keep", version=version + 2))["state"] == "kept"


def test_promises_take_their_scopes(adviser, promise):
    path = f"promises/{promise.public_id}"
    reads = Program(adviser, "desk:read", "people:read")
    assert reads.get(path).status_code == 200
    assert refused(reads.post(f"{path}/keep")) == (403, "scope_missing")
    for program in (Program(adviser, "desk:read"), Program(adviser, "people:read", "desk:write")):
        assert refused(program.get("promises")) == (403, "scope_missing")
    assert refused(Program(adviser, "desk:write").post(f"{path}/keep")) == (403, "scope_missing")
    promise.refresh_from_db()
    assert promise.state == "open"


def test_what_a_program_fetches_stands_in_the_trail(program, adviser, promise):
    program.get("promises")
    program.get(f"promises/{promise.public_id}")
    lines = AuditEntry.objects.filter(actor=adviser, action__startswith="fetch_promise").order_by("id")
    assert [(each.action, each.what) for each in lines] == [("fetch_promises", "token"), ("fetch_promise", "promise")]


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("keep", {"at": "gisteren"}),
        ("keep", {"why": "x" * 2_001}),
        ("keep", {"version": "1"}),
        ("renegotiate", {}),
        ("renegotiate", {"due": "2026-02-30"}),
        ("renegotiate", {"due": "morgen"}),
        ("correct", {"what": "x" * 501}),
        ("correct", {"owner": "Bas"}),
        ("reject", {"why": 3}),
    ],
)
def test_what_makes_no_sense_is_refused(program, promise, name, given):
    assert refused(program.post(f"promises/{promise.public_id}/{name}", **given)) == (422, "not_understood")
    assert PromiseStep.objects.count() == 1


@pytest.mark.parametrize("due", ["0001-01-01", "9999-12-31", "2026-02-30T10:00:00Z", "2026-03-01"])
def test_a_time_that_cannot_be_is_refused(program, promise, due):
    assert refused(program.post(f"promises/{promise.public_id}/renegotiate", due=due)) == (409, "refused")


@pytest.mark.parametrize("name", ["confirm", "correct", "reject", "keep", "break", "undo", "renegotiate"])
def test_nothing_is_done_with_a_promise_that_is_not_there(program, name):
    assert refused(program.post(f"promises/{new_id()}/{name}", due=None)) == (404, "not_found")
