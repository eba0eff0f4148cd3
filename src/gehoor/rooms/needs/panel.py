"""On a dossier: what this person asks for."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from gehoor.rooms.accounts.roles import May
from gehoor.rooms.needs.models import Need
from gehoor.rooms.needs.queries import need_of_voices
from gehoor.rooms.people.models import Attribution
from gehoor.rooms.people.panels import Panel


def asked_for(person: int) -> list[tuple[Need, int]]:
    """The needs of this person on the default level with the number of asks, most asked first."""
    voices = list(Attribution.objects.filter(person=person).values_list("voice_id", flat=True))
    counts: dict[int, tuple[Need, int]] = {}
    for asks in need_of_voices(voices).values():
        for _, need in asks:
            counts[need.pk] = (need, counts.get(need.pk, (need, 0))[1] + 1)
    return sorted(counts.values(), key=lambda each: (-each[1], str(each[0])))


def render(person: int) -> SafeString | str:
    """The panel, or nothing when nothing is known."""
    needs = asked_for(person)
    return render_to_string("needs/panel.html", {"needs": needs}) if needs else ""


PANEL = Panel(name="needs", order=30, render=render, right=May.SEE_NEEDS)
