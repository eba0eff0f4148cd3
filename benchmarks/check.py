"""The check of a draft beside a large answer book: median and 95th percentile, embedding of what is looked up included.

    python benchmarks/check.py [--entries 20000] [--rounds 30]

Makes a book of its own from recombined sentences (fixed seed) in a home that goes afterwards. Entries get made vectors,
since how long a check takes does not depend on what they mean; what is looked up is embedded by the bundled teacher.
CPU is the processor time of this process over all its threads: it says most on a machine that is busy with other work.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))
SEED = 20260301
SUBJECTS = ["bouwdepot", "hypotheek", "rente", "taxatie", "overlijden", "verhuizing", "aflossing", "rekeningnummer"]
VERBS = ["aanvragen", "wijzigen", "stoppen", "verlengen", "meenemen", "overdragen", "controleren", "uitbetalen"]
EXTRAS = ["bij scheiding", "in het buitenland", "voor starters", "na pensioen", "met een tweede huis", "in termijnen"]


def question(chance: random.Random) -> str:
    """What an entry answers."""
    what = f"{chance.choice(SUBJECTS)} {chance.choice(VERBS)} {chance.choice(EXTRAS)}"
    return f"Hoe kan ik mijn {what} ({chance.random():.6f})?"


def answer(chance: random.Random) -> str:
    """What an entry says."""
    return (
        f"Dat kan binnen {chance.randint(2, 30)} werkdagen en kost {chance.randint(10, 900)} euro. "
        f"U mag {chance.randint(1, 30)} % van uw {chance.choice(SUBJECTS)} meenemen, mits u daar om vraagt."
    )


def fill(entries: int) -> None:
    """The book, with a vector for every text that the index has of it."""
    from gehoor.analysis.questions.entries import Entry, texts_of
    from gehoor.rooms.answers.book.index import hash_of
    from gehoor.rooms.answers.models import Answer, AnswerVector, State, Version
    from gehoor.rooms.needs.teachers import the_teacher

    chance, noise, model = random.Random(SEED), np.random.default_rng(SEED), the_teacher().name
    for start in range(0, entries, 2_000):
        made = Answer.objects.bulk_create([Answer() for _ in range(min(2_000, entries - start))])
        versions = Version.objects.bulk_create(
            Version(answer=each, number=1, question=question(chance), text=answer(chance), state=State.VALIDATED)
            for each in made
        )
        for each, version in zip(made, versions, strict=True):
            each.current = version
        Answer.objects.bulk_update(made, ["current"], batch_size=500)
        rows = []
        for each in versions:
            for _, text in texts_of(Entry(each.answer_id, each.question, (), each.text)):
                vector = noise.standard_normal(384).astype(np.float32)
                data = (vector / np.linalg.norm(vector)).astype(np.float16).tobytes()
                rows.append(AnswerVector(answer_id=each.answer_id, text_hash=hash_of(text), model=model, vector=data))
        AnswerVector.objects.bulk_create(rows, ignore_conflicts=True, batch_size=2_000)


def past(replies: int) -> tuple[object, object]:
    """A voice that asks four things, and its person, who was told much before."""
    from gehoor.kernel.ids import content_hash
    from gehoor.rooms.people.models import Addressing, Attribution, Person
    from gehoor.rooms.voices.models import Ask, Original, Reply, Voice

    chance, person = random.Random(SEED + 1), Person.objects.create(name="Mevrouw De Vries")
    asks = [f"Geachte bank, wij zitten hier al weken mee. {question(chance)}" for _ in range(4)]
    text = "\n\n".join(asks)

    def original(item: str) -> Original:
        data = item.encode()
        return Original.objects.create(sha256=content_hash(data), media_type="text/plain", size=len(data), data=data)

    shared = {"channel": "email", "file": "mail.mbox"}
    voice = Voice.objects.create(text=text, words=len(text.split()), item="1", original=original("1"), **shared)
    Attribution.objects.create(voice=voice, person=person)
    for place, ask in enumerate(asks):
        start = text.index(ask)
        Ask.objects.create(voice=voice, position=place, start=start, end=start + len(ask), words=len(ask.split()))
    for number in range(replies):
        item = f"r{number}"
        reply = Reply.objects.create(text=answer(chance), item=item, original=original(item), **shared)
        Addressing.objects.create(reply=reply, person=person)
    return voice, person


def drafts(length: int) -> Iterator[str]:
    """Drafts that are all different, of so many sentences."""
    chance = random.Random(SEED + 2)
    while True:
        yield (
            "Geachte mevrouw,\n\n"
            + " ".join(answer(chance) for _ in range(length))
            + "\n\nMet vriendelijke groet,\nJan"
        )


def measure(name: str, act: Callable[[], object], rounds: int) -> None:
    """Print the times of an act, after one that warms up."""
    act()
    walls, cpus = [], []
    for _ in range(rounds):
        wall, cpu = time.perf_counter(), time.process_time()
        act()
        walls.append(1000 * (time.perf_counter() - wall))
        cpus.append(1000 * (time.process_time() - cpu))
    median, high = np.percentile(walls, [50, 95])
    sys.stdout.write(f"{name:44} median {median:5.0f} ms, 95 % {high:5.0f} ms, CPU {np.median(cpus):5.0f} ms\n")


def main() -> None:
    """Make the book, and check."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--entries", type=int, default=20_000)
    asked.add_argument("--rounds", type=int, default=30)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ["GEHOOR_HOME"] = home
        os.environ["DJANGO_SETTINGS_MODULE"] = "gehoor.settings"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        fill(given.entries)
        voice, person = past(20)
        from gehoor.rooms.answers.book.index import find_answers
        from gehoor.rooms.answers.checking.check import check

        began = time.perf_counter()
        find_answers("Hoe werkt dit?", 1)
        sys.stdout.write(f"{given.entries} entries; the index made in {time.perf_counter() - began:.1f} s\n")
        chance, short, long = random.Random(SEED + 3), drafts(3), drafts(25)
        measure("find alone, one question", lambda: find_answers(question(chance), 3), given.rounds)
        measure("check, one question typed", lambda: check(next(short), question=question(chance)), given.rounds)
        measure(
            "check, one question, 20 earlier answers",
            lambda: check(next(short), question=question(chance), person=person),  # type: ignore[arg-type]
            given.rounds,
        )
        measure(
            "check, a voice of four asks, known already",
            lambda: check(next(short), voice=voice),  # type: ignore[arg-type]
            given.rounds,
        )
        measure("check, no question", lambda: check(next(short)), given.rounds)
        measure("check, two pages, one question", lambda: check(next(long), question=question(chance)), given.rounds)


if __name__ == "__main__":
    main()
