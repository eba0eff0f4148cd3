"""The real server for the browser tests: its own home, a user for every role, and one page with every component.

Run as ``python serving.py PORT`` with GEHOOR_HOME set to an empty folder.
"""

import datetime
import json
import os
import sys
from pathlib import Path
from types import SimpleNamespace

os.environ["DJANGO_SETTINGS_MODULE"] = "gehoor.settings"

import django

django.setup()

import waitress  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.template import engines  # noqa: E402
from django.urls import path  # noqa: E402

from gehoor.kernel.errors import Refused  # noqa: E402
from gehoor.rooms.accounts.access import open_to_all  # noqa: E402
from gehoor.rooms.accounts.models import User  # noqa: E402
from gehoor.rooms.accounts.roles import Role  # noqa: E402
from gehoor.web import urls  # noqa: E402
from gehoor.web.wsgi import application  # noqa: E402

NAMES = ("Marleen de Wit", "Joost Bakker", "Fatima El Idrissi", "Wim Postma", "Ans Hoekstra", "Rik Jansen", "Sanne Vos")
PASSWORD = "linde-bloeit-in-juni"
AT = datetime.datetime(2025, 3, 12, 13, 5, tzinfo=datetime.UTC)

LETTER = """Geachte heer, mevrouw,

Op 3 februari heb ik de nota van de aannemer ingestuurd voor mijn bouwdepot. Inmiddels zijn wij vijf weken verder. De \
aannemer belt mij elke week en ik schaam mij dood.

Ik heb drie keer gebeld. De eerste keer zei men dat het vijf werkdagen zou duren, \
de tweede keer tien, en de derde keer \
wist men niet waar de nota lag. Kunt u mij vertellen wanneer er betaald wordt? En kunt u ervoor zorgen dat ik dit niet \
nog eens hoef te vragen?

Met vriendelijke groet,"""
CALL = """Adviseur: Goedemiddag, Hypotheekhuis De Linde, u spreekt met Rik.
Klant: Ja goedemiddag, met De Vries. Ik wacht nog steeds op die uitbetaling van het bouwdepot. Vier weken nou.
Adviseur: Wat vervelend. Ik kijk even met u mee.
Klant: Dat zeiden ze vorige week ook, eerlijk gezegd."""


def _said(channel: str, text: str, **more: object) -> SimpleNamespace:
    base = {"subject": "", "signature": "", "quoted": "", "score": None, "duration_seconds": None, "said_at": AT}
    return SimpleNamespace(channel=channel, text=text, **{**base, "waited_seconds": None, **more})


def _months() -> list[dict[str, object]]:
    voices = [31, 44, 38, 61, 72, 90, 84, 120, 133, 97, 62, 48, 41, 37, 30, 33, 28, 25]
    return [
        {
            "month": f"{2024 + (m + 5) // 12}-{(m + 5) % 12 + 1:02d}",
            "voices": n,
            "share": n / 200,
            "low": n / 260,
            "high": n / 160,
        }
        for m, n in enumerate(voices)
    ]


def _needs() -> list[dict[str, object]]:
    named = [
        ("Uitbetaling van het bouwdepot duurt te lang", 143, 21_840),
        ("De app doet het niet", 412, 1_240),
        ("Boetevrij aflossen: hoeveel mag er?", 96, 4_100),
        ("Rente verlengen zonder adviesgesprek", 71, 2_950),
        ("Wachttijd aan de telefoon", 120, 1_900),
        ("Overlijden van partner regelen", 9, 1_420),
        ("Inloggen met DigiD", 63, 300),
        ("Jaaropgave niet gekregen", 48, 510),
        ("Bedankt voor de hulp", 38, 260),
        ("Taxatierapport afgekeurd", 22, 980),
        ("Verhuizen en rente meenemen", 31, 1_310),
        ("Mooie reclame", 17, 20),
    ]
    return [{"name": name, "voices": voices, "customer_minutes": minutes} for name, voices, minutes in named]


def _multiples() -> list[dict[str, object]]:
    return [
        {**row, "name": name, "voices": int(float(str(row["voices"])) * part)}
        for name, part in (("Brief", 0.4), ("Telefoon", 1.0), ("E-mail", 0.7), ("X", 1.6), ("Enquête", 0.5))
        for row in _months()
    ]


@open_to_all
def specimen(request: HttpRequest) -> HttpResponse:
    """Every component once."""
    source = (Path(__file__).parent / "specimen.html").read_text(encoding="utf-8")
    context = {
        "letter": _said("letter", LETTER, subject="Bouwdepot", signature="Mevr. A. de Vries"),
        "marks": [(LETTER.index("Kunt u mij"), LETTER.index("betaald wordt?") + 14)],
        "call": _said("call", CALL, duration_seconds=754, waited_seconds=312),
        "post": _said("x", "Alweer die app van @delinde eruit. Hoe moeilijk kan het zijn 🤦"),
        "survey": _said("survey", "Iemand die gewoon terugbelt als dat beloofd is.", score=6, said_at=None),
        "mail": _said(
            "email",
            "Goedemorgen,\n\nMag ik dit jaar 10% of 20% boetevrij aflossen?",
            subject="Aflossen",
            quoted="> Beste",
        ),
        "months": _months(),
        "needs": _needs(),
        "bars": [
            {"name": n, "minutes": m}
            for n, m in (("Telefoon", 19_300), ("Brief", 11_240), ("E-mail", 6_100), ("X", 940))
        ],
        "multiples": _multiples(),
        "tabs": [
            {"href": "?a", "label": "Klantminuten", "current": True, "count": 12},
            {"href": "?b", "label": "Stemmen", "count": 1204},
            {"href": "?c", "label": "Klanten", "count": None},
        ],
    }
    return HttpResponse(engines["django"].from_string(source).render(context, request))


@open_to_all
def echo(request: HttpRequest) -> HttpResponse:
    """A part of a page for HTMX, or one of our own errors."""
    if request.POST.get("say") == "no":
        raise Refused(why="nobody would be left who can manage users")
    return HttpResponse(f"<p>{request.method} gehoord</p>")


def main(port: int) -> None:
    """Fill the home and serve."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    call_command("migrate", verbosity=0)
    for name, role in zip(NAMES, Role, strict=True):
        User.objects.make(email=f"{role}@linde.example", name=name, roles=[role.value], password=PASSWORD)
    urls.urlpatterns += [path("specimen/", specimen), path("specimen/echo/", echo)]
    emails = list(User.objects.values_list("email", flat=True))
    (Path(os.environ["GEHOOR_HOME"]) / "example.json").write_text(json.dumps({"users": emails}))
    waitress.serve(application, host="127.0.0.1", port=port, threads=4, _quiet=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
