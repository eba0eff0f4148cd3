"""Marking a passage that struck someone. What was selected on a page is found again in the voice's own text."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from gehoor.analysis.needs.sentences import sentences
from gehoor.kernel import clock
from gehoor.kernel.errors import NotAllowed, NotFound, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.listening.handing import Passage
from gehoor.rooms.listening.models import Session, Struck
from gehoor.rooms.voices.models import Voice

LONGEST = 2_000
"""Characters of one mark: what strikes is a sentence or some, not the letter."""


@dataclass(frozen=True, slots=True)
class Selected:
    """What someone selected on a page, and some of what stands before it there. A page breaks lines where it likes, so
    white space tells nothing."""

    text: str
    before: str = ""


def find_passage(text: str, selected: Selected) -> Passage:
    """Where in ``text`` it stands: of several places the one after the same words. Raises Refused when it is no part
    of what the customer said."""
    places = [at for at, character in enumerate(text) if not character.isspace()]
    whole, wanted = _solid(text), _solid(selected.text)
    found = -1
    best = -1
    at = whole.find(wanted) if wanted else -1
    before = _solid(selected.before)
    while at >= 0:
        if (agreed := _agreeing(whole[:at], before)) > best:
            found, best = at, agreed
        at = whole.find(wanted, at + 1)
    if found < 0:
        raise Refused(why=sentence("choose a part of what the customer said"))
    return Passage(places[found], places[found + len(wanted) - 1] + 1)


def _solid(text: str) -> str:
    return "".join(character for character in text if not character.isspace())


def _agreeing(one: str, other: str) -> int:
    """With how many of the same characters both end."""
    count = 0
    while count < min(len(one), len(other)) and one[-count - 1] == other[-count - 1]:
        count += 1
    return count


def sentences_of(voice: Voice) -> list[Passage]:
    """The sentences of a voice, without the white space around them."""
    found = []
    for start, end in sentences(voice.text):
        words = voice.text[start:end]
        if words.strip():
            found.append(Passage(start + len(words) - len(words.lstrip()), start + len(words.rstrip())))
    return found


def do_mark(*, actor: User, voice: Voice, passage: Passage, session: Session | None = None) -> Struck:
    """Keep that a passage struck ``actor``; seen by nobody else. Marks that touch it become one with it."""
    if not actor.may(May.LISTEN):
        raise NotAllowed()
    if not 0 <= passage.start < passage.end <= len(voice.text):
        raise Refused(why=sentence("the text has no such passage"))
    with transaction.atomic():
        own = Struck.objects.select_for_update().filter(listener=actor, voice=voice)
        touching = list(own.filter(start__lte=passage.end, end__gte=passage.start))
        start = min([passage.start, *(each.start for each in touching)])
        end = max([passage.end, *(each.end for each in touching)])
        if end - start > LONGEST:
            raise Refused(why=sentence("that is more than a passage; choose what struck you most"))
        shared = any(each.shared for each in touching)
        own.filter(pk__in=[each.pk for each in touching]).delete()
        return Struck.objects.create(
            listener=actor, voice=voice, session=session, start=start, end=end, shared=shared, at=clock.now()
        )


def do_unmark(*, actor: User, public_id: UUID) -> Struck:
    """Take one's own mark away; returns what it was, to be able to undo that."""
    struck = access_struck(actor=actor, public_id=public_id)
    Struck.objects.filter(pk=struck.pk).delete()
    return struck


def do_share_mark(*, actor: User, public_id: UUID, shared: bool) -> Struck:
    """Let colleagues see what struck one, or no longer."""
    struck = access_struck(actor=actor, public_id=public_id)
    Struck.objects.filter(pk=struck.pk).update(shared=shared)
    struck.shared = shared
    return struck


def access_struck(*, actor: User, public_id: UUID) -> Struck:
    """One's own mark; anybody else's is not there."""
    found = Struck.objects.filter(public_id=public_id, listener=actor).select_related("voice", "session").first()
    if found is None:
        raise NotFound(what=sentence("mark"))
    return found
