"""The command line tells what the screens tell."""

import json

import pytest
from click.testing import CliRunner

from gehoor.cli import changes as commands
from gehoor.rooms.changes.actions import do_decide, do_start_change
from gehoor.rooms.changes.models import StepKind


@pytest.fixture
def change(heard, deposit, marketer, monkeypatch):
    monkeypatch.setattr(commands, "open_to_read", lambda: None)
    change = do_start_change(name="Bouwdepot binnen een week", needs=[deposit.public_id], actor=marketer)
    do_decide(change=change, kind=StepKind.NO, reason="Kan technisch niet", actor=marketer)
    return change


def run(*arguments):
    done = CliRunner().invoke(commands.changes, arguments, catch_exceptions=False)
    assert done.exit_code == 0
    return done.stdout


def test_the_list_counts_as_the_board_does(change):
    (row,) = json.loads(run("--json"))["changes"]
    assert (row["id"], row["stage"], row["reason"]) == (str(change.public_id), "no", "Kan technisch niet")
    assert (row["voices"], row["persons"], row["anonymous"], row["to_tell"]) == (4, 2, 1, 2)
    assert "Bouwdepot binnen" in run()


def test_one_change_is_told_with_its_steps_and_needs(change, deposit, marketer):
    shown = json.loads(run("show", str(change.public_id), "--json"))
    assert [need["id"] for need in shown["needs"]] == [str(deposit.public_id)]
    assert [(step["kind"], step["by"], step["undone"]) for step in shown["steps"]] == [("no", marketer.email, False)]
    assert shown["telling"] == {"asked": 2, "told": 0, "waiting": 0, "out_of_reach": 0, "left": 2, "anonymous": 1}
    assert "Kan technisch niet" in run("show", str(change.public_id))
