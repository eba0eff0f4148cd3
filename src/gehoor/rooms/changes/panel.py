"""On a dossier: what this person asked for, what became of it, and whether we told."""

from dataclasses import dataclass

from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from gehoor.rooms.accounts.roles import May
from gehoor.rooms.changes.asked import bases
from gehoor.rooms.changes.board import PLACE_NAMES, Place
from gehoor.rooms.changes.log import standings
from gehoor.rooms.changes.models import Asker, Change
from gehoor.rooms.changes.standing import Stage, Standing
from gehoor.rooms.changes.telling import answer_of, heard_from_us
from gehoor.rooms.needs.models import AskNeed
from gehoor.rooms.people.models import Attribution
from gehoor.rooms.people.panels import Panel


@dataclass(frozen=True, slots=True)
class Asking:
    """One change that this person asked for. ``told``: the answer we told last, empty for none; ``stale``: another one
    holds by now."""

    change: Change
    now: Standing
    told: str

    @property
    def place_name(self) -> str:
        """How far it is, to be translated."""
        return PLACE_NAMES[self.place]

    @property
    def place(self) -> Place:
        """How far it is."""
        return Place(self.now.stage.value)

    @property
    def stale(self) -> bool:
        """Whether what we told does not hold any more."""
        return bool(self.told) and self.told != answer_of(self.now)

    @property
    def to_tell(self) -> bool:
        """Whether there is something that this person does not know yet."""
        return self.now.stage != Stage.ASKED and (not self.told or self.stale)


def asked_by(person: int) -> list[Asking]:
    """The changes that this person asked for, newest first: written down with a decision, or asked now."""
    written = set(
        Asker.objects.filter(Q(person=person) | Q(person__merged_into=person)).values_list("change_id", flat=True)
    )
    changes = list(Change.objects.filter(removed=False).order_by("-pk"))
    asking = written | _asking_now(person, {change.pk for change in changes} - written)
    chosen = [change for change in changes if change.pk in asking]
    now, told = standings([change.pk for change in chosen]), heard_from_us(person, asking)
    return [Asking(change, now[change.pk], told.get(change.pk, "")) for change in chosen]


def _asking_now(person: int, changes: set[int]) -> set[int]:
    voices = set(Attribution.objects.filter(person=person).values_list("voice_id", flat=True))
    said: dict[int, set[int]] = {}
    for need, voice in AskNeed.objects.filter(voice__in=voices).exclude(need=None).values_list("need_id", "voice_id"):
        said.setdefault(need or 0, set()).add(voice)
    found = set()
    for change, basis in bases(changes).items():
        asking = set(basis.also & voices).union(*(said.get(need, set()) for need in basis.finest & said.keys()))
        if asking - basis.but:
            found.add(change)
    return found


def render(person: int) -> SafeString | str:
    """The panel, or nothing when this person asked for no change that we began."""
    asked = asked_by(person)
    return render_to_string("changes/panel.html", {"asked": asked}) if asked else ""


PANEL = Panel(name="changes", order=20, render=render, right=May.SEE_CHANGES)
