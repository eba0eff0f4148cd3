"""Many who sent the same, for programs."""

import pytest
from tests.desk.asking import Program, refused
from tests.desk.chorus.conftest import ADDED

from gehoor.kernel.ids import new_id
from gehoor.rooms.desk.models import ChorusAnswer

pytestmark = pytest.mark.django_db


@pytest.fixture
def program(adviser):
    return Program(adviser)


@pytest.fixture
def same(many):
    return f"same/{many[0].chorus.public_id}"


def told(answer):
    assert answer.status_code == 200, answer.content
    return answer.json()


def given(**more):
    return {"key": "aan-allen-1", "text": "De boete vervalt per 1 april."} | more


def test_one_line_of_the_list_stands_for_all(program, many):
    (line,) = told(program.get("cases"))["cases"]
    assert line["many"] == {"id": str(many[0].chorus.public_id), "people": 7, "waiting": 7, "own": 1}


def test_who_they_are_and_what_one_added(program, many, same):
    found = told(program.get(same))
    assert (found["people"], found["waiting"], found["heard"], found["dissolved"]) == (7, 7, 0, False)
    assert set(found["cases"]) == {str(each.public_id) for each in many}
    assert [each["passages"] for each in found["own"]] == [[ADDED]]
    assert found["answer"] is None


def test_one_answer_to_all_goes_out_once_and_can_be_stopped(program, same):
    first, again = (told(program.post(f"{same}/answers", **given())) for _ in range(2))
    assert first == again and ChorusAnswer.objects.count() == 1
    assert (first["answer"]["told"], first["answer"]["left"], first["answer"]["ended"]) == (0, 7, None)
    assert refused(program.post(f"{same}/answers", **given(text="Iets anders"))) == (409, "key_used")
    assert refused(program.post(f"{same}/answers", **given(key="aan-allen-2"))) == (409, "refused")
    assert told(program.post(f"{same}/stop"))["answer"]["stopped"] is True
    assert refused(program.post(f"{same}/stop")) == (409, "refused")


def test_one_is_taken_out_and_put_back(program, many, same):
    path = f"cases/{many[2].public_id}/take_out"
    assert refused(program.post(path, moved=many[2].moved - 1)) == (409, "moved_since")
    done = told(program.post(path, moved=many[2].moved))
    assert told(program.get(same))["people"] == 6
    assert told(program.post(path))["act"] is None
    assert program.post(f"acts/{done['act']}/undo").status_code == 200
    assert told(program.get(same))["people"] == 7


def test_they_are_said_to_be_different_things_and_one_after_all(program, same):
    assert told(program.post(f"{same}/dissolve", dissolved=True))["dissolved"] is True
    assert len(told(program.get("cases"))["cases"]) == 7
    assert told(program.post(f"{same}/dissolve", dissolved=False))["dissolved"] is False
    assert len(told(program.get("cases"))["cases"]) == 1


def test_sending_to_all_takes_the_scope_to_send(adviser, same):
    program = Program(adviser, "desk:read", "desk:write", "people:read")
    for name in ("answers", "stop"):
        assert refused(program.post(f"{same}/{name}", **given())) == (403, "scope_missing")
    assert not ChorusAnswer.objects.exists()


def test_what_makes_no_sense_or_is_not_there_is_refused(program, same):
    for wrong in ({"key": "x"}, {"text": ""}, {"then": "closed"}, {"english": None}):
        assert refused(program.post(f"{same}/answers", **given(**wrong))) == (422, "not_understood")
    assert refused(program.post(f"{same}/dissolve", dissolved="ja")) == (422, "not_understood")
    assert refused(program.get(f"same/{new_id()}")) == (404, "not_found")
    for name in ("answers", "stop", "dissolve"):
        assert refused(program.post(f"same/{new_id()}/{name}", **given(dissolved=True))) == (404, "not_found")
    assert refused(program.post(f"cases/{new_id()}/take_out")) == (404, "not_found")
