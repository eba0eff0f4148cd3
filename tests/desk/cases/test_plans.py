"""No screen of the desk reads through all that was ever said: the plans that SQLite makes for what they ask."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from tests.desk.cases.conftest import conversation, look, someone, waits

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="other databases choose their plans by what they hold"),
]
SCANS = ("SCAN gehoor_voices_", "SCAN gehoor_desk_case", "SCAN gehoor_people_attribution", "SCAN gehoor_people_person")
DESK = "/balie/"
SPARSE = "FROM gehoor_desk_case WHERE gehoor_desk_case.merged_into_id IN"
"""What was merged into a case is found by that, and is little."""


@contextmanager
def plans() -> Iterator[list[tuple[str, str]]]:
    """What is asked, and how it is found, of everything that is asked meanwhile."""
    asked, found = [], []

    def listen(execute, sql, params, many, context):
        if sql.startswith("SELECT") and not many:
            asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        yield found
    with connection.cursor() as cursor:
        for sql, params in asked:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
            found += [(sql.replace('"', ""), row[3]) for row in cursor.fetchall()]


def reads_through_all(sql: str, step: str) -> bool:
    """Whether a step of a plan goes by far more rows than it is asked for."""
    if "merged_into_id=?" in step:
        return "gehoor_desk_case " in step and SPARSE not in sql
    return step.startswith(SCANS) or "INDEX voice_by_channel (channel=?)" in step


@pytest.mark.parametrize("page", ["list", "case"])
def test_nothing_is_found_by_reading_through_all(browser, page: str) -> None:
    case = waits(conversation=conversation(), person=someone())
    look()
    with plans() as found:
        assert browser.get({"list": DESK, "case": f"{DESK}{case.public_id}/"}[page]).status_code == 200
    assert found
    assert not [each for each in found if reads_through_all(*each)]
