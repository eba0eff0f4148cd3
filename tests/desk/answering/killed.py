"""Advisers' answers for the real worker, in a home of its own. As a program: ``killed.py prepare COUNT PORT COPIES``
makes cases and answers them all; what waits then goes out through the worker, whatever happens to it."""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def prepare(count, port, copies):
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from tests.desk.answering.conftest import HEAD, colleague
    from tests.people.conftest import conversation, hear

    from gehoor.rooms.desk.answering.actions import do_answer
    from gehoor.rooms.desk.answering.manners import do_set_manners
    from gehoor.rooms.desk.cases.beginning import do_begin_case
    from gehoor.rooms.intake.sources import do_add_source
    from gehoor.rooms.people import identifying
    from gehoor.rooms.public.letterhead import do_set_letterhead
    from gehoor.rooms.sending.senders import do_add_sender
    from gehoor.rooms.voices.models import Voice

    do_set_letterhead(letterhead=HEAD, actor=None)
    do_set_manners(undo_seconds=0, acknowledge=False, per_minute=30, actor=None)
    given = {"folder": copies, "still": "1"}
    source = do_add_source(kind="folder", name="Kopieën", channel="email", given=given, actor=None)
    given = {"host": "127.0.0.1", "port": port, "security": "none", "from_address": "linde@delinde.example"}
    given["copy_to"] = "kopie@delinde.example"
    do_add_sender(kind="smtp", name="Mail", given=given, actor=None, per_minute=0, heard_in=source, copy_minutes=0)
    for number in range(count):
        address = ("email", f"klant{number}@example.org")
        hear(address, author="Jan", conversation=conversation(), native_id=f"v{number}@example.org")
    while identifying.drain(2_000):
        pass
    adviser = colleague("Anneke Bos")
    for voice in Voice.objects.order_by("pk"):
        do_answer(do_begin_case(voice, None), "Vrijdag {staat} het erop.", "Re: Depot", "email", adviser)


if __name__ == "__main__":
    import django

    sys.path.insert(0, str(ROOT))
    django.setup()
    prepare(int(sys.argv[2]), sys.argv[3], sys.argv[4])
