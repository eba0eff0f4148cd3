"""A statement held against what customers said: how many asked at all, who supports it, and who says otherwise."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.db import transaction

from gehoor.analysis.statement import Claim, Judgement, Side, judge, read_claim
from gehoor.kernel.errors import NotFound, Refused
from gehoor.kernel.ids import key_of
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.changes.asked import state_of_asks
from gehoor.rooms.changes.models import Judged
from gehoor.rooms.changes.series import state_of_voices
from gehoor.rooms.changes.statement_finding import Found, find_passages
from gehoor.rooms.needs.models import Need
from gehoor.rooms.needs.queries import need_of_voices
from gehoor.rooms.needs.recount import current_generation, totals_now
from gehoor.rooms.needs.rows import minutes_of_few_asks
from gehoor.rooms.needs.texts import text_of
from gehoor.rooms.people.models import Attribution
from gehoor.rooms.privacy.audit import do_log
from gehoor.rooms.voices.models import Ask, Voice

OFF = "off"
"""Someone of ours said that a passage is not about the statement at all."""
SIDES = (Side.SUPPORTS, Side.AGAINST, Side.UNCLEAR)
SIDE_NAMES: Mapping[str, str] = {
    Side.SUPPORTS: sentence("Supports it"),
    Side.AGAINST: sentence("Speaks against it"),
    Side.UNCLEAR: sentence("Mentions it without choosing"),
    OFF: sentence("Is about something else"),
}
_KEPT_SECONDS = 3600
_NEAREST_NEEDS = 4


@dataclass(frozen=True, slots=True)
class Passage:
    """One voice's strongest passage about it. ``side`` is a :class:`Side` or :data:`OFF`; ``judged`` is the public id
    of what someone of ours said about it, None where the machine judged. ``ask`` is its span in the voice's text."""

    voice: int
    ask: tuple[int, int]
    start: int
    end: int
    side: str
    score: float
    judged: UUID | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """How many."""

    voices: int = 0
    persons: int = 0
    anonymous: int = 0
    minutes: float = 0.0


@dataclass(frozen=True, slots=True)
class Held:
    """What came out. ``sides`` strongest first; ``counts`` of each side, ``about`` of all together, ``all`` of
    everything that was said. ``read`` of ``candidates`` passages were read: fewer, drawn fairly, where there were too
    many. ``terms``: no word of the statement says anything when there are none."""

    claim: Claim
    sides: Mapping[str, Sequence[Passage]]
    counts: Mapping[str, Count]
    about: Count
    all: Count
    first: datetime | None
    last: datetime | None
    read: int
    candidates: int
    needs: Sequence[tuple[Need, int]]
    without_vector: bool = False

    @property
    def sampled(self) -> bool:
        """Whether these are figures of a fair part of the passages only."""
        return self.read < self.candidates

    @property
    def months(self) -> int:
        """Over how many months everything was said; at least one."""
        if self.first is None or self.last is None:
            return 1
        return max(1, round((self.last - self.first).days / 30.44))


def key_of_claim(claim: Claim) -> str:
    """What is kept of a statement: nothing of its words can be read from it."""
    return key_of(["statement", claim.key]).hex()[:64]


def hold(typed: str) -> Held:
    """Hold a statement against everything that was said."""
    claim = read_claim(typed)
    passages, found = _judged_by_machine(claim, typed) if claim.speaks else ([], Found.nothing())
    return _held(claim, _corrected(claim, passages), found)


def _judged_by_machine(claim: Claim, typed: str) -> tuple[list[Passage], Found]:
    """Kept in memory for an hour, while nothing was said or erased: only places in texts are."""
    state = [state_of_voices(), state_of_asks(), claim.key, claim.topic]
    key = f"gehoor.statement.{key_of(state).hex()}"
    kept: tuple[list[Passage], Found] | None = cache.get(key)
    if kept is None:
        found = find_passages(claim, typed)
        kept = _read(claim, found), found
        cache.set(key, kept, _KEPT_SECONDS)
    return kept


def _read(claim: Claim, found: Found) -> list[Passage]:
    """Every ask that is about it, judged. Only what may be is stripped of greetings and of what we said ourselves."""
    near = dict(zip(found.asks.tolist(), found.nearness.tolist(), strict=True))
    rows = {ask: (place, passage, context) for ask, place, passage, context in _asks(list(near))}
    likely = [ask for ask, (_, passage, context) in rows.items() if judge(claim, passage, near[ask], context)]
    passages = []
    for ask, text in zip(likely, text_of(likely), strict=True):
        place, _, context = rows[ask]
        if (judgement := judge(claim, text, near[ask], context)) is not None:
            passages.append(_passage(place, judgement))
    return passages


def _asks(asks: Sequence[int]) -> Iterable[tuple[int, tuple[int, int, int], str, str]]:
    """Each ask: where it stands, its text, and its voice with the subject line."""
    for at in range(0, len(asks), 5_000):
        rows = Ask.objects.filter(pk__in=asks[at : at + 5_000]).select_related("voice")
        for ask in rows.only("voice_id", "start", "end", "voice__text", "voice__subject"):
            text = ask.voice.text
            place = (ask.voice_id, ask.start, ask.end)
            yield ask.pk, place, text[ask.start : ask.end], f"{ask.voice.subject}\n{text}"


def _passage(place: tuple[int, int, int], found: Judgement) -> Passage:
    voice, start, end = place
    return Passage(voice, (start, end), start + found.start, start + found.end, found.side, found.score)


def _corrected(claim: Claim, passages: Sequence[Passage]) -> list[Passage]:
    """The same as people put it right, one a voice: the strongest, or what a person said."""
    said = _said_by_people(claim)
    best: dict[int, Passage] = {voice: rows[0] for voice, rows in said.items()}
    for passage in passages:
        before = best.get(passage.voice)
        if before is None or (before.judged is None and _order(passage) > _order(before)):
            best[passage.voice] = passage
    return list(best.values())


def _order(passage: Passage) -> tuple[bool, float]:
    return passage.side != Side.UNCLEAR, passage.score


def _said_by_people(claim: Claim) -> dict[int, list[Passage]]:
    """By voice; the newest first."""
    found: dict[int, list[Passage]] = {}
    for row in Judged.objects.filter(statement=key_of_claim(claim), undone=False).order_by("-pk"):
        span = (row.start, row.end)
        passage = Passage(row.voice_id, span, row.start, row.end, row.side, float("inf"), row.public_id)
        found.setdefault(row.voice_id, []).append(passage)
    return found


def _held(claim: Claim, passages: Sequence[Passage], found: Found) -> Held:
    about = [passage for passage in passages if passage.side != OFF]
    voices = [passage.voice for passage in about]
    persons = dict(Attribution.objects.filter(voice__in=voices).exclude(person=None).values_list("voice", "person"))
    minutes = _minutes(about)
    totals = _totals()
    sides: dict[str, Sequence[Passage]] = {
        side: sorted((each for each in about if each.side == side), key=lambda each: (-each.score, -each.voice))
        for side in SIDES
    }
    off = [passage for passage in passages if passage.side == OFF]
    return Held(
        claim=claim,
        sides=sides | {OFF: off},
        counts={side: _count(some, persons, minutes) for side, some in sides.items()},
        about=_count(about, persons, minutes),
        all=Count(totals["voices"], totals["persons"], totals["anonymous"], totals["customer_minutes"]),
        first=_moment(totals["first"]),
        last=_moment(totals["last"]),
        read=len(found.asks),
        candidates=found.of,
        needs=_needs(voices),
    )


def _moment(written: str | None) -> datetime | None:
    return None if written is None else datetime.fromisoformat(written)


def _minutes(passages: Sequence[Passage]) -> dict[int, float]:
    """Of each voice, the customer minutes of the ask in which it says so."""
    wanted = {(passage.voice, passage.ask[0]): passage.voice for passage in passages}
    rows = Ask.objects.filter(voice__in=list(wanted.values())).values_list("pk", "voice_id", "start")
    asks = {pk: wanted[voice, start] for pk, voice, start in rows if (voice, start) in wanted}
    spent = minutes_of_few_asks(list(asks)) if asks else {}
    return {asks[ask]: minutes for ask, minutes in spent.items()}


def _count(passages: Sequence[Passage], persons: Mapping[int, int], minutes: Mapping[int, float]) -> Count:
    known = {persons[each.voice] for each in passages if each.voice in persons}
    anonymous = sum(each.voice not in persons for each in passages)
    return Count(len(passages), len(known), anonymous, sum(minutes.get(each.voice, 0.0) for each in passages))


def _totals() -> dict[str, Any]:
    generation = current_generation()
    if generation is not None and generation.totals:
        return dict(generation.totals)
    return totals_now()


def _needs(voices: Sequence[int]) -> list[tuple[Need, int]]:
    """The needs that most of these voices belong to."""
    counts: dict[int, tuple[Need, int]] = {}
    for asks in need_of_voices(voices).values():
        for need in {each.pk: each for _, each in asks}.values():
            counts[need.pk] = need, counts.get(need.pk, (need, 0))[1] + 1
    return sorted(counts.values(), key=lambda each: (-each[1], each[0].pk))[:_NEAREST_NEEDS]


def do_judge(*, typed: str, voice: UUID, start: int, end: int, side: str, actor: User) -> Judged:
    """Say on which side a passage stands. It counts for every statement that claims the same. Raises Refused."""
    claim = read_claim(typed)
    if not claim.speaks or side not in SIDE_NAMES:
        raise Refused(why=sentence("there is no such statement or side"))
    found = Voice.objects.filter(public_id=voice).values_list("pk", "text").first()
    if found is None:
        raise NotFound(what=sentence("voice"))
    if not 0 <= start < end <= len(found[1]):
        raise Refused(why=sentence("there is no such passage in this voice"))
    with transaction.atomic():
        made = Judged.objects.create(
            statement=key_of_claim(claim), voice_id=found[0], start=start, end=end, side=side, by=actor
        )
        do_log(actor=actor, action="statement.judge", what="voice", public_id=voice)
    return made


def do_undo_judging(*, public_id: UUID, actor: User) -> None:
    """Take back what was said about a passage; said before, counts again. Raises NotFound, Refused."""
    with transaction.atomic():
        row = Judged.objects.filter(public_id=public_id).select_related("voice").first()
        if row is None:
            raise NotFound(what=sentence("judgement"))
        if not Judged.objects.filter(pk=row.pk, undone=False).update(undone=True):
            raise Refused(why=sentence("it was undone already"))
        do_log(actor=actor, action="statement.undo", what="voice", public_id=row.voice.public_id)


def judged(voices: Collection[int]) -> Iterable[int | None]:
    """Voices of which someone said what they mean for a statement: taking back leaves these."""
    return set(Judged.objects.filter(voice__in=voices, undone=False).values_list("voice_id", flat=True))
