"""Tells many people over three channels with the real worker and a real mail server, and kills the worker twice.

    python benchmarks/telling.py [PEOPLE] [KILLS]

Of every five people three get mail, one a letter, one a call. The mail server counts who got what; a copy of each mail
comes back through a watched folder. Prints one line a figure; ``telling.md`` holds the last ones.
"""

import random
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "src")]

from tests.channels.smtp_server import MailServer  # noqa: E402
from tests.sending.telling import Post, Worker, ask, run_here, states, wait_until_told  # noqa: E402

LONGEST = 3_600


def main(people: int, kills: int) -> None:
    """Tell them all, and say how that went."""
    with tempfile.TemporaryDirectory() as folder:
        home, copies = Path(folder) / "organisation", Path(folder) / "copies"
        home.mkdir()
        copies.mkdir()
        server = MailServer()
        try:
            post = Post(server, copies)
            took(
                f"{people} people, and their run planned",
                lambda: run_here(home, "prepare", people, server.port, copies),
            )
            worker = Worker(home)
            stop = threading.Event()
            killer = threading.Thread(target=kill_at_random, args=(worker, post, people * 3 // 5, kills, stop))
            killer.start()
            unsure: set[int] = set()
            watcher = threading.Thread(target=watch, args=(home, unsure, stop), daemon=True)
            watcher.start()
            began = time.monotonic()
            done = wait_until_told(home, "email", worker, LONGEST)
            seconds = time.monotonic() - began
            stop.set()
            killer.join()
            worker.end()
            took("letters printed and posted", lambda: run_here(home, "letters"))
            took("calls noted", lambda: run_here(home, "calls"))
            report(home, post, seconds, worker.kills, len(unsure), done=done)
        finally:
            server.close()


def took(what: str, work: object) -> None:
    """Do it and say how long it took."""
    began = time.monotonic()
    work()  # type: ignore[operator]
    print(f"{what}: {time.monotonic() - began:.1f} s", flush=True)


def kill_at_random(worker: Worker, post: Post, mails: int, kills: int, stop: threading.Event) -> None:
    """Kill the worker when so many mails went out, chosen beforehand, at whatever it is doing then."""
    chance = random.Random(11)
    for at in sorted(chance.sample(range(mails // 10, mails * 9 // 10), kills)):
        while sum(post.got.values()) < at and not stop.is_set():
            time.sleep(chance.uniform(0.001, 0.02))
        if not stop.is_set():
            worker.kill()


def watch(home: Path, unsure: set[int], stop: threading.Event) -> None:
    """Note who ever was unsure."""
    while not stop.is_set():
        unsure |= {row[0] for row in ask(home, "SELECT id FROM gehoor_sending_delivery WHERE state = 'unsure'")}
        time.sleep(0.5)


def report(home: Path, post: Post, seconds: float, kills: int, unsure: int, *, done: bool) -> None:
    """The figures."""
    addresses = [row[0] for row in ask(home, "SELECT address FROM gehoor_sending_delivery WHERE channel = 'email'")]
    told = Counter(post.got[each] for each in addresses)
    print(f"mail: {len(addresses)} in {seconds:.1f} s ({len(addresses) / seconds:.1f} a second), {kills} kills")
    print(f"unsure meanwhile, and settled by the copies: {unsure}; all told: {done}")
    print(f"times that the server took a mail for someone: {dict(told)}")
    print(f"letters: {states(home, 'letter')}, calls: {states(home, 'call')}")
    jobs = ask(home, "SELECT count(*), count(DISTINCT job_id) FROM gehoor_sending_delivery WHERE channel = 'letter'")
    print(f"letters and print jobs: {jobs[0]}")
    replies = "SELECT channel, count(*), count(DISTINCT native_id) FROM gehoor_voices_reply GROUP BY channel"
    print(f"replies on dossiers (all, different): {ask(home, replies)}")


if __name__ == "__main__":
    given = [int(each) for each in sys.argv[1:3]]
    main(given[0] if given else 5_000, given[1] if len(given) > 1 else 2)
