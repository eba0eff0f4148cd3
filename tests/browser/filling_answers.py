"""Fills a home in which advisers answered one question in three ways, with a book that knows better.

Run as ``python filling_answers.py`` with GEHOOR_HOME set, from the root of the project.
"""

import csv
import os
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "gehoor.settings"

import django

django.setup()

from tests.browser import filling  # noqa: E402

from gehoor.channels.base import Wishes  # noqa: E402
from gehoor.kernel import clock  # noqa: E402
from gehoor.rooms.answers.book.actions import do_add_answer  # noqa: E402
from gehoor.rooms.answers.book.content import Content  # noqa: E402
from gehoor.rooms.answers.models import Audience, State, Version  # noqa: E402
from gehoor.rooms.intake.actions import do_listen  # noqa: E402
from gehoor.rooms.intake.stages import drain_all  # noqa: E402

ASKED = (
    ("Hoeveel mag ik per jaar boetevrij aflossen?", "U mag 10% van uw oorspronkelijke lening boetevrij aflossen."),
    ("Hoeveel kan ik dit jaar aflossen zonder boete?", "Per jaar mag u 20% boetevrij aflossen."),
    ("Welk bedrag mag ik boetevrij extra aflossen?", "Dat is 15 procent per jaar, zonder boete."),
    ("Hoeveel mag ik boetevrij aflossen?", "Tien procent van de oorspronkelijke lening."),
    ("Hoeveel mag ik aflossen zonder vergoeding?", "U kunt 20% per jaar aflossen zonder vergoeding."),
)
ADVISERS = ("Femke Smit", "Karin Bos", "Daan Hofman", "Yusuf Aydin", "Karin Bos")
MAPPING = {"text": "vraag", "answer": "antwoord", "adviser": "medewerker", "said_at": "datum", "email": "mail"}


def main() -> None:
    """Fill."""
    filling.main()
    for question, text, state in (
        ("Hoeveel mag ik per jaar boetevrij aflossen?", ASKED[0][1], State.VALIDATED),
        ("Wat kost rentemiddeling?", "Rentemiddeling kost € 250.", State.NOT_VALIDATED),
    ):
        do_add_answer(content=Content(question, text, state=state, audience=Audience.CUSTOMERS), actor=None)
    Version.objects.update(at=clock.now() - timedelta(days=90))
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "antwoorden.csv"
        with table.open("w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file)
            rows.writerow(MAPPING.values())
            for number, ((asked, told), adviser) in enumerate(zip(ASKED, ADVISERS, strict=True), start=1):
                day = (clock.now() - timedelta(days=5 * number)).date().isoformat()
                rows.writerow([asked, told, adviser, day, f"klant{number}@post.example"])
        do_listen(paths=[table], wishes=Wishes("email", MAPPING))
    drain_all()


if __name__ == "__main__":
    sys.exit(main())
