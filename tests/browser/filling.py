"""Fills a home with a letter and a call as engines would have read them, and a colleague for every role.

Run as ``python filling.py`` with GEHOOR_HOME set, from the root of the project.
"""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "gehoor.settings"

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from tests.voices.paper_and_sound import recorded, scanned  # noqa: E402
from tests.voices.reading import call, letter  # noqa: E402

from gehoor.rooms.accounts.models import User  # noqa: E402
from gehoor.rooms.accounts.roles import Role  # noqa: E402
from gehoor.rooms.voices.models import Transcription  # noqa: E402

PASSWORD = "linde-bloeit-in-juni"
FIRST = """A. de Vries
Lindelaan 12
3581 XK Utrecht

Hypotheekhuis De Linde
Postbus 100

Utrecht, 3 maart 2025

Geachte heer, mevrouw,

Op 3 februari heb ik de nota van de aannemer ingestuurd
voor mijn bouwdepol. Inmiddels zijn wij vijf weken verder.
De aannemer belt mij elke week en ik schaam mij dood.

Ik heb drie keer gebeld. De eerste keer zei men dat het
vijf werkdagen zou duren, de tweede keer tien, en de derde
keer wist men niet waar de nota lag."""
SECOND = """Kunt u mij vertellen wanneer er betaald wordt? En kunt u
ervoor zorgen dat ik dit niet nog eens hoef te vragon?

Daarnaast wil ik graag weten of ik dit jaar tien procent
boetevrij mag aflossen. Uw website zegt daar niets over.

Met vriendelijke groet,

A. de Vries"""
THEIRS = """Ja goedemiddag, met De Vries. Ik wacht nog steeds op die uitbetaling van het bouwdepot. Vier weken nou.
Dat zeiden ze vorige week ook, eerlijk gezegd. Ik ben er klaar mee.
De nota van de aannemer. Die ligt er al sinds begin februari."""
OURS = """Goedemiddag, Hypotheekhuis De Linde, u spreekt met Rik.
Wat vervelend. Ik kijk even met u mee. Om welke nota gaat het?
Ik zie hem staan. Ik zet hem vandaag nog door."""


def _letter() -> None:
    data, text, words = scanned([FIRST.split("\n"), SECOND.split("\n")])
    voice = letter(text, data=data, read=False, subject="", author="A. de Vries", item="brief")
    for word in words:
        if text[word[0] : word[1]].strip(".?") in {"bouwdepol", "vragon", "schaam"}:
            word[2] = 0.42
    Transcription.objects.filter(voice=voice).update(words=words, pages=2, engine="tesseract 5.3.0 nld")


def main() -> None:
    """Fill."""
    call_command("migrate", verbosity=0)
    for role in Role:
        User.objects.make(email=f"{role}@linde.example", name=f"Collega {role}", roles=[role.value], password=PASSWORD)
    _letter()
    call(
        THEIRS,
        OURS,
        unsure=["uitbetaling", "nota"],
        data=recorded(60),
        read=False,
        waited_seconds=312.0,
        item="gesprek",
    )
    call("Er is geen antwoord.\nHallo, is daar iemand?", data=recorded(8), read=False, item="onbekend")


if __name__ == "__main__":
    main()
