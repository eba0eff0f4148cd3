"""The check of a draft, before it is sent: against the answer book, and against what this person was told before.

It never forbids anything. It says what it compared, so that silence is not taken for agreement.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.utils import timezone
from django.utils.translation import get_language

from gehoor.analysis.agreement import Fact
from gehoor.analysis.agreement.stretches import stretches
from gehoor.analysis.needs.matter import matter
from gehoor.rooms.answers.book.facts import read_facts
from gehoor.rooms.answers.book.index import Hit, find_answers
from gehoor.rooms.answers.checking.departing import normal, passed_over
from gehoor.rooms.answers.checking.draft import Draft, read_draft
from gehoor.rooms.answers.checking.judging import SURE, VERY_SURE, Clash, Held, hold, read, read_entry, states
from gehoor.rooms.answers.checking.remarks import Checked, Earlier, Entry, Remark, Severity
from gehoor.rooms.answers.checking.subjects import shares, touched
from gehoor.rooms.answers.checking.told import is_about, person_of, told_before
from gehoor.rooms.answers.given.asking import asked_in
from gehoor.rooms.answers.models import State, Version
from gehoor.rooms.people.models import Person
from gehoor.rooms.voices.models import Ask, Voice

MOST_ASKS = 4
"""So many things that are asked in one voice are looked up, the longest first."""
MOST_ENTRIES = 5
MOST_TOUCHED = 12
"""Entries that a draft is held against: those that fit what was asked, and those that its own words are about."""
LONGEST_QUESTION = 2_000
LONGEST_ASK = 400
"""Characters of one question that are looked up: embedding is what a check waits for."""
_LEAD = 160
_BESIDE = 700
_LOOKED_UP = 2_000
"""Characters of a draft that are looked up when nothing says what it answers."""


def check(
    draft: str | bytes,
    *,
    question: str = "",
    voice: Voice | None = None,
    person: Person | None = None,
    on: date | None = None,
    language: str | None = None,
    with_person: bool = True,
) -> Checked:
    """Hold a draft answer against the entries that fit what was asked (``question``, else what ``voice`` asks, else the
    draft's own sentences) and against what ``person`` (else who said ``voice``) was told before.

    Without ``with_person`` nothing of what anyone was told is looked at. ``on`` is the day for which it is checked
    (today), ``language`` the one in which values are said (the screen's).
    """
    own = read_draft(draft)
    if own.empty:
        return Checked(own)
    day = on or timezone.localdate()
    asked = asked_of(question, voice)
    around = "" if question.strip() else beside(voice)
    hits = [hit for hit, _ in fitting(asked or [own.own[:_LOOKED_UP]], around, MOST_ENTRIES, day)]
    tongue = (language or get_language() or "nl")[:2]
    found = _Check(own, asked, tongue)
    about = touched(own.ours, found.stretches, day, asked=bool(asked and hits))
    hits = list({hit.answer.pk: hit for hit in (*about.values(), *hits)}.values())[:MOST_TOUCHED]
    found.against_book(hits, about)
    if with_person:
        found.against_earlier(told_before(person or person_of(voice), voice), [hit.version for hit in hits])
    return found.checked()


def asked_of(question: str, voice: Voice | None) -> list[str]:
    """What is looked up: the question that was typed, else what the voice asks."""
    if question.strip():
        typed = question.strip()[:LONGEST_QUESTION]
        asked = [each for each in asked_in(typed, 0, len(typed)) if each.surely][:MOST_ASKS]
        return [typed[each.start : each.end] for each in asked] if len(asked) > 1 else [typed]
    return [] if voice is None else [voice.text[start:end] for start, end in asks_of(voice)]


def asks_of(voice: Voice) -> list[tuple[int, int]]:
    """Where the things stand that a voice asks: its questions, else the beginning of each ask; in order."""
    spans = list(Ask.objects.filter(voice=voice).order_by("position").values_list("start", "end"))
    whole = matter(voice.text)
    found = [each for start, end in spans or [(0, len(voice.text))] for each in asked_in(voice.text, start, end, whole)]
    wanted = [each for each in found if each.surely] or found
    longest = sorted(wanted, key=lambda each: each.start - each.end)[:MOST_ASKS]
    return sorted((_with_lead(voice.text, each.start), min(each.end, each.start + LONGEST_ASK)) for each in longest)


def _with_lead(text: str, start: int) -> int:
    """Where the sentence before it begins, so that a short question keeps what it is about."""
    lead = text.rfind(".", 0, max(0, start - 2)) + 1
    lead += len(text[lead:start]) - len(text[lead:start].lstrip())
    return lead if start - lead <= _LEAD and "\n\n" not in text[lead:start] else start


def fitting(asked: Sequence[str], beside: str, most: int, day: date) -> list[tuple[Hit, int]]:
    """The entries that surely fit, each once, the surest first, with which of ``asked`` it fits. Where the questions by
    themselves do not say enough, ``beside`` (all that stands around them) is looked up too, as the first of them."""
    found: dict[int, tuple[Hit, int]] = {}
    for place, text in enumerate(asked):
        _keep(found, find_answers(text, 3, on=day), place)
    if beside and not any(_sure(hit) for hit, _ in found.values()):
        _keep(found, [hit for hit in find_answers(beside, 3, on=day) if _sure(hit)], 0)
    sure = [each for each in found.values() if each[0].probability >= SURE]
    return sorted(sure, key=lambda each: -each[0].probability)[:most]


def _keep(found: dict[int, tuple[Hit, int]], hits: Sequence[Hit], place: int) -> None:
    for hit in hits:
        known = found.get(hit.answer.pk)
        if known is None or known[0].probability < hit.probability:
            found[hit.answer.pk] = (hit, place)


def _sure(hit: Hit) -> bool:
    return hit.probability >= VERY_SURE


def beside(voice: Voice | None) -> str:
    """The longest thing that a voice asks, with all that stands around it."""
    longest = Ask.objects.filter(voice=voice).order_by("-words", "position").first() if voice else None
    return voice.text[longest.start : longest.end][:_BESIDE] if voice and longest else ""


class _Check:
    """One check while it is made."""

    def __init__(self, draft: Draft, asked: Sequence[str], language: str) -> None:
        self.draft, self.asked, self.language = draft, list(asked), language
        self.spans = draft.sentences()
        self.stretches = stretches(draft.ours)
        self.remarks: list[Remark] = []
        self.entries: list[Entry] = []
        self.earlier = self.passed_over = 0
        self.earlier_agrees = False

    def checked(self) -> Checked:
        """What was found, in the order of the draft."""
        return Checked(
            self.draft,
            sorted(self.remarks, key=lambda each: (each.start, list(Severity).index(each.severity), each.fact_start)),
            self.entries,
            self.earlier,
            self.earlier_agrees,
            self.asked,
            self.passed_over,
        )

    def against_book(self, hits: Sequence[Hit], about: Mapping[int, Hit]) -> None:
        """Each entry against the stretches that are about it. ``about``: by number of a stretch which one surely is."""
        known = passed_over([hit.version.answer_id for hit in hits])
        place = {hit.answer.pk: at for at, hit in enumerate(hits)}
        own = {number: place[hit.answer.pk] for number, hit in about.items() if hit.answer.pk in place}
        shared = shares(self.draft.ours, self.stretches, [hit.version for hit in hits], own)
        for hit, ours in zip(hits, shared, strict=True):
            version = hit.version
            struck = struck_of(version)
            stated = read(ours, self._question_for(version))
            held = hold(stated, read_entry(version.text, version.question), struck, sure=_sure(hit))
            entry = entry_of(hit)
            made = list(self._remarks_on(version, entry, held))
            kept = [each for each in made if (entry.pk, normal(each.quote)) not in known]
            self.passed_over += len(made) - len(kept)
            clashes = any(each.severity is not Severity.CONDITION for each in kept)
            self.entries.append(replace(entry, agrees=bool(held.alike) and not clashes))
            self.remarks += kept

    def _question_for(self, version: Version) -> str:
        """What was asked in its own words, where one thing was asked; else the entry's own question."""
        return self.asked[0] if len(self.asked) == 1 and len(self.asked[0]) < 400 else version.question

    def _remarks_on(self, version: Version, entry: Entry, held: Held) -> Iterator[Remark]:
        before = _earlier_versions(version) if held.clashes else []
        for clash in held.clashes:
            until = _held_until(clash, before)
            severity = Severity.CLASH if until is None else Severity.OUTDATED
            if version.state != State.VALIDATED:
                severity, until = Severity.NOT_VALIDATED, None
            yield self._remark(clash, severity, version.text, entry=entry, until=until)
        for condition, at in held.left_out[:2]:
            start, end = self._sentence(at.start)
            yield Remark(
                Severity.CONDITION,
                str(condition.kind),
                condition.about,
                start,
                end,
                at.start,
                at.end,
                self.draft.text[start:end],
                "",
                " ".join(version.text[condition.start : condition.end].split()),
                sentence_of(version.text, condition.start),
                entry=entry,
            )

    def _remark(
        self,
        clash: Clash,
        severity: Severity,
        source: str,
        *,
        entry: Entry | None = None,
        earlier: Earlier | None = None,
        until: date | None = None,
    ) -> Remark:
        start, end = self._sentence(clash.draft.start)
        return Remark(
            severity,
            str(clash.kind),
            clash.about,
            start,
            end,
            clash.draft.start,
            clash.draft.end,
            self.draft.text[start:end],
            clash.draft.says(self.language),
            clash.source.says(self.language),
            sentence_of(source, clash.source.start),
            entry,
            earlier,
            until,
        )

    def _sentence(self, place: int) -> tuple[int, int]:
        """The sentence in which a position lies."""
        before = [span for span in self.spans if span[0] <= place]
        return before[-1] if before else self.spans[0]

    def against_earlier(self, told: Sequence[Earlier], versions: Sequence[Version]) -> None:
        """What this person was told about the same; the newest of those that say the same stands for all of them."""
        entries = {version.answer_id for version in versions}
        subject = "\n".join(self.asked) or self.draft.own
        question = self.asked[0] if len(self.asked) == 1 and len(self.asked[0]) < 400 else ""
        question = question or (versions[0].question if versions else "")
        ours = read(self.draft.ours, question)
        seen: set[tuple[object, ...]] = set()
        for each in told:
            if each.text.strip() == self.draft.own or not is_about(each, entries, subject):
                continue
            self.earlier += 1
            surely = not each.entries.isdisjoint(entries)
            held = hold(ours, read(each.text, question), sure=surely)
            self.earlier_agrees = self.earlier_agrees or held.agrees
            for clash in held.clashes:
                said = (clash.draft.start, clash.source.key)
                if said not in seen:
                    seen.add(said)
                    self.remarks.append(self._remark(clash, Severity.CLASH, each.text, earlier=each))


def entry_of(hit: Hit) -> Entry:
    """An entry as the check names it."""
    return Entry(
        hit.answer.pk,
        hit.answer.public_id,
        hit.version.question,
        hit.version.number,
        hit.version.state,
        hit.version.owner.name if hit.version.owner else "",
        hit.version.at,
        hit.probability,
    )


def struck_of(version: Version) -> list[Fact]:
    """What the machine reads in it and people said it does not state; nothing where nobody looked at its facts."""
    kept = read_facts(version.facts)
    if not any(each.by_person for each in kept):
        return []
    places = {(each.fact.start, each.fact.end) for each in kept}
    return [each for each in read_entry(version.text, version.question).facts if (each.start, each.end) not in places]


def sentence_of(text: str, place: int) -> str:
    """The sentence of a text in which a position lies."""
    found = [span for span in Draft(text, text).sentences() if span[0] <= place]
    return text[found[-1][0] : found[-1][1]] if found else text.strip()


def _earlier_versions(version: Version) -> list[tuple[Version, date]]:
    """The versions that held before this one, the newest first, each with the last day that it did."""
    held = list(Version.objects.filter(answer=version.answer_id, proposal="").order_by("number"))
    until = [timezone.localdate(after.at) for after in held[1:]]
    pairs = [(each, min(day, each.valid_to or day)) for each, day in zip(held, until, strict=False)]
    return [(each, day) for each, day in reversed(pairs) if each.number < version.number]


def _held_until(clash: Clash, before: Collection[tuple[Version, date]]) -> date | None:
    """The last day that the book said what the draft says; None when it never did."""
    for version, day in before:
        if states(read_entry(version.text, version.question).facts, clash.draft):
            return day
    return None
