"""The worker is killed (SIGKILL) before the final dot, right after it, and with the message lost: each answer goes out
once, and each case knows it."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from tests.channels.smtp_server import MailServer
from tests.sending.telling import Post, Worker, ask, states, surroundings, wait_until_told

ANSWERS = 20


@pytest.fixture
def answered(tmp_path):
    home, copies = tmp_path / "organisation", tmp_path / "copies"
    home.mkdir()
    copies.mkdir()
    server = MailServer()
    moments = [""] * ANSWERS
    for place, kind in {3: "before", 7: "taken", 11: "lost", 14: "taken"}.items():
        moments[place] = kind
    post = Post(server, copies, moments)
    program = [sys.executable, str(Path(__file__).with_name("killed.py")), "prepare"]
    subprocess.run(
        [*program, str(ANSWERS), str(server.port), str(copies)], env=surroundings(home), check=True, timeout=300
    )
    yield home, post
    server.close()


def test_each_answer_goes_out_exactly_once_whenever_the_worker_is_killed(answered):
    home, post = answered
    worker = post.worker = Worker(home)
    try:
        assert wait_until_told(home, "email", worker, 500), states(home, "email")
    finally:
        worker.end()
    assert set(post.happened) == {"before", "taken", "lost"} and worker.kills >= 3
    assert post.got == Counter(f"klant{number}@example.org" for number in range(ANSWERS))
    assert ask(home, "SELECT count(*), count(DISTINCT native_id) FROM gehoor_voices_reply") == [(ANSWERS, ANSWERS)]
    went = "SELECT count(*) FROM gehoor_desk_answer WHERE went_at IS NOT NULL AND reply_id IS NOT NULL"
    assert ask(home, went) == [(ANSWERS,)]
    assert ask(home, "SELECT state, count(*) FROM gehoor_desk_case GROUP BY state") == [("waiting_customer", ANSWERS)]
