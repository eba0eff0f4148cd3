"""What the composer on the page of a case shows."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from gehoor.analysis.promising import find_promises
from gehoor.channels.phrases import CLOSING
from gehoor.kernel.clock import now
from gehoor.kernel.language import Sentence, sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.desk.answering.actions import answer_to
from gehoor.rooms.desk.answering.asking import Asking, asking_of
from gehoor.rooms.desk.answering.drafting import draft_of
from gehoor.rooms.desk.answering.manners import GREETED, limit_of
from gehoor.rooms.desk.answering.ways import AnswerWay, How, Whom, whom
from gehoor.rooms.desk.models import Answer, Case, Draft, State
from gehoor.rooms.desk.talking.post import mail_sender
from gehoor.rooms.people.salutation import salutation
from gehoor.rooms.public.letterhead import current_letterhead
from gehoor.rooms.sending.models import Delivery
from gehoor.rooms.sending.models import State as Sent
from gehoor.rooms.sending.replanning import Way, ways
from gehoor.rooms.sending.showing import NO_SENDER

ENDED = frozenset({State.CLOSED, State.MERGED, State.SPAM})
_ANSWERED = re.compile(r"^\s*(?:(?:re|antw|antwoord|aw|fw|fwd|doorst|wg)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)
HOW_NAMES: Mapping[str, str] = {
    How.SENT: sentence("Send"),
    How.POSTED: sentence("Put with the letters"),
    How.CALLED: sentence("Put on the call list"),
    How.SAID: sentence("I said this by telephone just now"),
    How.CHATTED: sentence("Say"),
    How.PLACED: sentence("I placed this there"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One way as the composer offers it."""

    way: AnswerWay
    limit: int
    greeting: str
    closing: str
    act: str

    @property
    def has_subject(self) -> bool:
        """Whether an answer in this way has a subject."""
        return self.way.channel in GREETED

    @property
    def may_ask(self) -> bool:
        """Whether the one question can go along."""
        return self.way.how is How.SENT

    @property
    def value(self) -> str:
        """As the form names it."""
        return f"{self.way.channel}:{self.way.choice}"


@dataclass(frozen=True, slots=True)
class OnItsWay:
    """An answer that is not with the customer yet, or could not get there. ``seconds``: so long it can still be taken
    back by itself; ``why`` and ``remedy``: what is the matter."""

    answer: Answer
    state: str
    seconds: int
    why: Sentence | None
    remedy: Sentence | None
    ways: Sequence[Way] = ()

    @property
    def may_be_taken_back(self) -> bool:
        """Whether nothing of it went out."""
        return self.state in {"leaves", "waits", "letter", "call"}


@dataclass(frozen=True, slots=True)
class Composer:
    """All of it. ``over`` is an answer that was given already to what the customer said last; ``asking`` the question
    that may go along; ``stays`` says why a mail would wait, "" where it would not."""

    case: Case
    whom: Whom
    choices: list[Choice]
    chosen: Choice | None
    draft: Draft | None
    text: str
    subject: str
    over: Answer | None
    on_their_way: list[OnItsWay]
    may_answer: bool
    ended: bool
    asking: Asking | None
    stays: Sentence | str

    @property
    def pending(self) -> bool:
        """Whether something changes by itself."""
        return changes_by_itself(self.on_their_way)


def changes_by_itself(there: Sequence[OnItsWay]) -> bool:
    """Whether any of these goes on without anybody doing something."""
    return any(each.state in {"leaves", "waits", "goes"} for each in there)


def composer_of(case: Case, viewer: User) -> Composer:
    """The composer for this viewer; a fixed number of queries."""
    found, draft = whom(case), draft_of(case)
    choices = [_choice(each, found, viewer) for each in found.ways if not each.refused or each.choice == "back"]
    chosen = next((each for each in choices if draft and each.value == draft.way), choices[0] if choices else None)
    text = draft.text if draft else (chosen.greeting if chosen else "")
    may_answer = viewer.may(May.ANSWER)
    return Composer(
        case=case,
        whom=found,
        choices=choices,
        chosen=chosen,
        draft=draft,
        text=text,
        subject=draft.subject if draft and draft.subject else re_subject(found.voice.subject),
        over=answer_to(found.voice.pk),
        on_their_way=on_their_way(case),
        may_answer=may_answer,
        ended=case.state in ENDED,
        asking=asking_of(case, found.language) if may_answer and case.state not in ENDED else None,
        stays=NO_SENDER if any(each.has_subject for each in choices) and mail_sender() is None else "",
    )


def re_subject(subject: str) -> str:
    """The subject of an answer: "Re:" once, whatever stood before it."""
    bare = _ANSWERED.sub("", " ".join(subject.split()))
    return f"Re: {bare}"[:200] if bare else ""


def greeting_of(way: AnswerWay, found: Whom) -> str:
    """How an answer in this way begins."""
    if way.channel not in GREETED:
        return ""
    return f"{salutation(found.called, 'en' if found.language == 'en' else 'nl')},\n\n"


def _choice(way: AnswerWay, found: Whom, viewer: User) -> Choice:
    return Choice(
        way, limit_of(way.channel), greeting_of(way, found), closing_of(way, found, viewer), HOW_NAMES[way.how]
    )


def closing_of(way: AnswerWay, found: Whom, writer: User) -> str:
    """How an answer in this way ends: closing words, and who wrote it."""
    if way.channel not in GREETED:
        return ""
    words = CLOSING["en" if found.language == "en" else "nl"]
    return f"{words}\n\n{writer.name}\n{current_letterhead().name}"


def on_their_way(case: Case) -> list[OnItsWay]:
    """Answers that are not there yet, or did not get there; newest first."""
    open_ones = Answer.objects.filter(case=case, taken_back=False, run__isnull=False).select_related("by", "run")
    waiting = [each for each in open_ones.order_by("-id")[:20] if each.went_at is None]
    deliveries = {each.run_id: each for each in Delivery.objects.filter(run__in=[each.run_id for each in waiting])}
    return [_on_its_way(each, deliveries[each.run_id]) for each in waiting if each.run_id in deliveries]


def _on_its_way(answer: Answer, delivery: Delivery) -> OnItsWay:
    why = remedy = None
    if delivery.reason:
        text, advice, values = delivery.reason
        why, remedy = Sentence(text, values), Sentence(advice, values)
    state = _STATES.get(delivery.state, "goes")
    if delivery.state == Sent.WAITING and delivery.channel in {"letter", "call"}:
        state = delivery.channel
    elif delivery.state == Sent.WAITING and answer.leaves_at > now():
        state = "leaves"
    left = max(0, round((answer.leaves_at - now()).total_seconds())) if state == "leaves" else 0
    other = [each for each in ways(delivery) if not each.refused] if state == "failed" else []
    return OnItsWay(answer, state, left, why, remedy, other)


_STATES: Mapping[str, str] = {
    Sent.WAITING: "waits",
    Sent.UNSURE: "unsure",
    Sent.PRINTED: "printed",
    Sent.FAILED: "failed",
    Sent.UNREACHABLE: "failed",
    Sent.NOT_WANTED: "failed",
}


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise in a draft: its words, and the moment by which."""

    words: str
    due_at: datetime | None

    @property
    def said(self) -> str:
        """As the composer says it."""
        if self.due_at is None:
            return gettext("Promised, without a day: “%(words)s”") % {"words": self.words}
        day = date_format(timezone.localtime(self.due_at), "l j F")
        return gettext("Promised for %(day)s: “%(words)s”") % {"day": day, "words": self.words}


def promised_in(text: str) -> list[Promised]:
    """What a draft promises, so that its writer sees that Gehoor will hold us to it."""
    return [
        Promised(text[each.start : each.end].strip(), each.due) for each in find_promises(text, timezone.localtime())
    ]


def part_context(case: Case, viewer: User) -> dict[str, Any]:
    """What ``desk/answering/composer_part.html`` needs."""
    return {"composer": composer_of(case, viewer), "public_address": settings.PUBLIC_ADDRESS}
