"""How long it takes to say how people are best reached, among many voices, and in how many queries.

    python benchmarks/reach.py [--voices 100000] [--persons 5000]

Fills a fresh home with voices in four channels, half of the letters and mails with an address, lets the stage find out
who is who, and asks for some persons at once. A quarter of them mostly write letters, so that their texts are read.
"""

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime, timedelta

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--voices", type=int, default=100_000)
parser.add_argument("--persons", type=int, default=5_000)
asked = parser.parse_args()
os.environ["GEHOOR_HOME"] = tempfile.mkdtemp(prefix="gehoor-reach-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gehoor.settings")

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from gehoor.rooms.people import identifying  # noqa: E402
from gehoor.rooms.people.models import Person  # noqa: E402
from gehoor.rooms.people.reach import reaches  # noqa: E402
from gehoor.rooms.voices.models import Original, Understanding, Voice  # noqa: E402

CHANNELS = (
    ("letter", "letter", "email", "call"),
    ("email", "email", "x", "call"),
    ("call", "call", "email", "letter"),
    ("survey", "x", "x", "email"),
)
"""How four kinds of people speak: the channels of the voices of each."""
SENTENCE = "Al weken wacht ik op de uitbetaling van mijn bouwdepot en niemand belt mij terug. "
START = datetime(2024, 1, 1, tzinfo=UTC)


def _text(person: int, addressed: bool) -> str:
    head = f"J. de Vries\nKerkstraat {person % 900 + 1}\n{person % 8999 + 1000} AB Utrecht\n\n" if addressed else ""
    return f"{head}Geachte heer, mevrouw,\n\n{SENTENCE * 15}\n\nHoogachtend,\nJ. de Vries"


def _voice(number: int, original: Original) -> Voice:
    person = number // 8 * 2 + number % 2
    channel = CHANNELS[person % 4][number // 2 % 4]
    return Voice(
        channel=channel,
        text=_text(person, addressed=channel == "letter" and person % 8 < 6),
        author="J. de Vries",
        identities=[["email", f"p{person}@example.org", ""], ["phone", f"06{person % 10**8:08d}", ""]],
        words=200,
        said_at=START + timedelta(hours=number % 9000),
        file="bench",
        item=str(number),
        original=original,
    )


def main() -> None:
    """Fill, ask, tell."""
    call_command("migrate", verbosity=0)
    original = Original.objects.create(sha256=b"x" * 32, media_type="text/plain", size=1, data=b"x")
    for start in range(0, asked.voices, 5_000):
        with transaction.atomic():
            made = Voice.objects.bulk_create(_voice(number, original) for number in range(start, start + 5_000))
            Understanding.objects.bulk_create(
                Understanding(voice=voice, language="nl", kind="complaint", lemmas="") for voice in made
            )
    while identifying.drain(5_000):
        pass
    persons = list(Person.objects.filter(merged_into=None).values_list("pk", flat=True)[: asked.persons])
    for _ in range(3):
        begun, worked = time.perf_counter(), time.process_time()
        with CaptureQueriesContext(connection) as queries:
            found = reaches(persons)
        took, cpu = time.perf_counter() - begun, time.process_time() - worked
        ways = Counter(each.channel for each in found.values())
        sys.stdout.write(f"{len(found):,} persons, {asked.voices:,} voices: {took:.2f} s ({cpu:.2f} s of work), ")
        sys.stdout.write(f"{len(queries)} queries, {dict(ways)}\n")


if __name__ == "__main__":
    main()
