"""Before an answer goes: what the check of the answer book says, and whether the customer said more meanwhile."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext

from gehoor.kernel.errors import Refused
from gehoor.rooms.accounts.access import actor
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.accounts.saying import said
from gehoor.rooms.answers.checking.check import check
from gehoor.rooms.answers.checking.departing import access_departure, do_depart, do_take_back_departure
from gehoor.rooms.answers.checking.remarks import Checked
from gehoor.rooms.answers.checking.showing import context_of
from gehoor.rooms.desk.answering.ways import last_voice
from gehoor.rooms.desk.cases.queries import person_of
from gehoor.rooms.desk.models import Case
from gehoor.rooms.people.models import Person
from gehoor.rooms.voices.models import Voice


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found. ``newer``: the customer said something after what the writer had before them."""

    checked: Checked | None
    newer: bool
    voice: Voice
    person: Person | None

    @property
    def deserves_a_look(self) -> bool:
        """Whether its writer should see it before it goes."""
        return self.newer or bool(self.checked and self.checked.clashes)

    def context(self, viewer: User) -> dict[str, Any]:
        """What the page shows."""
        found = {"newer": self.newer, "checked": None, "voice": self.voice, "person": self.person}
        return found | (context_of(self.checked, viewer) if self.checked else {})

    def act(self, request: HttpRequest) -> None:
        """What a button beside a remark asks for: to send it so all the same, with the reason; or not, after all."""
        key, back = request.POST.get("depart", ""), request.POST.get("take_back", "")
        try:
            if back:
                do_take_back_departure(actor=actor(request), departure=access_departure(UUID(back)))
                return
            remark = next((each for each in self.checked.remarks if each.key == key), None) if self.checked else None
            if remark is None:
                messages.error(request, gettext("The draft was changed since; look at the remarks again."))
                return
            because, why = request.POST.get(f"because-{key}", ""), request.POST.get(f"why-{key}", "")
            do_depart(
                actor=actor(request), remark=remark, because=because, why=why, person=self.person, voice=self.voice
            )
        except (Refused, ValueError) as refused:
            messages.error(request, said(refused) if isinstance(refused, Refused) else gettext("Look at it again."))


def look_back(text: str, case: Case, viewer: User, seen: UUID | None) -> Looked:
    """Hold an answer against the book and against what this customer was told; who may not see the book sends
    unchecked."""
    voice, person = last_voice(case), person_of(case)
    newer = seen is not None and voice.public_id != seen
    if not text.strip() or not viewer.may(May.SEE_ANSWERS):
        return Looked(None, newer, voice, person)
    return Looked(check(text, voice=voice, person=person), newer, voice, person)
