"""The answer book joins questions: whatever surely asks what one entry answers, asks the same.

Customers put one question in thirty wordings, of which many share no word, and often only what went before says what
"how much may that be?" is about. What was answered says it too. So an entry is looked for with the question alone, with
question and answer together, and with the answer where that states a figure of the kind that the entry asks for; only
what the book does not know is joined by likeness alone. Entries on how to talk at all ("can you help me in English?")
join nothing: whatever is asked in English is near to them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from gehoor.analysis.agreement import FactKind, Statement
from gehoor.analysis.agreement.questions import read_question
from gehoor.rooms.answers.book.index import Hit, find_each
from gehoor.rooms.answers.given.asking import is_small_talk
from gehoor.rooms.answers.given.entries import SURE
from gehoor.rooms.answers.given.stating import stating
from gehoor.rooms.answers.models import Answer, Version

Integers = NDArray[np.int64]

MOST = 3_000
"""So many different questions are looked up in the book at a time, those of the largest groups first."""
_ALONE = 0.85
"""How probable it has to be by the question alone."""
_HALF = 0.5
_TOLD_ALIKE = 0.4
"""How probable by its answer, when that states such a figure as the entry is about."""
_AHEAD = 0.12
"""And how far before the next entry."""
_OF_A_GROUP = 3
_ASKED, _TOLD = 200, 300
"""Characters of a question and of its answer that are looked up together."""
_FIGURES = frozenset({FactKind.PERCENTAGE, FactKind.AMOUNT, FactKind.PERIOD, FactKind.DATE})


class Lookup:
    """What the book has for texts, each looked up once. :meth:`ahead` looks many up together, which is faster."""

    def __init__(self) -> None:
        self._hits: dict[str, list[Hit]] = {}

    def ahead(self, texts: Iterable[str]) -> None:
        """Look these up."""
        new = [text for text in dict.fromkeys(texts) if text not in self._hits]
        for text, hits in zip(new, find_each(new, 3), strict=True):
            self._hits[text] = [hit for hit in hits if not is_small_talk(hit.version.question)]

    def hits(self, text: str) -> list[Hit]:
        """The nearest entries that can join anything."""
        self.ahead([text])
        return self._hits[text]

    def first(self, text: str) -> Hit | None:
        """The nearest."""
        return next(iter(self.hits(text)), None)


def entry_for(asked: str, told: str, book: Lookup | None = None) -> Answer | None:
    """The entry that surely is about what was asked and answered: by the question alone, by both together, or because
    each by itself points to it."""
    book = book or Lookup()
    alone = book.first(asked)
    if alone is not None and alone.probability >= _ALONE:
        return alone.answer
    both = book.first(_together(asked, told))
    if both is not None and both.probability >= SURE:
        return both.answer
    if alone is None or alone.probability < _HALF:
        return None
    answered = book.first(told[:_TOLD])
    return alone.answer if answered is not None and answered.answer == alone.answer else None


def entry_told(asked: str, told: str, book: Lookup | None = None) -> Answer | None:
    """The entry that an answer is about whatever was asked ("you know what I mean?"): the nearest to it and to both
    together, ahead of all others, and the answer states a figure of a kind that the entry asks for and states."""
    book = book or Lookup()
    both = book.hits(_together(asked, told))
    if not both or not _states(told, both[0].version):
        return None
    answered = book.hits(told[:_TOLD])
    if not answered or answered[0].answer != both[0].answer:
        return None
    best = max(answered, both, key=lambda hits: hits[0].probability)
    ahead = best[0].probability - (best[1].probability if len(best) > 1 else 0.0)
    return best[0].answer if best[0].probability >= _TOLD_ALIKE and ahead >= _AHEAD else None


def _states(told: str, version: Version) -> bool:
    """Whether it states a figure of a kind that the entry asks for and states."""
    wanted = read_question(version.question).kinds & _FIGURES
    stated = wanted and wanted & _kinds(version.text, version.question)
    return bool(stated and stated & _kinds(stating(told), version.question))


@lru_cache(maxsize=2_048)
def _kinds(text: str, question: str) -> frozenset[FactKind]:
    return frozenset(fact.kind for fact in Statement.of(text[:_LONGEST], question).facts)


_LONGEST = 2_000


def entries_for(asked: Sequence[str], told: Sequence[str], voices: Sequence[int]) -> list[Answer | None]:
    """The entry that each asking is about. One answer to several things asked in one voice is about an entry once: the
    asking that is nearest has it. The answer itself decides only where no asking of the voice did."""
    book, pairs = Lookup(), list(zip(asked, told, strict=True))
    book.ahead(asked)
    unsure = [pair for pair in pairs if (first := book.first(pair[0])) is None or first.probability < _ALONE]
    book.ahead(_together(*pair) for pair in unsure)
    found = [entry_for(*pair, book) for pair in pairs]
    decided = {(voice, text) for voice, text, entry in zip(voices, told, found, strict=True) if entry is not None}
    open_to: dict[tuple[int, str], list[int]] = defaultdict(list)
    for row, place in enumerate(zip(voices, told, strict=True)):
        if place not in decided:
            open_to[place].append(row)
    for rows in open_to.values():
        about = {row: entry for row in rows if (entry := entry_told(asked[row], told[row], book)) is not None}
        if about:
            row = max(about, key=lambda at: _nearness(asked[at], about[at], book))
            found[row] = about[row]
    return found


def _nearness(asked: str, entry: Answer, book: Lookup) -> float:
    return max((hit.probability for hit in book.hits(asked) if hit.answer == entry), default=0.0)


def entry_of_most(pairs: Sequence[tuple[str, str]]) -> Answer | None:
    """The entry that most of some questions with their answers are about, by the first few; None when most are about
    none. Where there are two, one that has an entry and one that has none, they are about that."""
    chosen = list(dict.fromkeys(pairs))[:_OF_A_GROUP]
    book = Lookup()
    found = [entry_for(asked, told, book) for asked, told in chosen]
    counts = Counter(entry for entry in found if entry is not None)
    if not counts:
        return None
    entry, times = counts.most_common(1)[0]
    return entry if 2 * times > len(chosen) or (2 * times == len(chosen) and len(counts) == 1) else None


def joined(asked: Sequence[str], told: Sequence[str], voices: Integers, labels: Integers) -> Integers:
    """(n) labels, where groups that are about one entry have one label. One answer to several things that were asked in
    one voice is about the entry once: the other askings stay alone.

    What stands in one voice only is no group: it was joined by what that voice was told, and each asking of it may be
    about something else. So each of them is looked up by itself.
    """
    if not len(labels) or not Answer.objects.exists():
        return labels
    groups: dict[int, list[int]] = defaultdict(list)
    for row, label in enumerate(labels.tolist()):
        groups[label].append(row)
    shared = {label: rows for label, rows in groups.items() if len(set(voices[rows].tolist())) > 1}
    alone = [row for label, rows in groups.items() if label not in shared for row in rows]
    about: dict[int, list[int]] = defaultdict(list)
    for rows in sorted(shared.values(), key=lambda each: (-len(each), each))[:MOST]:
        pairs = [(asked[row], told[row]) for row in _of_different_voices(rows, voices)]
        if (entry := entry_of_most(pairs)) is not None:
            about[entry.pk] += rows
    chosen = sorted(alone)[: max(0, MOST - len(shared))]
    by_row = entries_for(
        [asked[row] for row in chosen], [told[row] for row in chosen], [int(voices[row]) for row in chosen]
    )
    for row, own in zip(chosen, by_row, strict=True):
        if own is not None:
            about[own.pk].append(row)
    return _once(told, voices, labels, about)


def _of_different_voices(rows: Sequence[int], voices: Integers) -> list[int]:
    """These rows, of each voice one first."""
    first: dict[int, int] = {}
    for row in rows:
        first.setdefault(int(voices[row]), row)
    return [*first.values(), *(row for row in rows if row not in set(first.values()))]


def _once(told: Sequence[str], voices: Integers, labels: Integers, about: Mapping[int, Sequence[int]]) -> Integers:
    """(n) labels, where all rows about one entry have one of their own, each voice once for each answer."""
    found = labels.copy()
    fresh = int(labels.max(initial=-1)) + 1
    for rows in about.values():
        label, fresh = fresh, fresh + 1
        known: set[tuple[int, str]] = set()
        for row in sorted(rows):
            place = (int(voices[row]), told[row])
            if place in known:
                found[row], fresh = fresh, fresh + 1
            else:
                found[row] = label
                known.add(place)
    return found


def forget(_: object = None) -> None:
    """Keep no text of anybody after something was erased."""
    _kinds.cache_clear()


def _together(asked: str, told: str) -> str:
    return f"{asked[:_ASKED]}\n{told[:_TOLD]}"
