"""What this part registers with the rooms below."""

from functools import partial

from django.urls import reverse

from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.roles import May


def register() -> None:
    """Called once, when the room is ready."""
    from gehoor.rooms.desk.talking.naming import own_data_wishes
    from gehoor.rooms.desk.talking.opened import is_open
    from gehoor.rooms.desk.talking.panel import PANEL
    from gehoor.rooms.desk.talking.post import Postman
    from gehoor.rooms.intake import beside
    from gehoor.rooms.intake.views import places
    from gehoor.rooms.people import panels
    from gehoor.rooms.privacy import places as privacy_places
    from gehoor.rooms.privacy import subjects
    from gehoor.rooms.public import pages

    beside.register(beside.Beside("post", lambda goes_on: Postman(goes_on).once))
    places.register(sentence("For customers"), "talking:pages", May.SET_DESK)
    privacy_places.register(sentence("What customers ask about their data"), "talking:wishes", May.ERASE)
    panels.register(PANEL)
    subjects.register("own_data_wish", own_data_wishes)
    for name, title, intro, order in (
        ("form", sentence("Write to us"), sentence("Ask or tell us something, with or without your name."), 1),
        ("chat", sentence("Chat with us"), sentence("Ask your question here and go on where you left off."), 2),
        ("own_data", sentence("Your own data"), sentence("See what we keep of you, and have it put right."), 90),
    ):
        address = {"form": "talking:contact", "chat": "talking:chat", "own_data": "talking:own_data"}[name]
        pages.register(pages.PublicPage(name, title, intro, partial(reverse, address), partial(is_open, name), order))
