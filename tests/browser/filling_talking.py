"""Fills a home with a customer whose case is solved, and links to the one question and to her own data.

Run as ``python filling_talking.py`` with GEHOOR_HOME set, from the root of the project. ``say TEXT`` as arguments says
something in the newest chat, as an adviser would; ``voices`` prints the texts of all chat voices.
"""

import json
import os
import sys

os.environ["DJANGO_SETTINGS_MODULE"] = "gehoor.settings"

import django

django.setup()

from django.conf import settings  # noqa: E402
from tests.browser import filling  # noqa: E402
from tests.people.conftest import hear, tell  # noqa: E402

from gehoor.channels.outgoing import Letterhead  # noqa: E402
from gehoor.rooms.accounts.models import User  # noqa: E402
from gehoor.rooms.desk.models import Case, Chat  # noqa: E402
from gehoor.rooms.desk.talking.chat import do_say  # noqa: E402
from gehoor.rooms.desk.talking.inviting import do_invite  # noqa: E402
from gehoor.rooms.desk.talking.opened import do_open_pages  # noqa: E402
from gehoor.rooms.desk.talking.own_data import do_make_link, new_token  # noqa: E402
from gehoor.rooms.intake.stages import drain_all  # noqa: E402
from gehoor.rooms.people.models import Identity  # noqa: E402
from gehoor.rooms.public.letterhead import do_set_letterhead  # noqa: E402
from gehoor.rooms.sending.senders import do_add_sender  # noqa: E402
from gehoor.rooms.voices.models import Voice  # noqa: E402


def _fill() -> None:
    filling.main()
    do_set_letterhead(letterhead=Letterhead("Hypotheekhuis De Linde", phone="030 123 45 67"), actor=None)
    given = {"host": "127.0.0.1", "port": "1", "security": "none", "from_address": "klant@delinde.example"}
    do_add_sender(kind="smtp", name="Mail", given=given, actor=None)
    do_open_pages(is_open={"survey": True}, actor=None)
    voice = hear(("email", "anja@post.example"), text="Waar blijft mijn bouwdepot?", author="Anja de Vries", day=1)
    tell(("email", "anja@post.example"), answers=voice, text="Vrijdag staat het erop.", day=2)
    drain_all()
    Case.objects.filter(voice=voice).delete()
    case = Case.objects.create(voice=voice, channel="email", state="solved", begun_at=voice.heard_at)
    invited = do_invite(case)
    token = new_token()
    do_make_link(identity=Identity.objects.get(value="anja@post.example"), token=token)
    links = {"question": invited.path if invited else "", "own_data": f"/mijn-gegevens/{token}/"}
    (settings.HOME.path / "links.json").write_text(json.dumps(links))


def main() -> None:
    """Fill, say, or tell what was said."""
    if sys.argv[1:2] == ["say"]:
        do_say(Chat.objects.latest("pk"), sys.argv[2], User.objects.get(email="adviser@linde.example"))
    elif sys.argv[1:2] == ["voices"]:
        said = Voice.objects.filter(channel="chat").order_by("pk").values_list("text", flat=True)
        sys.stdout.write(json.dumps(list(said)))
    else:
        _fill()


if __name__ == "__main__":
    main()
