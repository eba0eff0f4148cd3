"""Everyone is told exactly once, although the worker is killed again and again, right before and after the last step
too; and so are letters and calls."""

import random
import signal
import time
from collections import Counter

import pytest
from tests.channels.smtp_server import MailServer
from tests.sending.telling import Post, Worker, ask, begin, run_here, states, wait_until_told

pytestmark = pytest.mark.all_only
PEOPLE = 400
KILLS_AT_MESSAGES = 3
"""Of each kind."""


@pytest.fixture
def telling(tmp_path):
    home, copies = tmp_path / "organisation", tmp_path / "copies"
    home.mkdir()
    copies.mkdir()
    chance = random.Random(5)
    mails = PEOPLE * 3 // 5
    moments = [""] * mails
    for kind, place in zip(
        ["before", "taken", "lost"] * KILLS_AT_MESSAGES,
        chance.sample(range(mails // 6, mails), 3 * KILLS_AT_MESSAGES),
        strict=True,
    ):
        moments[place] = kind
    server = MailServer()
    post = Post(server, copies, moments)
    run_here(home, "prepare", PEOPLE, server.port, copies)
    yield home, post
    server.close()


def test_everyone_is_told_exactly_once(telling):
    home, post = telling
    worker = post.worker = Worker(home)
    try:
        assert wait_until_told(home, "email", worker, 600), states(home, "email")
    finally:
        worker.end()
    assert set(post.happened) == {"before", "taken", "lost"}
    assert worker.kills >= 8
    addresses = [row[0] for row in ask(home, "SELECT address FROM gehoor_sending_delivery WHERE channel = 'email'")]
    assert post.got == Counter(addresses)
    replies = "SELECT native_id, count(*) FROM gehoor_voices_reply WHERE channel = 'email' GROUP BY native_id"
    assert sorted(Counter(row[1] for row in ask(home, replies)).items()) == [(1, len(addresses))]
    assert ask(home, "SELECT count(*) FROM gehoor_voices_voice") == [(PEOPLE,)]


@pytest.mark.parametrize("channel", ["letter", "call"])
def test_letters_and_calls_are_told_exactly_once_however_often_it_is_cut_off(telling, channel):
    home, _ = telling
    chance, kills = random.Random(7), 0
    for _ in range(4):
        process = begin(home, f"{channel}s")
        time.sleep(chance.uniform(1.5, 4.0))
        process.send_signal(signal.SIGKILL)
        kills += process.wait() == -signal.SIGKILL
    run_here(home, f"{channel}s")
    assert kills
    assert states(home, channel) == {"sent": PEOPLE // 5}
    assert ask(home, f"SELECT count(*) FROM gehoor_voices_reply WHERE channel = '{channel}'") == [(PEOPLE // 5,)]
    if channel == "letter":
        jobs = ask(
            home, "SELECT job_id, count(*) FROM gehoor_sending_delivery WHERE channel = 'letter' GROUP BY job_id"
        )
        assert [count for _, count in jobs] == [40, 40]
    else:
        tries = ask(home, "SELECT delivery_id, count(*) FROM gehoor_sending_calltry GROUP BY delivery_id")
        assert [count for _, count in tries] == [1] * (PEOPLE // 5)
