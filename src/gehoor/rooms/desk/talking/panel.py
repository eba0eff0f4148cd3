"""On a dossier: what this customer asks about their own data and nobody did yet."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from gehoor.rooms.accounts.roles import May
from gehoor.rooms.desk.models import OwnDataWish
from gehoor.rooms.people.panels import Panel


def _render(person: int) -> SafeString | str:
    wishes = list(OwnDataWish.objects.filter(identity__person=person, done_at=None).order_by("at"))
    return render_to_string("desk/talking/wishes_part.html", {"wishes": wishes}) if wishes else ""


PANEL = Panel(name="own_data", order=5, render=_render, right=May.ERASE)
