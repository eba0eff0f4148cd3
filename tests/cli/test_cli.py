"""The command line: what it prints, what it refuses, and with which status."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
ROWS = "id;tekst;datum;e-mail;antwoord;medewerker\n" + "\n".join(
    f'{number};"{text}";{day:02}-03-2026;{who}@example.nl;{answer};{adviser}'
    for number, (text, day, who, answer, adviser) in enumerate(
        [
            ("Wanneer wordt mijn bouwdepot uitbetaald?", 1, "anna", "Binnen vijf werkdagen.", "Femke"),
            ("Ik wacht al weken op het bouwdepot, belachelijk.", 2, "bram", "", ""),
            ("De app ligt eruit.", 3, "anna", "", ""),
            ("", 4, "", "", ""),
        ],
        start=1,
    )
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cli") / "home"


def run(home: Path, *words: str, language: str = "nl") -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "GEHOOR_HOME": str(home),
        "GEHOOR_LANGUAGE": language,
        "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "gehoor.settings",
        "GEHOOR_DATABASE": "",
    }
    command = [sys.executable, "-m", "gehoor", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL)


def document(home: Path, *words: str) -> dict[str, Any]:
    done = run(home, *words, "--json")
    assert done.returncode == 0, done.stderr
    parsed = json.loads(done.stdout)
    assert isinstance(parsed, dict)
    return parsed


@pytest.fixture(scope="module")
def table(home: Path) -> Path:
    file = home.parent / "vragen.csv"
    file.write_text(ROWS, encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def listened(home: Path, table: Path) -> dict[str, Any]:
    return document(home, "listen", str(table), "--channel", "email", "--yes")


def test_every_item_falls_in_exactly_one_place(listened: dict[str, Any]) -> None:
    kept = sum(listened[name][state] for name in ("voices", "replies", "broadcasts") for state in ("new", "known"))
    silent = sum(len(listened[name]) for name in ("nothing_said", "waiting", "refused"))
    assert kept + silent == listened["items"] == 5
    assert listened["voices"] == {"new": 3, "known": 0}
    assert listened["replies"] == {"new": 1, "known": 0}
    assert [each["source"] for each in listened["nothing_said"]] == ["vragen.csv:4"]


def test_the_same_file_again_changes_nothing(home: Path, table: Path, listened: dict[str, Any]) -> None:
    before = document(home, "voices")
    again = document(home, "listen", str(table), "--channel", "email", "--yes")
    assert again["voices"] == {"new": 0, "known": 3}
    assert again["items"] == listened["items"]
    assert document(home, "voices") == before


def test_voices_as_the_contract_says(home: Path, listened: dict[str, Any]) -> None:
    found = document(home, "voices", "--query", "bouwdepots")
    assert found["total"] == 2
    voice = next(each for each in found["voices"] if each["source"]["item"] == "1")
    assert set(voice) == {
        "id",
        "channel",
        "said_at",
        "language",
        "kind",
        "text",
        "person",
        "need",
        "asks",
        "source",
        "original",
    }
    assert voice["channel"] == "email"
    assert voice["said_at"].startswith("2026-02-28T23:00") or voice["said_at"].startswith("2026-03-01")
    assert voice["kind"] == "question"
    assert voice["language"] == "nl"
    assert len(voice["original"]) == 64
    assert [ask["text"] for ask in voice["asks"]] == [voice["text"]]
    assert document(home, "voices", "--since", "2026-03-03")["total"] == 1
    assert document(home, "voices", "--limit", "1", "--offset", "1")["voices"][0]["text"].startswith("Ik wacht")


def test_needs_add_up(home: Path, listened: dict[str, Any]) -> None:
    found = document(home, "needs")
    assert found["total"]["voices"] == 3
    assert found["total"]["persons"] == 2
    assert found["unassigned"] == 0
    assert sum(need["customer_minutes"] for need in found["needs"]) == pytest.approx(found["total"]["customer_minutes"])


def test_a_person_by_any_identity(home: Path, listened: dict[str, Any]) -> None:
    anna = document(home, "person", "ANNA@example.nl")
    assert len(anna["voices"]) == 2
    assert len(anna["replies"]) == 1
    assert run(home, "person", "niemand@example.nl", "--json").returncode == 1


def test_a_table_without_mapping_waits_and_can_be_tried_again(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "lijst.csv"
    file.write_text("datum,opmerking\n2026-03-01,Graag een vaste contactpersoon voor ons dossier\n", encoding="utf-8")
    done = run(home, "listen", str(file), "--json")
    assert done.returncode == 1
    waiting = json.loads(done.stdout)["waiting"]
    assert [each["code"] for each in waiting] == ["mapping_needed"]
    assert "text=opmerking" in waiting[0]["remedy"]
    assert len(document(home, "retry")["waiting"]) == 1
    assert document(home, "retry", "--again", "--yes", "--channel", "survey")["voices"]["new"] == 1
    assert document(home, "retry")["waiting"] == []


@pytest.mark.parametrize(
    "words",
    [
        ["listen"],
        ["listen", "bestaat-niet.csv"],
        ["needs", "--level", "0"],
        ["nonsens"],
        ["listen", ".", "--map", "zonder-is"],
    ],
)
def test_wrong_usage_is_status_two(home: Path, words: list[str]) -> None:
    done = run(home, *words)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_an_unknown_channel_is_refused_with_a_sentence(home: Path, table: Path) -> None:
    done = run(home, "listen", str(table), "--channel", "postduif")
    assert done.returncode == 1
    assert "kanaal" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_setting_is_a_sentence(tmp_path: Path) -> None:
    done = run(tmp_path / "home", "needs", language="klingon")
    assert done.returncode == 2
    assert "GEHOOR_LANGUAGE" in done.stderr


def test_doctor_is_well(home: Path) -> None:
    found = document(home, "doctor")
    assert found["ok"]
    assert {"name", "required", "state", "remedy"} == set(found["parts"][0])


def test_a_copy_is_the_same_and_never_overwrites(home: Path, tmp_path: Path, listened: dict[str, Any]) -> None:
    copy = tmp_path / "kopie.tar.gz"
    document(home, "backup", str(copy))
    other = tmp_path / "ander"
    document(other, "restore", str(copy))
    assert document(other, "voices") == document(home, "voices")
    assert document(other, "needs") == document(home, "needs")
    assert run(other, "restore", str(copy)).returncode == 1
    broken = tmp_path / "stuk.tar.gz"
    broken.write_bytes(copy.read_bytes()[:2_000])
    done = run(tmp_path / "derde", "restore", str(broken))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_own_mail_is_a_reply(home: Path, tmp_path: Path) -> None:
    assert run(home, "own", "add", "delinde.example").returncode == 0
    mail = tmp_path / "antwoord.eml"
    mail.write_text(
        "From: Femke <femke@delinde.example>\nTo: anna@example.nl\nSubject: Uw vraag\n"
        "Message-ID: <een@delinde.example>\nDate: Mon, 2 Mar 2026 10:00:00 +0100\n\nHet bouwdepot is vandaag betaald.\n"
    )
    assert document(home, "listen", str(mail))["replies"] == {"new": 1, "known": 0}
    assert len(document(home, "person", "anna@example.nl")["replies"]) == 2


def test_an_early_refusal_speaks_the_language_that_was_set_and_begins_no_home(tmp_path: Path) -> None:
    broken = tmp_path / "kopie.tar.gz"
    broken.write_bytes(b"geen kopie")
    home = tmp_path / "leeg"
    done = run(home, "restore", str(broken))
    assert done.returncode == 1
    assert "beschadigd" in done.stderr
    assert "damaged" not in done.stderr
    assert not home.exists()
    assert "is damaged" in run(home, "restore", str(broken), language="en").stderr


def test_tables_speak_one_language(home: Path, listened: dict[str, Any]) -> None:
    shown = run(home, "voices").stdout
    assert "e-mail" in shown
    assert "Vraag" in shown
    assert "question" not in shown
    assert "Question" in run(home, "voices", language="en").stdout
    assert "Anonieme stemmen" in run(home, "needs").stdout.replace("\n", " ")
    parts = run(home, "doctor").stdout
    assert parts.split()[:2] == ["Onderdeel", "Stand"]
    assert "grouping" not in parts


@pytest.mark.parametrize("called", ["brief", "Brief", "letter"])
def test_a_channel_may_be_called_by_its_dutch_name(home: Path, listened: dict[str, Any], called: str) -> None:
    assert document(home, "voices", "--channel", called)["total"] == 0
    assert document(home, "voices", "--channel", "e-mail")["total"] > 0


def test_users_lists_who_works_here(home: Path) -> None:
    document(home, "users", "add", "jan@linde.example", "--name", "Jan", "--role", "manager")
    assert [each["name"] for each in document(home, "users")["users"]] == ["Jan"]
    assert document(home, "users", "list") == document(home, "users")
    assert run(home, "users").stdout.split()[:3] == ["Naam", "E-mailadres", "Rollen"]


def test_what_was_sent_in_wrongly_is_taken_back(tmp_path: Path) -> None:
    home, file = tmp_path / "home", tmp_path / "vragen.csv"
    file.write_text("nr;vraag\nA1;Waar blijft mijn bouwdepot nou?\n", encoding="utf-8")
    document(home, "listen", str(file), "--channel", "survey", "--map", "text=nr", "--later")
    assert "wordt nog uitgezocht" in run(home, "needs").stderr
    sent = document(home, "arrivals")["arrivals"]
    assert [(each["name"], each["new"]) for each in sent] == [("vragen.csv", 1)]
    refused = run(home, "take-back", sent[0]["id"])
    assert "[j/N]" in refused.stderr
    assert document(home, "voices")["total"] == 1
    short = sent[0]["id"][-8:]
    assert run(home, "arrivals").stdout.split()[-6] == short
    assert run(home, "take-back", short[-3:], "--yes").returncode == 1
    assert document(home, "take-back", short.upper(), "--yes")["voices"] == 1
    assert document(home, "arrivals")["arrivals"] == []
    again = document(home, "listen", str(file), "--channel", "survey", "--map", "text=vraag", "--later")
    assert again["voices"] == {"new": 1, "known": 0}
    assert run(home, "take-back", sent[0]["id"], "--yes").returncode == 1


def test_the_command_line_explains_itself_in_the_language_that_was_set(home: Path) -> None:
    said = run(home, "--help").stdout
    assert "Gehoor hoort wat klanten zeggen" in said
    assert "Opdrachten:" in said
    assert "Toon deze uitleg." in run(home, "sources", "add", "--help").stdout
    refused = run(home, "onzin")
    assert refused.returncode == 2
    assert "De opdracht 'onzin' bestaat niet." in refused.stderr
