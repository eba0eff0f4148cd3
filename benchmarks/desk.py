"""How long the desk takes with many cases: the list, what moved in it, and the page of a case.

    GEHOOR_HOME=/tmp/desk python benchmarks/desk.py --screens [--cases 100000]

Fills a home of its own (made new where it is empty) with cases through the models, then asks each page as a browser
does, five times, and tells the median and the slowest in milliseconds.
"""

import argparse
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gehoor.settings")

TIMES = 5
STATES = (("new", 2), ("open", 2), ("waiting_us", 1), ("waiting_customer", 2), ("solved", 3), ("closed", 90))
SAID = ("Waar blijft mijn bouwdepot?", "Mag ik boetevrij aflossen?", "De app doet het niet.", "Wanneer hoor ik iets?")


def fill(many: int) -> None:
    """Cases of persons with some voices each, most of them long closed."""
    from gehoor.kernel.ids import content_hash
    from gehoor.rooms.desk.models import Act, Case, CaseVoice, LookedAtVoice
    from gehoor.rooms.people.models import Attribution, Person
    from gehoor.rooms.voices.models import Ask, Conversation, Original, Understanding, Voice

    draw, now = random.Random(7), datetime.now(UTC)
    original = Original.objects.create(sha256=content_hash(b"x"), media_type="text/plain", size=1, data=b"x")
    states = [state for state, share in STATES for _ in range(share)]
    for begin in range(0, many, 5_000):
        some = range(begin, min(begin + 5_000, many))
        persons = Person.objects.bulk_create(Person(name=f"Mevr. De Vries-{at}") for at in some[::4])
        threads = Conversation.objects.bulk_create(
            Conversation(key=content_hash(f"thread {at}".encode()), channel="email") for at in some
        )
        voices = Voice.objects.bulk_create(
            Voice(channel="email", text=draw.choice(SAID) + " Graag een antwoord." * 8, words=30, file="mail.mbox",
                  item=str(at), original=original, conversation=threads[at - begin],
                  said_at=now - timedelta(minutes=draw.randrange(1, 500_000)))
            for at in some
        )  # fmt: skip
        Understanding.objects.bulk_create(Understanding(voice=v, language="nl", kind="question") for v in voices)
        Ask.objects.bulk_create(Ask(voice=v, position=0, start=0, end=27, words=4) for v in voices)
        Attribution.objects.bulk_create(Attribution(voice=v, person=persons[at // 4]) for at, v in enumerate(voices))
        LookedAtVoice.objects.bulk_create(LookedAtVoice(voice=v) for v in voices)
        cases = Case.objects.bulk_create(
            Case(voice=v, channel="email", about=v.text[:27], state=draw.choice(states), begun_at=v.said_at,
                 waits_since=v.said_at, due_at=v.said_at + timedelta(days=2) if draw.random() < 0.9 else None,
                 moved=begin + at + 1)
            for at, v in enumerate(voices)
        )  # fmt: skip
        CaseVoice.objects.bulk_create(CaseVoice(case=c, voice=c.voice) for c in cases)
        Act.objects.bulk_create(Act(case=c, kind="begun", at=c.begun_at) for c in cases)


def measured(ask: Callable[[], Any]) -> tuple[float, float]:
    """Median and slowest in milliseconds."""
    answered = ask()
    assert getattr(answered, "status_code", 200) in {200, 204}
    spent = []
    for _ in range(TIMES):
        began = time.perf_counter()
        ask()
        spent.append(1000 * (time.perf_counter() - began))
    return statistics.median(spent), max(spent)


def screens() -> Iterator[tuple[str, Callable[[], Any]]]:
    """What is asked of the desk, by name."""
    from django.test import Client

    from gehoor.rooms.accounts.models import User
    from gehoor.rooms.desk.cases.staging import STAGE
    from gehoor.rooms.desk.models import Case

    user = User.objects.filter(email="meting@example.nl").first() or User.objects.make(
        email="meting@example.nl", name="Meting", roles=["adviser"], password=None
    )
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(user)
    for view in ("wachtend", "van-niemand", "klant", "opgelost", "alles"):
        address = f"/balie/?weergave={view}"
        yield f"list: {view}", lambda address=address: browser.get(address)
    page = browser.get("/balie/?weergave=alles")
    further = page.context["further"]
    for _ in islice(range(20), 20):
        further = browser.get(f"/balie/?{further}").context["further"] or further
    yield "list: the twentieth page of everything", lambda: browser.get(f"/balie/?{further}")
    shown = "".join(f"&zaak={line.case.public_id}" for line in page.context["lines"])
    live = page.context["live"] + shown
    yield "what moved: nothing", lambda: browser.get(live)
    yield "what moved: everything", lambda: browser.get("/balie/sinds/0/?weergave=wachtend" + shown)
    case = Case.objects.filter(state="open").order_by("pk")[0]
    yield "one case", lambda: browser.get(f"/balie/{case.public_id}/")
    yield "whether something waits for the stage", STAGE.pending


def main() -> None:
    """Fill and measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--screens", action="store_true")
    parser.add_argument("--cases", type=int, default=100_000)
    given = parser.parse_args()
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    from gehoor.rooms.desk.models import Case

    setup_test_environment(debug=False)
    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    if given.screens:
        if not Case.objects.exists():
            fill(given.cases)
        print(f"{Case.objects.count()} cases\n\n| What | median ms | slowest ms |\n| --- | --- | --- |")
        for name, ask in screens():
            middle, worst = measured(ask)
            print(f"| {name} | {middle:.0f} | {worst:.0f} |")


if __name__ == "__main__":
    main()
