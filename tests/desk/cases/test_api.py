"""Cases for programs: the lists, one case, and everything that can be done with one."""

from datetime import timedelta

import pytest
from tests.desk.asking import Program, refused
from tests.desk.cases.conftest import NOW, colleague, conversation, say, someone, tell, waits

from gehoor.kernel.clock import at as standing_at
from gehoor.kernel.ids import new_id
from gehoor.rooms.desk.cases.actions import do_assign, do_note, do_set_priority, do_snooze
from gehoor.rooms.desk.cases.merging import do_merge
from gehoor.rooms.desk.cases.states import do_set_state
from gehoor.rooms.desk.models import Act, Case, Mention
from gehoor.rooms.people.models import Attribution
from gehoor.rooms.privacy.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def program(adviser):
    return Program(adviser)


def ids(answer):
    assert answer.status_code == 200, answer.content
    return [each["id"] for each in answer.json()["cases"]]


def of(*cases):
    return [str(case.public_id) for case in cases]


def test_who_waits_longest_over_time_stands_first_as_on_the_screen(program, browser):
    cases = [waits(f"Vraag {number}?", hours=-number, person=someone()) for number in range(5)]
    told = program.get("cases")
    assert sorted(ids(told)) == sorted(of(*cases))
    on_screen = [str(line.case.public_id) for line in browser.get("/balie/").context["lines"]]
    assert ids(told) == on_screen
    assert told.json()["total"] == 5 and told.json()["next"] is None
    assert told.json()["moved"] == max(Case.objects.values_list("moved", flat=True))


def test_a_line_of_the_list_says_who_and_what_and_how_it_stands(program, adviser):
    person = someone("Mevr. De Vries")
    case = waits("Waar blijft mijn bouwdepot?", person=person)
    do_assign(case, adviser, adviser)
    do_set_priority(case, 4, adviser)
    (line,) = program.get("cases").json()["cases"]
    case.refresh_from_db()
    assert "De Vries" in line["title"]
    assert line["words"] == "Waar blijft mijn bouwdepot?" and line["voices"] == 1
    assert (line["state"], line["priority"], line["channel"]) == ("open", 4, "email")
    assert (line["assignee"], line["assignee_id"]) == ("Anneke Bos", str(adviser.public_id))
    assert line["person"] == str(person.public_id)
    assert line["since"] == case.waits_since.isoformat() and line["moved"] == case.moved
    assert line["merged_into"] is None and line["present"] == []


def test_the_views_are_those_of_the_screen(program, adviser):
    mine, nobodys, solved, spam, later, customer = (waits(f"Vraag {number}?") for number in range(6))
    do_assign(mine, adviser, adviser)
    do_set_state(solved, "solved", adviser)
    do_set_state(spam, "spam", adviser)
    do_set_state(customer, "waiting_customer", adviser)
    do_snooze(later, NOW + timedelta(hours=2), adviser)
    do_note(nobodys, "Kijk jij, @anneke?", colleague("adviser", name="Bas Vos"))
    assert ids(program.get("cases", view="mine")) == of(mine)
    assert ids(program.get("cases", view="nobody")) == of(nobodys)
    assert ids(program.get("cases", view="named")) == of(nobodys)
    assert ids(program.get("cases", view="solved")) == of(solved)
    assert ids(program.get("cases", view="spam")) == of(spam)
    assert ids(program.get("cases", view="snoozed")) == of(later)
    assert ids(program.get("cases", view="customer")) == of(customer)
    assert set(ids(program.get("cases", view="all"))) == set(of(mine, nobodys, solved, later, customer))
    assert Mention.objects.get().seen_at is None


def test_a_view_is_narrowed_by_state_priority_channel_speed_and_person(program, adviser):
    person = someone("Jan Bos")
    letter = waits("Vraag per brief?", channel="letter", person=person)
    urgent = waits("Vraag per mail?")
    do_set_priority(urgent, 3, adviser)
    do_set_state(letter, "waiting_us", adviser)
    assert ids(program.get("cases", state="waiting_us")) == of(letter)
    assert ids(program.get("cases", priority=3)) == of(urgent)
    assert ids(program.get("cases", channel="letter")) == of(letter)
    assert ids(program.get("cases", person=str(person.public_id))) == of(letter)
    speeds = {each["id"]: each["speed"] for each in program.get("cases").json()["cases"]}
    for speed in set(speeds.values()):
        assert ids(program.get("cases", speed=speed)) == [each for each in speeds if speeds[each] == speed]
    assert program.get("cases", channel="letter", priority=4).json()["total"] == 0
    assert refused(program.get("cases", person=str(new_id()))) == (404, "not_found")


@pytest.mark.parametrize("view", ["waiting", "all"])
def test_in_parts_the_list_is_the_same_as_at_once(program, view):
    for number in range(11):
        waits(f"Vraag {number}?", hours=-(number // 2))
    Case.objects.filter(pk__in=list(Case.objects.values_list("pk", flat=True))[:4]).update(due_at=None)
    at_once, found, after = ids(program.get("cases", view=view)), [], ""
    while after is not None:
        part = program.get("cases", view=view, limit=3, after=after)
        found += ids(part)
        after = part.json()["next"]
    assert found == at_once and len(set(found)) == 11


def test_a_case_that_goes_meanwhile_shifts_nothing_in_the_list(program, adviser):
    for number in range(6):
        waits(f"Vraag {number}?", hours=-number)
    at_once = ids(program.get("cases"))
    first = program.get("cases", limit=2)
    do_set_state(Case.objects.get(public_id=at_once[1]), "solved", adviser)
    assert ids(program.get("cases", after=first.json()["next"])) == at_once[2:]
    assert refused(program.get("cases", view="all", after=first.json()["next"])) == (404, "not_a_place")


def test_a_longer_list_asks_no_more_of_the_database(program, django_assert_max_num_queries):
    for number in range(40):
        waits(f"Vraag {number}?", person=someone(f"Klant {number}"))
    program.get("cases", limit=1)
    with django_assert_max_num_queries(17):
        assert len(ids(program.get("cases", limit=40))) == 40


def test_what_moved_since_a_number_comes_in_that_order_until_nothing_is_left(program, adviser):
    first, _, third = (waits(f"Vraag {number}?") for number in range(3))
    number = program.get("cases").json()["moved"]
    assert program.get("cases/moved", since=number).json() == {"cases": [], "moved": number, "more": False}
    do_set_priority(third, 3, adviser)
    do_set_state(first, "spam", adviser)
    told = program.get("cases/moved", since=number).json()
    assert [each["id"] for each in told["cases"]] == of(third, first)
    part = program.get("cases/moved", since=number, limit=1).json()
    assert ([each["id"] for each in part["cases"]], part["more"]) == (of(third), True)
    rest = program.get("cases/moved", since=part["moved"]).json()
    assert ([each["id"] for each in rest["cases"]], rest["more"]) == (of(first), False)
    assert program.get("cases/moved", since=rest["moved"]).json()["cases"] == []


def test_one_case_tells_the_conversation_the_log_the_clocks_and_who_is_there(program, adviser):
    person, thread = someone("Mevr. De Vries"), conversation()
    case = waits("Waar blijft mijn bouwdepot?", person=person, conversation=thread, hours=-4)
    tell("Dat zoek ik uit.", person=person, conversation=thread, hours=-2, adviser="Karin")
    other = colleague("adviser", name="Bas Vos")
    do_note(case, "Bel de taxateur.", other)
    Program(other).post(f"cases/{case.public_id}/presence", writing=True)
    told = program.get(f"cases/{case.public_id}").json()
    said = [(each["kind"], each["text"], each["by"]) for each in told["conversation"]]
    assert said[0][:2] == ("voice", "Waar blijft mijn bouwdepot?")
    assert said[1:] == [("reply", "Dat zoek ik uit.", "Karin"), ("note", "Bel de taxateur.", "Bas Vos")]
    assert told["acts"][0]["kind"] == "note"
    assert "first" in {each["kind"] for each in told["clocks"]}
    assert told["present"] == [{"name": "Bas Vos", "writing": True}]
    assert told["left_out"] == 0 and told["promises"] == []
    lines = AuditEntry.objects.filter(actor=adviser).values_list("action", "public_id")
    assert set(lines) >= {("fetch_case", case.public_id), ("looked", person.public_id)}


def test_each_act_is_done_logged_with_the_users_name_and_undone(program, adviser):
    case, other = waits("Vraag?"), colleague("adviser", name="Bas Vos")

    def act(name, **given):
        told = program.post(f"cases/{case.public_id}/{name}", **given)
        assert told.status_code == 200, told.content
        case.refresh_from_db()
        assert told.json()["case"]["moved"] == case.moved
        return told.json()

    done = [
        act("assignee", colleague=str(other.public_id)),
        act("priority", priority=4),
        act("snooze", until=(NOW + timedelta(days=1)).isoformat()),
        act("about", about="haar bouwdepot"),
        act("speed", speed="matters"),
        act("state", state="waiting_us"),
    ]
    assert (case.assignee, case.priority, case.about, case.state) == (other, 4, "haar bouwdepot", "waiting_us")
    assert case.snoozed_until == NOW + timedelta(days=1) and case.speed_by == adviser
    assert set(Act.objects.filter(public_id__in=[each["act"] for each in done]).values_list("by", flat=True)) == {
        adviser.pk
    }
    for each in reversed(done):
        assert program.post(f"acts/{each['act']}/undo").status_code == 200
    case.refresh_from_db()
    assert (case.assignee, case.priority, case.snoozed_until, case.speed_by) == (None, 2, None, None)
    logged = set(AuditEntry.objects.filter(actor=adviser).values_list("action", flat=True))
    assert {"case.assign", "case.priority", "case.snooze", "case.about", "case.speed", "case.state"} <= logged


def test_what_was_so_already_is_no_act(program):
    case = waits("Vraag?")
    first = program.post(f"cases/{case.public_id}/priority", priority=3).json()
    again = program.post(f"cases/{case.public_id}/priority", priority=3).json()
    assert first["act"] is not None and again["act"] is None
    assert again["case"] == first["case"]
    nobody = program.post(f"cases/{case.public_id}/assignee", colleague=None)
    assert nobody.json()["act"] is None


def test_who_saw_an_older_case_hears_that_somebody_was_first(program, adviser):
    case = waits("Vraag?")
    moved = case.moved
    first = program.post(f"cases/{case.public_id}/state", state="waiting_us", moved=moved)
    assert first.status_code == 200
    for name, given in [
        ("state", {"state": "solved"}),
        ("assignee", {"colleague": str(adviser.public_id)}),
        ("priority", {"priority": 4}),
        ("snooze", {"until": (NOW + timedelta(days=1)).isoformat()}),
        ("notes", {"text": "Gebeld"}),
        ("about", {"about": "iets"}),
        ("speed", {"speed": "matters"}),
        ("merge", {"other": str(waits("Iets anders?").public_id)}),
        ("part", {"voice": str(case.voice.public_id)}),
        ("apart", {"other": str(case.public_id)}),
    ]:
        assert refused(program.post(f"cases/{case.public_id}/{name}", moved=moved, **given)) == (409, "moved_since")
    undo = first.json()["act"]
    assert refused(program.post(f"acts/{undo}/undo", moved=moved)) == (409, "moved_since")
    case.refresh_from_db()
    assert (case.state, case.priority, case.assignee) == ("waiting_us", 2, None)
    assert program.post(f"cases/{case.public_id}/state", state="solved", moved=case.moved).status_code == 200


def test_a_note_that_is_sent_again_with_its_key_is_kept_once(program):
    case = waits("Vraag?")
    given = {"text": "Gebeld, komt terug.", "key": "nota-1"}
    first, again = (program.post(f"cases/{case.public_id}/notes", **given).json() for _ in range(2))
    assert first["act"] == again["act"]
    assert Act.objects.filter(kind="note").count() == 1
    other = program.post(f"cases/{case.public_id}/notes", text="Iets anders", key="nota-1")
    assert refused(other) == (409, "key_used")
    program.post(f"cases/{case.public_id}/notes", text="Gebeld, komt terug.")
    assert Act.objects.filter(kind="note").count() == 2


def test_two_cases_become_one_after_a_look_at_what_that_brings(program):
    person = someone()
    into, goes = waits("Waar blijft het?", person=person, hours=-3), waits("Nogmaals!", person=person)
    look = program.get(f"cases/{into.public_id}/merge/{goes.public_id}").json()
    assert [(each["text"], each["moves"]) for each in look["said"]] == [
        ("Waar blijft het?", False),
        ("Nogmaals!", True),
    ]
    assert look["other_persons"] is False
    done = program.post(f"cases/{into.public_id}/merge", other=str(goes.public_id), other_moved=goes.moved)
    assert program.get(f"cases/{goes.public_id}").json()["merged_into"] == str(into.public_id)
    assert program.get(f"cases/{into.public_id}").json()["voices"] == 2
    assert refused(program.post(f"cases/{into.public_id}/merge", other=str(goes.public_id))) == (409, "refused")
    program.post(f"acts/{done.json()['act']}/undo")
    assert program.get(f"cases/{goes.public_id}").json()["merged_into"] is None


def test_a_merge_that_somebody_was_first_with_in_the_other_case_is_refused(program, adviser):
    into, goes = waits("Waar blijft het?"), waits("Nogmaals!")
    do_set_priority(goes, 4, adviser)
    answer = program.post(
        f"cases/{into.public_id}/merge", other=str(goes.public_id), moved=into.moved, other_moved=goes.moved - 1
    )
    assert refused(answer) == (409, "moved_since")
    assert Case.objects.filter(merged_into=into).count() == 0


def test_one_voice_is_parted_off_into_a_case_of_its_own(program, adviser):
    into, goes = waits("Waar blijft het?", hours=-3), waits("En mijn rente?")
    voice = goes.voice
    do_merge(goes, into, adviser)
    done = program.post(f"cases/{into.public_id}/part", voice=str(voice.public_id)).json()
    assert done["own"]["id"] != str(into.public_id)
    assert program.get(f"cases/{done['own']['id']}").json()["words"] == "En mijn rente?"
    assert refused(program.post(f"cases/{into.public_id}/part", voice=str(voice.public_id))) == (409, "refused")


def test_a_voice_becomes_a_case_once(program):
    voice = say("Hoe laat bent u open?")
    first, again = (program.post("cases", voice=str(voice.public_id)).json() for _ in range(2))
    assert (first["begun"], again["begun"]) == (True, False)
    assert first["case"]["id"] == again["case"]["id"]
    assert refused(program.post("cases", voice=str(new_id()))) == (404, "not_found")


def test_who_is_there_is_said_and_forgotten(program, adviser):
    case, bas = waits("Vraag?"), Program(colleague("adviser", name="Bas Vos"))
    assert program.post(f"cases/{case.public_id}/presence").json()["present"] == []
    told = bas.post(f"cases/{case.public_id}/presence", writing=True).json()
    assert told == {"present": [{"name": "Anneke Bos", "writing": False}], "moved": case.moved}
    assert program.delete(f"cases/{case.public_id}/presence").status_code == 204
    assert bas.post(f"cases/{case.public_id}/presence").json()["present"] == []
    with standing_at(NOW + timedelta(minutes=2)):
        assert program.get(f"cases/{case.public_id}").json()["present"] == []


def test_to_whom_a_case_can_be_given(program, adviser):
    colleague("manager", name="Karel")
    told = program.get("colleagues").json()["colleagues"]
    assert told == [{"id": str(adviser.public_id), "name": "Anneke Bos"}]
    case = waits("Vraag?")
    answer = program.post(f"cases/{case.public_id}/assignee", colleague=str(new_id()))
    assert refused(answer) == (404, "not_found")


@pytest.mark.parametrize(
    ("scopes", "missing"),
    [(["desk:read"], "people:read"), (["people:read"], "desk:read"), (["desk:write", "people:read"], "desk:read")],
)
def test_reading_takes_the_scope_of_the_desk_and_of_people(adviser, scopes, missing):
    case, program = waits("Waar blijft mijn bouwdepot?", person=someone()), Program(adviser, *scopes)
    for path in ("cases", "cases/moved", f"cases/{case.public_id}"):
        answer = program.get(path)
        assert refused(answer) == (403, "scope_missing")
        assert missing in answer.json()["detail"] and "De Vries" not in answer.content.decode()


def test_who_may_only_write_hears_nothing_of_the_customer(adviser):
    case, program = waits("Waar blijft mijn bouwdepot?", person=someone()), Program(adviser, "desk:write")
    answer = program.post(f"cases/{case.public_id}/priority", priority=4)
    assert answer.status_code == 200
    assert "De Vries" not in answer.content.decode() and "bouwdepot" not in answer.content.decode()
    assert "title" not in answer.json()["case"]


def test_reading_is_no_writing(adviser):
    case, program = waits("Vraag?"), Program(adviser, "desk:read", "people:read", "desk:send")
    for name, given in [("state", {"state": "solved"}), ("notes", {"text": "x"}), ("presence", {})]:
        assert refused(program.post(f"cases/{case.public_id}/{name}", **given)) == (403, "scope_missing")
    case.refresh_from_db()
    assert case.state == "new" and not Act.objects.filter(kind="note").exists()


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("state", {}),
        ("state", {"state": "merged"}),
        ("state", {"state": None}),
        ("state", {"state": "solved", "moved": "3"}),
        ("state", {"state": "solved", "moved": -1}),
        ("state", {"state": "solved", "moved": True}),
        ("state", {"state": "solved", "moved": 10**40}),
        ("priority", {"priority": 0}),
        ("priority", {"priority": 5}),
        ("priority", {"priority": "4"}),
        ("priority", {"priority": True}),
        ("priority", {"priority": 2.5}),
        ("assignee", {}),
        ("assignee", {"colleague": "ik"}),
        ("snooze", {}),
        ("snooze", {"until": "morgen"}),
        ("snooze", {"until": "2026-03-04"}),
        ("snooze", {"until": 1772700000}),
        ("notes", {"text": ""}),
        ("notes", {"text": "x" * 10_001}),
        ("notes", {"text": "x", "key": "met spatie"}),
        ("about", {"about": "x" * 201}),
        ("speed", {"speed": "soon"}),
        ("merge", {"other": "x"}),
        ("part", {}),
        ("presence", {"writing": "ja"}),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(program, name, given):
    case = waits("Vraag?")
    acts = Act.objects.count()
    answer = program.post(f"cases/{case.public_id}/{name}", **given)
    assert refused(answer) == (422, "not_understood")
    assert Act.objects.count() == acts


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("snooze", {"until": "2026-02-30T10:00:00Z"}),
        ("snooze", {"until": "0001-01-01T00:00:00+14:00"}),
        ("snooze", {"until": "9999-12-31T23:59:59-12:00"}),
        ("snooze", {"until": "2020-01-01T00:00:00Z"}),
        ("state", {"state": "closed"}),
        ("notes", {"text": " \n "}),
        ("notes", {"text": "\0"}),
        ("about", {"about": "\t"}),
    ],
)
def test_what_cannot_be_is_refused_with_a_reason(program, name, given):
    case = waits("Vraag?")
    acts = Act.objects.count()
    assert refused(program.post(f"cases/{case.public_id}/{name}", **given)) == (409, "refused")
    assert Act.objects.count() == acts


def test_a_null_byte_in_a_note_is_a_space(program):
    case = waits("Vraag?")
    program.post(f"cases/{case.public_id}/notes", text="voor\0na")
    assert Act.objects.get(kind="note").text == "voor na"


@pytest.mark.parametrize("raw", ["", "{", "[]", "null", "false", "0", '"x"', "[" * 50_000])
@pytest.mark.parametrize("name", ["state", "presence"])
def test_a_body_that_is_none_is_refused(program, raw, name):
    """Also where everything in it may be left out."""
    case = waits("Vraag?")
    assert refused(program.send(f"cases/{case.public_id}/{name}", raw)) == (422, "not_understood")


def test_a_whole_number_may_be_written_with_a_point(program):
    case = waits("Vraag?")
    answer = program.send(f"cases/{case.public_id}/priority", f'{{"priority": 4.0, "moved": {case.moved}.0}}')
    assert answer.json()["case"]["priority"] == 4


@pytest.mark.parametrize(
    "path",
    [
        "cases/{}/state",
        "cases/{}/assignee",
        "cases/{}/priority",
        "cases/{}/snooze",
        "cases/{}/notes",
        "cases/{}/about",
        "cases/{}/speed",
        "cases/{}/merge",
        "cases/{}/apart",
        "cases/{}/part",
        "cases/{}/presence",
        "acts/{}/undo",
    ],
)
def test_nothing_is_done_with_what_is_not_there(program, path):
    given = {
        "state": "solved",
        "colleague": None,
        "priority": 1,
        "until": None,
        "text": "x",
        "about": "x",
        "speed": "matters",
        "other": str(new_id()),
        "voice": str(new_id()),
    }
    assert refused(program.post(path.format(new_id()), **given)) == (404, "not_found")


@pytest.mark.parametrize("query", [{"view": "x"}, {"state": "x"}, {"priority": 5}, {"limit": 0}, {"person": "x"}])
def test_a_filter_that_makes_no_sense_is_refused(program, query):
    assert refused(program.get("cases", **query)) == (422, "not_understood")


def test_an_erased_person_is_no_customer_of_a_case_any_more(program):
    case = waits("Vraag?", person=someone("Mevr. De Vries"))
    Attribution.objects.filter(voice=case.voice).update(person=None)
    assert program.get(f"cases/{case.public_id}").json()["person"] is None
