"""A second opinion is asked only where the rules cannot tell, and counts only with its quotes."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from gehoor.rooms.answers.given.judging import judge
from gehoor.rooms.answers.given.second_opinion import second_opinion

QUESTION = "Hoe snel krijg ik antwoord?"
ANSWERS = ["Meestal hebt u binnen 5 werkdagen antwoord.", "Doorgaans duurt het zo'n zes weken voordat wij antwoorden."]
CLASH = {"verdict": "contradict", "quote_a": "binnen 5 werkdagen", "quote_b": "zo'n zes weken"}


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(asked)
        says = dict(self.server.says)
        if json.loads(asked["messages"][1]["content"])["a"] != ANSWERS[0]:
            says["quote_a"], says["quote_b"] = says["quote_b"], says["quote_a"]
        self.send_response(self.server.status)
        self.end_headers()
        said = {"choices": [{"message": {"content": json.dumps(says)}}]}
        self.wfile.write(json.dumps(said).encode())

    def log_message(self, *_):
        pass


@pytest.fixture
def server(monkeypatch):
    made = HTTPServer(("127.0.0.1", 0), Handler)
    made.asked, made.status, made.says = [], 200, CLASH
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    monkeypatch.setenv("GEHOOR_JUDGE", f"http://127.0.0.1:{made.server_port}/v1#klein")
    yield made
    made.shutdown()
    thread.join()


@pytest.fixture
def unsure():
    judged = judge(QUESTION, ANSWERS)
    assert judged.verdict == "cannot_tell"
    return judged


def test_a_clash_with_quotes_that_stand_there_counts(server, unsure):
    found = second_opinion(QUESTION, ANSWERS, unsure)
    assert found.verdict == "contradict"
    assert [at for at, _ in found.clashes[0].values] and {at for at, _ in found.clashes[0].values} == {0, 1}
    assert [asked["model"] for asked in server.asked] == ["klein"]


def test_quotes_that_stand_nowhere_count_for_nothing(server, unsure):
    server.says = {**CLASH, "quote_b": "zeven maanden"}
    assert second_opinion(QUESTION, ANSWERS, unsure) == unsure


def test_a_server_that_fails_changes_nothing(server, unsure):
    server.status = 500
    assert second_opinion(QUESTION, ANSWERS, unsure) == unsure


def test_what_the_rules_can_tell_is_not_sent(server):
    told = ["U mag 10% aflossen.", "U mag 20% aflossen."]
    judged = judge("Hoeveel procent mag ik aflossen?", told)
    assert second_opinion("Hoeveel procent mag ik aflossen?", told, judged) == judged
    assert server.asked == []


def test_without_a_setting_nobody_is_asked(unsure, monkeypatch):
    monkeypatch.delenv("GEHOOR_JUDGE", raising=False)
    assert second_opinion(QUESTION, ANSWERS, unsure) == unsure
