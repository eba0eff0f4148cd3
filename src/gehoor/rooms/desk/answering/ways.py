"""In which ways the customer of a case can be answered, the best first, with the reason."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

from gehoor.kernel.clock import now
from gehoor.kernel.language import sentence
from gehoor.rooms.desk.cases.queries import person_of
from gehoor.rooms.desk.models import Case
from gehoor.rooms.desk.talking.chat import chat_of
from gehoor.rooms.people.models import Person
from gehoor.rooms.people.reach import Reach, reaches
from gehoor.rooms.people.salutation import envelope_name
from gehoor.rooms.sending.filling import Language
from gehoor.rooms.sending.replanning import Way as KnownWay
from gehoor.rooms.sending.replanning import ways_of
from gehoor.rooms.sending.sparing import answered_in
from gehoor.rooms.voices.models import Understanding, Voice


class How(StrEnum):
    """What becomes of an answer: a machine sends it, it is printed and posted, somebody calls, somebody called just
    now, it stands in the chat, or a person places it by hand."""

    SENT = "sent"
    POSTED = "posted"
    CALLED = "called"
    SAID = "said"
    CHATTED = "chatted"
    PLACED = "placed"


HERE = sentence("It is how this customer wrote to us now.")
CHATS = sentence("This customer is in the chat now.")
BY_HAND = sentence("You chose it.")
REFUSED = sentence("This customer asked not to be reached in this way.")
HELD_NOW = timedelta(minutes=10)
"""Who said something in the chat so shortly ago is still there."""


@dataclass(frozen=True, slots=True)
class AnswerWay:
    """One way to answer. ``choice`` names it in a form; ``to`` is the address or number, as it is shown; ``why`` says
    why it is proposed, "" where it is not; ``refused``: not to be used. ``fields`` are those of a delivery."""

    choice: str
    channel: str
    how: How
    to: str = ""
    why: str = ""
    refused: bool = False
    fields: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Whom:
    """Whom a case is answered: the last voice, who said it where that is known, how to call them."""

    voice: Voice
    person: Person | None
    called: str
    language: Language
    ways: list[AnswerWay]


def last_voice(case: Case) -> Voice:
    """What an answer answers."""
    voices = Voice.objects.filter(in_case__case=case).select_related("conversation")
    return max(voices, key=lambda each: (each.said_at or each.heard_at, each.pk), default=case.voice)


def whom(case: Case) -> Whom:
    """Whom, and every way; the first is proposed. A fixed number of queries."""
    voice, person = last_voice(case), person_of(case)
    reach = reaches([person.pk])[person.pk] if person is not None else None
    known = ways_of(person.pk) if person is not None else []
    language = reach.language if reach else _language(voice)
    called = reach.name if reach and reach.name else envelope_name(voice.author)
    return Whom(voice, person, called, language, _best_first(_ways(voice, known), voice, reach))


def _language(voice: Voice) -> Language:
    found = Understanding.objects.filter(voice=voice).values_list("language", flat=True).first()
    return "en" if found == "en" else "nl"


def _ways(voice: Voice, known: Sequence[KnownWay]) -> Iterator[AnswerWay]:
    """Back the way it came, then every other way that we know."""
    own = list(_back(voice))
    yield from own
    taken = {(each.channel, each.to.lower()) for each in own}
    for each in known:
        if (each.channel, each.shown.lower()) not in taken:
            yield AnswerWay(each.choice, each.channel, _how(each.channel), each.shown, "", each.refused, each.fields)
    yield AnswerWay("said", "call", How.SAID)


def _back(voice: Voice) -> Iterator[AnswerWay]:
    channel = answered_in(voice.channel)
    kind = {"email": "email", "call": "phone"}.get(channel)
    if chat_of(voice.conversation_id) is not None:
        yield AnswerWay("chat", "chat", How.CHATTED)
    if kind is None:
        if channel not in {"chat", "letter", "note", "survey"}:
            yield AnswerWay("placed", channel, How.PLACED)
        return
    for given, value, network in voice.identities:
        if given == kind:
            fields = {"kind": given, "address": value, "network": network or "", "postal": []}
            yield AnswerWay("back", channel, _how(channel), value, "", False, fields)
            return


def _how(channel: str) -> How:
    return {"email": How.SENT, "letter": How.POSTED, "call": How.CALLED}[channel]


def _best_first(ways: Iterator[AnswerWay], voice: Voice, reach: Reach | None) -> list[AnswerWay]:
    found = list(ways)
    best, why = _best(found, voice, reach)
    if best is None:
        return found
    chosen = AnswerWay(best.choice, best.channel, best.how, best.to, why, best.refused, best.fields)
    return [chosen, *(each for each in found if each is not best)]


def _best(found: Sequence[AnswerWay], voice: Voice, reach: Reach | None) -> tuple[AnswerWay | None, str]:
    """Who chats now is answered there; else the favourite way, and to the address that was written from just now."""
    back = next((each for each in found if each.choice in {"chat", "back", "placed"}), None)
    if back is not None and back.how is How.CHATTED and (voice.said_at or voice.heard_at) > now() - HELD_NOW:
        return back, CHATS
    usable = [each for each in found if not each.refused and each.how is not How.SAID]
    favourite = reach.channel if reach else ""
    for each in usable:
        if each.channel == favourite and reach is not None:
            return each, reach.why.value
    if back is not None:
        return back, HERE
    return (usable[0], "") if usable else (None, "")
