"""Fills a home for listening: a scanned letter, a call with its sound, mail, and colleagues of long ago.

Run as ``python filling_listening.py`` with GEHOOR_HOME set, from the root of the project.
"""

import os
from datetime import timedelta

os.environ["DJANGO_SETTINGS_MODULE"] = "gehoor.settings"

import django

django.setup()

from tests.browser import filling  # noqa: E402

from gehoor.kernel import clock  # noqa: E402
from gehoor.kernel.ids import content_hash  # noqa: E402
from gehoor.rooms.accounts.models import User  # noqa: E402
from gehoor.rooms.voices.models import Original, Voice  # noqa: E402

MAIL = """Goedemiddag,

Vier weken geleden heb ik de nota van de aannemer gestuurd. Sindsdien hoor ik niets en niemand belt terug. De aannemer \
dreigt met een deurwaarder.

Ik heb begrip voor drukte, maar u had beloofd dat het vijf werkdagen zou duren. Mag ik weten waar ik aan toe ben?"""


def main() -> None:
    """Fill."""
    filling.main()
    data = MAIL.encode()
    original = Original.objects.create(sha256=content_hash(data), media_type="text/plain", size=len(data), data=data)
    Voice.objects.create(
        channel="email",
        subject="Bouwdepot",
        text=MAIL,
        words=len(MAIL.split()),
        said_at=clock.now() - timedelta(days=12),
        file="post.mbox",
        item="1",
        original=original,
    )
    User.objects.update(made_at=clock.now() - timedelta(days=200))


if __name__ == "__main__":
    main()
