"""Run by ``test_erasing.py`` in a home of its own: hear two people, erase one of them, say what is left where.

Prints one JSON document: for each needle where it was found before and after, in tables and in files.
"""

import json
import sys
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from gehoor.kernel.ids import content_hash  # noqa: E402
from gehoor.rooms.accounts.models import User  # noqa: E402
from gehoor.rooms.intake.stages import drain_all  # noqa: E402
from gehoor.rooms.listening.actions import do_keep_heard  # noqa: E402
from gehoor.rooms.listening.models import Drawn, Heard, Session  # noqa: E402
from gehoor.rooms.people.actions import do_erase_person, do_export_person, do_keep_apart, do_undo_apart  # noqa: E402
from gehoor.rooms.people.models import Identity, Person  # noqa: E402
from gehoor.rooms.privacy.models import AuditEntry  # noqa: E402
from gehoor.rooms.voices.models import (  # noqa: E402
    Attachment,
    Conversation,
    KindCorrection,
    LaterVersion,
    Original,
    Reply,
    Voice,
)

HIS = ["zebedeus", "kwartelkoning", "612345678", "klx00777", "watersnip", "kemphaan", "grutto", "wulpen", "tureluur"]
HERS = ["amarantha", "pimpelmees"]


def original(text: str) -> Original:
    data = text.encode()
    return Original.objects.create(sha256=content_hash(data), media_type="text/plain", size=len(data), data=data)


def voice(text: str, author: str, identities: list[list[str]], **more: object) -> Voice:
    return Voice.objects.create(
        channel="email",
        text=text,
        author=author,
        identities=identities,
        words=len(text.split()),
        file="mail.mbox",
        item=f"bericht van {author}",
        native_id=f"<{author}-{len(text)}@mail>",
        original=original(f"{author} {identities} {text}"),
        **more,
    )


def hear() -> Person:
    user = User.objects.make(email="collega@delinde.nl", name="Collega", roles=["privacy_officer"], password=None)
    talk = Conversation.objects.create(key=b"1" * 32, channel="email")
    mail, phone = ["email", "zebedeus@kwartelkoning.nl", ""], ["phone", "06 12345678", ""]
    number = ["customer_number", "KLX-00777", ""]
    first = voice(
        "Waar blijft mijn watersnip? Ik wacht al weken.", "Zebedeus", [mail], conversation=talk, quoted="grutto"
    )
    voice("Nog een kemphaan aan de lijn.", "Zebedeus", [phone], signature="Zebedeus")
    voice("Over beide zaken.", "Zebedeus", [mail, phone, number], subject="Mijn watersnip")
    hers = voice("De pimpelmees is boos over de rente.", "Amarantha", [["email", "amarantha@voorbeeld.nl", ""]])
    reply = Reply.objects.create(
        channel="email",
        text="Beste Zebedeus, uw watersnip komt eraan.",
        recipients=[mail],
        answers=first,
        conversation=talk,
        adviser="Collega",
        file="sent.mbox",
        item="1",
        original=original("Beste Zebedeus"),
    )
    LaterVersion.objects.create(voice=first, text="Waar blijven mijn wulpen?", original=original("wulpen"))
    Attachment.objects.create(
        voice=first, name="tureluur.pdf", media_type="application/pdf", original=original("tureluur")
    )
    KindCorrection.objects.create(voice=first, kind="complaint", actor=user)
    session = Session.objects.create(listener=user, seed=1, drawn_by="fair", drawn_from=2, planned_minutes=30)
    Drawn.objects.create(session=session, voice=first, position=1, probability=0.5)
    do_keep_heard(listener=user, voice=first, seconds=90, at=session.started_at)
    drain_all()
    assert reply.addressing.person is not None
    person = hers.__class__.objects.get(pk=first.pk).attribution.person
    do_undo_apart(apart=do_keep_apart(identity=Identity.objects.get(kind="phone"), actor=user), actor=user)
    exported = json.dumps(do_export_person(person=person, actor=user)).lower()
    assert "watersnip" in exported
    return person


def tables() -> str:
    """Every value of every column of every table, in lower case."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found += [f"{table}: {_text(row)}" for row in cursor.fetchall()]
    return "\n".join(found).lower()


def _text(row: tuple[object, ...]) -> str:
    return " | ".join(
        bytes(value).decode("utf-8", "replace") if isinstance(value, (bytes, memoryview)) else str(value)
        for value in row
    )


def places(needle: str) -> list[str]:
    """The tables and files in which a needle stands. Files are read as they lie on the disk."""
    lines = [line.split(":")[0] for line in tables().splitlines() if needle in line]
    home: Path = settings.HOME.path
    files = [path for path in sorted(home.rglob("*")) if path.is_file()]
    return [
        *sorted(set(lines)),
        *(str(path.relative_to(home)) for path in files if needle.encode() in path.read_bytes().lower()),
    ]


call_command("migrate", verbosity=0)
person = hear()
before = {needle: places(needle) for needle in [*HIS, *HERS]}
if "--keep" not in sys.argv:
    do_erase_person(person=person, actor=User.objects.get())
while drain_all():
    pass
after = {needle: places(needle) for needle in [*HIS, *HERS]}
heard = [list(row) for row in Heard.objects.values_list("voice", "seconds")]
erased = list(AuditEntry.objects.filter(action="erased").values_list("actor__name", flat=True))
sys.stdout.write(json.dumps({"before": before, "after": after, "heard": heard, "erased": erased}))
