"""The register of complaints for programs."""

import csv
import io
import json
from datetime import timedelta

import pytest
from tests.desk.asking import Program, refused
from tests.desk.cases.conftest import NOW, colleague, someone
from tests.desk.complaints.conftest import complain, later

from gehoor.kernel.ids import new_id
from gehoor.rooms.desk.complaints.actions import do_register, do_register_by_hand
from gehoor.rooms.desk.complaints.drawing_up import Entry
from gehoor.rooms.desk.models import Complaint, ComplaintStep
from gehoor.rooms.privacy.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def program(officer):
    return Program(officer)


@pytest.fixture
def complaint(officer):
    return do_register(complain(), officer)


def told(answer):
    assert answer.status_code == 200, answer.content
    return answer.json()


def about(answer):
    return [each["about"] for each in told(answer)["complaints"]]


def by_hand(officer, text, days=0):
    return do_register_by_hand(Entry(NOW - timedelta(days=days), text), officer)


def test_a_voice_is_registered_with_whose_it_is_and_the_last_day(program, officer):
    voice = complain()
    made = told(program.post("complaints", voice=str(voice.public_id)))
    assert (made["name"], made["voice"], made["final_answer_by"]) == ("Jan Bos", str(voice.public_id), "2026-04-28")
    assert (made["days_left"], made["nearness"], made["outcome"]) == (56, None, None)
    assert refused(program.post("complaints", voice=str(voice.public_id))) == (409, "refused")
    entry = AuditEntry.objects.get(action="complaint.register")
    assert (entry.actor, str(entry.public_id)) == (officer, made["id"])


def test_one_that_stands_in_no_voice_is_registered_once_for_each_key(program):
    person = someone("Mevr. Pot")
    given = {"received": "2026-03-02T10:00:00+01:00", "about": "Aan de balie gezegd", "key": "klacht-1"}
    given |= {"name": "Mevr. Pot", "person": str(person.public_id)}
    first, again = (told(program.post("complaints", **given)) for _ in range(2))
    assert first == again and Complaint.objects.count() == 1
    assert (first["person"], first["voice"], first["received"]) == (
        str(person.public_id),
        None,
        "2026-03-02T10:00:00+01:00",
    )
    assert refused(program.post("complaints", **{**given, "about": "Iets anders"})) == (409, "key_used")
    for wrong in ({}, {"about": "x"}, {"received": given["received"]}, {**given, "received": "2027-01-01T10:00:00Z"}):
        assert refused(program.post("complaints", **{**wrong, "key": ""})) == (409, "refused")
    assert refused(program.post("complaints", voice=str(new_id()))) == (404, "not_found")


def test_what_is_proposed_is_registered_at_once_or_passed(program):
    first, second = complain("Ik ben boos."), complain("Ik wacht al weken!")
    offered = told(program.get("complaints/proposed"))
    assert offered["total"] == 2
    assert {each["voice"] for each in offered["proposed"]} == {str(first.public_id), str(second.public_id)}
    path = f"complaints/proposed/{second.public_id}/passed"
    for _ in range(2):
        assert told(program.put(path)) == {"voice": str(second.public_id), "passed": True}
    assert [each["text"] for each in told(program.get("complaints/proposed"))["proposed"]] == ["Ik ben boos."]
    for _ in range(2):
        assert told(program.delete(path))["passed"] is False
    assert told(program.get("complaints/proposed", limit=1))["total"] == 2
    assert told(program.post("complaints/proposed/register")) == {"registered": 2}
    assert told(program.post("complaints/proposed/register")) == {"registered": 0}
    assert refused(program.put(path)) == (409, "refused")
    assert refused(program.put(f"complaints/proposed/{new_id()}/passed")) == (404, "not_found")


def test_the_register_is_filtered_as_on_the_screen(program, officer):
    by_hand(officer, "Van vorig jaar", days=400)
    new = by_hand(officer, "Van nu")
    assert about(program.get("complaints")) == ["Van nu", "Van vorig jaar"]
    assert about(program.get("complaints", year=2025)) == ["Van vorig jaar"]
    assert about(program.get("complaints", stand="soon")) == ["Van vorig jaar"]
    told(program.post(f"complaints/{new.public_id}/answer", outcome="partly", handling="Hersteld"))
    told(program.post(f"complaints/{new.public_id}/lesson", cause="Te laat", lesson="Sneller bellen"))
    for asked in ({"stand": "answered"}, {"outcome": "partly"}, {"cause": "Te laat"}):
        assert about(program.get("complaints", **asked)) == ["Van nu"]
    for asked in ({"stand": "open"}, {"outcome": "none"}, {"cause": "none"}):
        assert about(program.get("complaints", **asked)) == ["Van vorig jaar"]
    assert told(program.get("complaints", year=1900))["total"] == 0


def test_in_parts_the_register_is_the_same_as_at_once(program, officer, django_assert_max_num_queries):
    for number in range(11):
        by_hand(officer, f"Klacht {number}", days=number // 3)
    with django_assert_max_num_queries(10):
        at_once = about(program.get("complaints"))
    found, after = [], ""
    while after is not None:
        part = program.get("complaints", limit=4, after=after)
        found += about(part)
        after = told(part)["next"]
    assert found == at_once and len(set(found)) == told(part)["total"] == 11


def test_a_complaint_is_handled_to_the_lesson_and_each_step_undone(program, officer, complaint):
    path = f"complaints/{complaint.public_id}"
    assert told(program.post(f"{path}/acknowledge"))["acknowledged"] is not None
    answered = told(program.post(f"{path}/answer", outcome="upheld", handling="Hersteld en vergoed"))
    assert (answered["outcome"], answered["handling"], answered["in_time"]) == ("upheld", "Hersteld en vergoed", True)
    assert answered["days_left"] is None
    learned = told(program.post(f"{path}/lesson", cause="Te lang gewacht", lesson="Sneller bellen"))
    assert [each["kind"] for each in learned["steps"]] == ["learn", "answer", "acknowledge", "register"]
    assert {each["by"] for each in learned["steps"]} == {"Karin Bos"}
    for _ in range(3):
        undone = told(program.post(f"{path}/undo"))
    assert (undone["acknowledged"], undone["outcome"], undone["cause"]) == (None, None, "")
    assert refused(program.post(f"{path}/undo")) == (409, "refused")
    logged = set(AuditEntry.objects.filter(actor=officer).values_list("action", flat=True))
    assert {"complaint.acknowledge", "complaint.answer", "complaint.learn", "complaint.undo"} <= logged


def test_correcting_changes_only_what_is_given(program, complaint):
    path = f"complaints/{complaint.public_id}/correct"
    moved = told(program.post(path, received="2026-03-01T12:00:00+01:00", address="Dorpsstraat 1"))
    assert (moved["final_answer_by"], moved["address"], moved["name"]) == ("2026-04-26", "Dorpsstraat 1", "Jan Bos")
    assert told(program.post(path, official=False))["official"] is False
    assert told(program.post(path, name=""))["name"] == ""
    assert refused(program.post(path, about=" ")) == (409, "refused")


def test_a_line_that_was_registered_by_mistake_stays_and_says_so(program, complaint):
    path = f"complaints/{complaint.public_id}"
    assert told(program.post(f"{path}/remove", why="Dubbel"))["removed"] is True
    assert about(program.get("complaints", stand="removed")) == [complaint.about]
    assert refused(program.post(f"{path}/acknowledge")) == (409, "refused")
    assert told(program.post(f"{path}/undo"))["removed"] is False


def test_who_saw_an_older_line_hears_that_somebody_was_first(program, complaint):
    path = f"complaints/{complaint.public_id}"
    version = told(program.get(path))["version"]
    told(program.post(f"{path}/acknowledge", version=version))
    for name, given in [
        ("acknowledge", {}),
        ("answer", {"outcome": "upheld", "handling": "x"}),
        ("lesson", {"cause": "x"}),
        ("correct", {"name": "x"}),
        ("remove", {"why": "x"}),
        ("undo", {}),
    ]:
        assert refused(program.post(f"{path}/{name}", version=version, **given)) == (409, "changed_since")
    assert ComplaintStep.objects.count() == 2
    assert told(program.post(f"{path}/undo", version=version + 1))["version"] == version + 2


def test_the_file_is_csv_or_json_and_stands_in_the_trail(program, officer):
    do_register(complain("=HYPERLINK(1)"), officer)
    by_hand(officer, "Van vorig jaar", days=400)
    answer = program.get("complaints/export")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert [row["about"] for row in rows] == ["'=HYPERLINK(1)", "Van vorig jaar"]
    lines = program.get("complaints/export", form="json", year=2025)
    assert lines["Content-Type"] == "application/json"
    written = json.loads(b"".join(lines.streaming_content))
    assert (written["version"], [each["about"] for each in written["complaints"]]) == (1, ["Van vorig jaar"])
    assert AuditEntry.objects.filter(action="complaint.export", actor=officer).count() == 2
    assert refused(program.get("complaints/export", form="exe")) == (422, "not_understood")


def test_looking_at_one_stands_in_the_trail(program, officer, complaint):
    with later(50):
        line = told(program.get(f"complaints/{complaint.public_id}"))
    assert (line["days_left"], line["nearness"]) == (6, "week")
    assert AuditEntry.objects.filter(action="complaint.look", actor=officer, public_id=complaint.public_id).exists()


@pytest.mark.parametrize("role", ["adviser", "marketer", "manager", "answer_editor", "privacy_officer"])
def test_nobody_but_who_keeps_the_register_sees_anything_of_it(role, complaint):
    program = Program(colleague(role, name="Karel"))
    for path in ("complaints", "complaints/export", "complaints/proposed", f"complaints/{complaint.public_id}"):
        answer = program.get(path)
        assert refused(answer) == (403, "not_allowed")
        assert "Jan Bos" not in answer.content.decode()
    assert refused(program.post(f"complaints/{complaint.public_id}/acknowledge")) == (403, "not_allowed")


def test_the_register_takes_its_scopes(officer, complaint):
    reads = Program(officer, "complaints:read", "people:read")
    assert reads.get("complaints").status_code == 200
    assert refused(reads.post(f"complaints/{complaint.public_id}/acknowledge")) == (403, "scope_missing")
    for program in (Program(officer, "complaints:read"), Program(officer, "desk:read", "people:read")):
        assert refused(program.get("complaints")) == (403, "scope_missing")
    assert Complaint.objects.get().acknowledged_at is None


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("answer", {}),
        ("answer", {"outcome": "won", "handling": "x"}),
        ("answer", {"outcome": "upheld", "handling": ""}),
        ("answer", {"outcome": "upheld", "handling": "x" * 10_001}),
        ("acknowledge", {"at": "2026-03-03"}),
        ("acknowledge", {"version": True}),
        ("lesson", {"cause": "x" * 301}),
        ("correct", {"official": "ja"}),
        ("remove", {}),
    ],
)
def test_what_makes_no_sense_is_refused(program, complaint, name, given):
    assert refused(program.post(f"complaints/{complaint.public_id}/{name}", **given)) == (422, "not_understood")
    assert ComplaintStep.objects.count() == 1


@pytest.mark.parametrize("at", ["2026-03-04T10:00:00Z", "2026-01-01T10:00:00Z", "2026-02-31T10:00:00Z"])
def test_a_moment_that_cannot_be_is_refused(program, complaint, at):
    assert refused(program.post(f"complaints/{complaint.public_id}/acknowledge", at=at)) == (409, "refused")


@pytest.mark.parametrize("name", ["acknowledge", "answer", "lesson", "correct", "remove", "undo"])
def test_nothing_is_done_with_a_complaint_that_is_not_there(program, name):
    given = {"outcome": "upheld", "handling": "x", "why": "x"}
    assert refused(program.post(f"complaints/{new_id()}/{name}", **given)) == (404, "not_found")


def test_a_null_byte_is_a_space(program, complaint):
    told(program.post(f"complaints/{complaint.public_id}/lesson", cause="Te\0laat", lesson=""))
    assert Complaint.objects.get().cause == "Te laat"
