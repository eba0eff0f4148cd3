"""After erasing a person nothing of this person stands anywhere: in no table, index or file, down to the raw bytes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parent / "erasing_one_person.py"
HERS = {"amarantha", "pimpelmees"}


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    environment = {**os.environ, "GEHOOR_HOME": str(home), "DJANGO_SETTINGS_MODULE": "gehoor.settings"}
    environment.pop("GEHOOR_DATABASE", None)
    done = subprocess.run([sys.executable, SCRIPT], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_search_itself_sees_everything_before(found):
    missed = {needle for needle, places in found["before"].items() if not places}
    assert missed == set()
    assert any("sqlite3" in place for place in found["before"]["watersnip"])


def test_nothing_of_the_erased_person_is_left_in_any_table_or_file(found):
    assert {needle: places for needle, places in found["after"].items() if places and needle not in HERS} == {}


def test_nobody_else_loses_anything(found):
    tables = {needle: [place for place in found["after"][needle] if "sqlite3" not in place] for needle in HERS}
    assert all("gehoor_voices_voice" in places for places in tables.values())


def test_the_anonymous_lesson_stays_and_the_act_is_written_down(found):
    assert found["heard"] == [[None, 90.0]]
    assert found["erased"] == ["Collega"]
