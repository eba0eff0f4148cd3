"""The running application held to its own document: Schemathesis asks what that allows, and what it does not."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

pytestmark = pytest.mark.all_only

ROOT = Path(__file__).parents[2]
SETTINGS = Path(__file__).with_name("schemathesis.toml")
SECONDS = 90
SCOPES = (
    *("voices:read", "people:read", "needs:read", "answers:read", "answers:check"),
    *("desk:read", "desk:write", "desk:send", "complaints:read", "complaints:write"),
)
AT_THE_DESK = """
import json

import django

django.setup()
from gehoor.rooms.desk.cases.beginning import do_begin_case
from gehoor.rooms.desk.complaints.actions import do_register
from gehoor.rooms.desk.models import Act
from gehoor.rooms.desk.promises.actions import do_promise
from gehoor.rooms.voices.models import Voice

voices = list(Voice.objects.order_by("pk")[:6])
case, other = (do_begin_case(voice, None) for voice in voices[:2])
found = {
    "case": case,
    "other": other,
    "act": Act.objects.earliest("pk"),
    "voice": voices[3],
    "promise": do_promise(None, "Terugbellen over het bouwdepot", None, None, case=case),
    "complaint": do_register(voices[4], None),
}
print(json.dumps({name: str(thing.public_id) for name, thing in found.items()}))
"""
ROWS = "id;tekst;datum;e-mail\n" + "\n".join(
    f'{number};"Ik wacht al {number} weken op het bouwdepot.";{number:02}-03-2026;klant{number}@example.nl'
    for number in range(1, 29)
)


class Running:
    """A home with voices and a token for everything, and the real server on it."""

    def __init__(self, home: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{probe.getsockname()[1]}"
        self._settings = {**os.environ, "GEHOOR_HOME": str(home), "GEHOOR_DATABASE": "", "GEHOOR_LANGUAGE": "nl"}
        self._settings |= {"PYTHONPATH": str(ROOT / "src"), "DJANGO_SETTINGS_MODULE": "gehoor.settings"}
        self.log = home.parent / "serve.log"
        self.config = SETTINGS
        self.token = ""

    def run(self, *words: str) -> str:
        command = [sys.executable, "-m", "gehoor", *words]
        done = subprocess.run(command, env=self._settings, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def prepare(self, code: str) -> dict[str, str]:
        """Run this in the home, with all of Gehoor at hand; the ids that it prints."""
        command = [sys.executable, "-c", code]
        done = subprocess.run(command, env=self._settings, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        assert done.returncode == 0, done.stderr
        found: dict[str, str] = json.loads(done.stdout)
        return found

    def serve(self) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "gehoor", "serve", "--no-worker", "--address", self.address]
        with self.log.open("wb") as log:
            process = subprocess.Popen(command, env=self._settings, stdout=log, stderr=log)
        for _ in range(600):
            try:
                urllib.request.urlopen(f"http://{self.address}/gezond/", timeout=2).close()
            except OSError:
                time.sleep(0.2)
            else:
                return process
        process.terminate()
        pytest.fail("the server did not answer within two minutes")


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    folder = tmp_path_factory.mktemp("api")
    running = Running(folder / "home")
    table = folder / "vragen.csv"
    table.write_text(ROWS, encoding="utf-8")
    running.run("listen", str(table), "--channel", "email", "--yes", "--later")
    ids = running.prepare(AT_THE_DESK)
    running.config = folder / "schemathesis.toml"
    known = "".join(f'"path.{name}" = "{found}"\n' for name, found in ids.items())
    running.config.write_text(f"{SETTINGS.read_text(encoding='utf-8')}\n[parameters]\n{known}", encoding="utf-8")
    running.run("users", "add", "ans@linde.example", "--name", "Ans", "--role", "complaints_officer")
    scopes = [word for scope in SCOPES for word in ("--scope", scope)]
    made = running.run("tokens", "make", "ans@linde.example", "--name", "Proef", *scopes, "--json")
    running.token = json.loads(made)["token"]
    process = running.serve()
    yield running
    process.terminate()
    process.wait(timeout=30)


def test_the_application_does_what_its_document_says_and_never_breaks(running, tmp_path):
    header = f"Authorization: Bearer {running.token}"
    # the check that leaves the token out is ours, on every route (test_routes): its wrong tokens would be slowed down
    command = [
        *(
            str(Path(sys.executable).with_name("st")),
            "--config-file",
            str(running.config),
            "run",
            f"http://{running.address}/api/v1/openapi.json",
        ),
        *("--url", f"http://{running.address}", "--header", header, "--checks", "all"),
        *("--exclude-checks", "ignored_auth", "--max-time", str(SECONDS), "--seed", "7", "--no-color"),
        *("--request-timeout", "60"),
    ]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=SECONDS * 6)
    assert done.returncode == 0, done.stdout[-6_000:] + done.stderr[-2_000:]
    assert "Traceback" not in running.log.read_text(encoding="utf-8", errors="replace")


def test_a_stranger_at_the_running_application_gets_a_problem_and_no_voice(running):
    for path in ("me", "voices", "needs", "desk/cases", "desk/complaints", "nergens"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"http://{running.address}/api/v1/{path}", timeout=10)
        answer = refused.value
        assert answer.code == (404 if path == "nergens" else 401)
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert "bouwdepot" not in answer.read().decode()
