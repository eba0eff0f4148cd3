"""The command line of the book."""

import json
import os
import subprocess
import sys

import pytest


@pytest.fixture
def gehoor(tmp_path):
    home = tmp_path / "home"

    def run(*words):
        environment = {**os.environ, "GEHOOR_HOME": str(home), "GEHOOR_LANGUAGE": "en", "COLUMNS": "120"}
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        command = [sys.executable, "-m", "gehoor", *words]
        return subprocess.run(command, env=environment, capture_output=True, text=True, cwd=tmp_path, check=False)

    return run


@pytest.mark.all_only
def test_answers_are_taken_in_listed_shown_and_written(gehoor, tmp_path):
    (tmp_path / "faq.csv").write_text("vraag,antwoord\nMag ik boetevrij aflossen?,Ja: 10%.\n,x\n", encoding="utf-8")
    done = gehoor("answers", "import", "faq.csv", "--later", "--json")
    summary = json.loads(done.stdout)
    assert (done.returncode, summary["new"], [each["place"] for each in summary["unread"]]) == (1, 1, ["row 2"])
    listed = json.loads(gehoor("answers", "list", "--json").stdout)["answers"]
    assert [each["question"] for each in listed] == ["Mag ik boetevrij aflossen?"]
    shown = json.loads(gehoor("answers", "show", listed[0]["id"][-8:], "--json").stdout)
    assert [each["number"] for each in shown["versions"]] == [1]
    assert gehoor("answers", "export", "boek.md").returncode == 0
    again = json.loads(gehoor("answers", "import", "boek.md", "--later", "--json").stdout)
    assert (again["known"], again["new"]) == (1, 0)
    assert "boetevrij" in gehoor("answers").stdout


@pytest.mark.all_only
def test_a_table_without_questions_is_refused_with_what_to_do(gehoor, tmp_path):
    (tmp_path / "lijst.csv").write_text("naam,bedrag\nAns,10\nBert,20\n", encoding="utf-8")
    done = gehoor("answers", "import", "lijst.csv")
    assert done.returncode == 1 and "bedrag" in done.stderr and "--map" in done.stderr
    assert gehoor("answers", "export", "boek.exe").returncode == 2
