"""The judge elsewhere: a real server on the loopback that is right, that lies, and that breaks."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from gehoor.analysis.agreement import FactKind, Verdict, compare
from gehoor.analysis.agreement.server import JudgeFailed, ServerJudge
from gehoor.kernel.errors import SettingError

QUESTION = "Hoe snel krijg ik antwoord?"
A = "Meestal hebt u binnen 5 werkdagen antwoord."
B = "Doorgaans duurt het zo'n zes weken voordat wij antwoorden."
RIGHT = {"verdict": "contradict", "quote_a": "binnen 5 werkdagen", "quote_b": "zo'n zes weken"}


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.path, self.headers.get("Authorization"), asked))
        status, body = self.server.gives
        self.send_response(status)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_):
        pass


@pytest.fixture
def server():
    made = HTTPServer(("127.0.0.1", 0), Handler)
    made.asked = []
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


def says(server, content, status=200):
    text = content if isinstance(content, str) else json.dumps(content)
    server.gives = status, json.dumps({"choices": [{"message": {"content": text}}]})


def judge(server):
    return ServerJudge(f"http://127.0.0.1:{server.server_port}/v1", "judge-1", "secret")


def test_the_rules_alone_cannot_tell_this_pair():
    assert compare(A, B, QUESTION).verdict is Verdict.CANNOT_TELL


def test_a_clash_that_is_quoted_from_both_is_accepted(server):
    says(server, f"```json\n{json.dumps(RIGHT)}\n```")
    found = judge(server).compare(A, B, QUESTION)
    assert (found.verdict, found.why) == (Verdict.CONTRADICT, "judge_period")
    (clash,) = found.clashes
    assert clash.kind is FactKind.PERIOD
    assert (A[clash.a.start : clash.a.end], B[clash.b.start : clash.b.end]) == ("5 werkdagen", "zes weken")
    ((path, key, asked),) = server.asked
    assert (path, key, asked["model"]) == ("/v1/chat/completions", "Bearer secret", "judge-1")
    assert json.loads(asked["messages"][1]["content"]) == {"question": QUESTION, "a": A, "b": B}


@pytest.mark.parametrize(
    "said",
    [
        RIGHT | {"quote_a": "binnen 6 werkdagen"},
        RIGHT | {"quote_b": ""},
        RIGHT | {"quote_b": "voordat wij antwoorden"},
        RIGHT | {"quote_a": ["binnen 5 werkdagen"]},
        RIGHT | {"verdict": "agree"},
        RIGHT | {"verdict": None},
        "They contradict.",
        "[1, 2]",
        "{not json}",
        "",
        "{" * 5000 + "}",
    ],
)
def test_anything_but_a_quoted_clash_leaves_it_at_cannot_tell(server, said):
    says(server, said)
    assert judge(server).compare(A, B, QUESTION).verdict is Verdict.CANNOT_TELL


def test_what_the_rules_can_tell_is_never_asked(server):
    says(server, RIGHT)
    found = judge(server).compare("De termijn is 3 weken.", "De termijn is 5 weken.", "Wat is de termijn?")
    assert found.verdict is Verdict.CONTRADICT
    assert server.asked == []


@pytest.mark.parametrize(
    "gives",
    [
        (500, "{}"),
        (200, "no json"),
        (200, "{}"),
        (200, '{"choices": []}'),
        (200, '{"choices": [{"message": {"content": 1}}]}'),
    ],
)
def test_a_server_that_breaks_is_named_as_such(server, gives):
    server.gives = gives
    with pytest.raises(JudgeFailed):
        judge(server).compare(A, B, QUESTION)


def test_no_server_is_named_as_such():
    with pytest.raises(JudgeFailed):
        ServerJudge("http://127.0.0.1:9", "judge-1").compare(A, B, QUESTION)


def test_an_address_without_http_is_refused():
    with pytest.raises(SettingError):
        ServerJudge("localhost:8000/v1", "judge-1")
