"""Gehoor's part of ``desk.py``: the same things in the same order as ``desk_peer.py``, told as JSON.

GEHOOR_HOME=HOME python desk_ours.py FOLDER mail
GEHOOR_HOME=HOME python desk_ours.py FOLDER screens [--cases N]
"""

import argparse
import json
import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gehoor.settings")

from desk_timing import measured

STATES = (("new", 2), ("open", 2), ("waiting_us", 1), ("waiting_customer", 2), ("solved", 3), ("closed", 90))
SAID = ("Waar blijft mijn bouwdepot?", "Mag ik boetevrij aflossen?", "De app doet het niet.", "Wanneer hoor ik iets?")


def ready() -> None:
    """Ready Django on the home of the environment."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    setup_test_environment(debug=False)
    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)


def mail(folder: Path) -> dict[str, Any]:
    """Every mail, in the order in which it came in; then everything up to the cases."""
    from gehoor.channels.base import Wishes
    from gehoor.rooms.desk.cases.staging import STAGE
    from gehoor.rooms.intake.actions import do_listen
    from gehoor.rooms.intake.own import do_add_own
    from gehoor.rooms.intake.stages import stages

    do_add_own(value="delinde.example", actor=None)
    known = json.loads((folder / "truth.json").read_text())
    began, worked = time.perf_counter(), time.process_time()
    do_listen(paths=[folder / "mail"], wishes=Wishes("email"))
    heard, processor = time.perf_counter(), time.process_time() - worked
    for stage in stages():
        while stage.order <= STAGE.order and stage.pending() and stage.drain(2_000):
            pass
    return {
        "places": list(_places(known)),
        "seconds": heard - began,
        "processor": processor,
        "to_case": time.perf_counter() - began,
        "many": len(known),
    }


def _places(known: list[dict[str, Any]]) -> Iterator[str | None]:
    """Which conversation each delivery is in; the second of a message is in none."""
    from gehoor.rooms.voices.models import Reply, Voice

    where: dict[str, str] = {}
    twice = set()
    for model in (Voice, Reply):
        for native, file, conversation in model.objects.values_list("native_id", "file", "conversation"):
            assert native not in where, native
            where[native] = str(conversation)
            twice.add((native, file))
    for number, told in enumerate(known):
        yield where.get(told["id"]) if (told["id"], f"mail/{number:05}.eml") in twice else None


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


def asked() -> Iterator[tuple[str, Callable[[], Any]]]:
    """What is asked of the desk, by name; "list" and "case" are held beside the peer's."""
    from django.test import Client

    from gehoor.rooms.accounts.models import User
    from gehoor.rooms.desk.cases.staging import STAGE
    from gehoor.rooms.desk.models import Case

    user = User.objects.filter(email="meting@example.nl").first() or User.objects.make(
        email="meting@example.nl", name="Meting", roles=["adviser"], password=None
    )
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(user)
    case = Case.objects.filter(state="open").order_by("pk")[0]
    yield "list", lambda: browser.get("/balie/")
    yield "case", lambda: browser.get(f"/balie/{case.public_id}/")
    for view in ("van-niemand", "klant", "opgelost", "alles"):
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
    yield "whether something waits for the stage", STAGE.pending


def screens(many: int) -> dict[str, Any]:
    """Each screen's median and 95th of a hundred."""
    from gehoor.rooms.desk.models import Case

    if not Case.objects.exists():
        fill(many)
    return {name: measured(ask) for name, ask in asked()}


def main() -> None:
    """Do what was asked, and tell it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("what", choices=("mail", "screens"))
    parser.add_argument("--cases", type=int, default=100_000)
    given = parser.parse_args()
    ready()
    told = mail(given.folder) if given.what == "mail" else screens(given.cases)
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
