"""What people write in each need: phrases that could name it, and how their words are used.

A phrase is a run of words without a stop between them, begun and ended by a word with content, with at most a few
function words inside. No part-of-speech tagger is needed: what follows an article now and then is a noun; what is
written with a capital inside sentences and never goes without one is a name.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from gehoor.analysis.needs.neighbours import Integers
from gehoor.analysis.needs.words import STOP_WORDS, WORD, known, lemma, lexicon
from gehoor.kernel.patterns import regex

TEXTS_A_NEED = 300
TEXTS_IN_ALL = 30_000
"""Of many needs fewer texts are read, yet never fewer than ``_FEWEST_A_NEED`` of each."""
_FEWEST_A_NEED = 100
_LONGEST = 4
_FAR = 7
"""Words between which a verb and what it is about are sought."""
_SHORTEST_VERB = 6
_PARTICIPLE = regex(
    r"(?:\w{2,6})?ge\w{3,}(?:d|t|en)"
    r"|(?:aan|af|bij|door|in|mee|na|om|op|over|terug|toe|uit|voor|weg)?(?:be|ver|ont|over|her|er)\w{3,}(?:d|t|en)"
)
_CONTENT = 3
_SHOUTED = 0.6
"""A text with more capitals than this part of its letters says nothing by them."""

INNER = {"nl": lexicon("inner_nl"), "en": lexicon("inner_en")}
"""Function words that may stand within a phrase; they are left out when phrases are compared."""
_ARTICLES = {"nl": lexicon("articles_nl"), "en": lexicon("articles_en")}
_MEASURES = lexicon("measures")
_PALE = lexicon("pale")
_SILENT = {code: (STOP_WORDS[code] - _PALE - _MEASURES) | lexicon(f"filler_{code}") for code in ("nl", "en")}

_COUNTED = regex(
    r"\w*(?:tien|twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig|honderd|duizend)(?:ste|de)?"
)

_TOKEN = regex(rf"({WORD.pattern})|([.!?:\u2026\n]+)|([;,()\[\]\"\u201c\u201d\u201e/*<>|]+|\s[-\u2013\u2014]\s)")

Key = tuple[str, ...]


@dataclass(slots=True)
class Use:
    """How often a word, by its lower-cased form, was written without a capital (``low``) and with one, inside a

    sentence (``high``) or where it opens one (``opened``). By lemma: how often ``seen``, how often as a ``noun``.
    """

    low: Counter[str] = field(default_factory=Counter)
    high: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    opened: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    seen: Counter[str] = field(default_factory=Counter)
    noun: Counter[str] = field(default_factory=Counter)

    def is_name(self, word: str) -> bool:
        """Is ``word`` (lower-cased) always written with a capital inside sentences, or always and in no dictionary?"""
        if word in self.high:
            return self.low[word] * 4 < self.high[word].total()
        return word in self.opened and not self.low[word] and not (known(word, "nl") or known(word, "en"))

    def is_abbreviation(self, word: str) -> bool:
        return self.is_name(word) and len(word) <= 5 and self.as_written(word).isupper()

    def nounness(self, key: str) -> float:
        """From 0 to 1: how likely a lemma is a noun, by the part of its uses right behind an article."""
        return (self.noun[key] + 0.6) / (self.seen[key] + 4)

    def as_written(self, word: str) -> str:
        if not self.is_name(word):
            return word
        forms = self.high[word] if word in self.high else self.opened[word]
        return min(forms, key=lambda form: (-forms[form], form))


@dataclass(slots=True)
class Seen:
    """What one need says: in how many of its ``texts`` each phrase (by lemmas) stands, and how it is written.

    ``holding``: the numbers of the texts in which each lemma stands.
    """

    language: str
    texts: int = 0
    phrases: Counter[Key] = field(default_factory=Counter)
    holding: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    written: dict[Key, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def held(self, key: Key) -> int:
        """In how many texts all words of a phrase stand, together or apart."""
        return len(set.intersection(*(self.holding[word] for word in key)))

    def surface(self, key: Key) -> str:
        forms = self.written[key]
        return min(forms, key=lambda form: (-forms[form], len(form), form))


def read_needs(texts: Sequence[str], labels: Integers, languages: Sequence[str]) -> tuple[dict[int, Seen], Use]:
    """What each need says, in the language of most of its texts, from at most ``TEXTS_A_NEED`` of those; words' use."""
    use = Use()
    found = np.unique(labels[labels >= 0]).tolist()
    most = min(TEXTS_A_NEED, max(_FEWEST_A_NEED, TEXTS_IN_ALL // max(1, len(found))))
    return {label: _read(texts, np.flatnonzero(labels == label), languages, use, most) for label in found}, use


def is_measure(word: str) -> bool:
    """A time, an amount, an ordinal or a number."""
    return word in _MEASURES or word[0].isdigit() or _COUNTED.fullmatch(word) is not None


def is_pale(word: str) -> bool:
    """Too general to be a name by itself."""
    return word in _PALE


def _read(texts: Sequence[str], rows: Integers, languages: Sequence[str], use: Use, most: int) -> Seen:
    spoken = Counter(languages[row] for row in rows.tolist() if languages[row] in STOP_WORDS)
    language = spoken.most_common(1)[0][0] if spoken else "nl"
    own = [row for row in rows.tolist() if languages[row] == language] or rows.tolist()
    seen = Seen(language)
    for row in own[:: -(-len(own) // most)]:
        found = list(_phrases(texts[row], language, use))
        seen.phrases.update({key for key, _ in found})
        for key, _ in found:
            if len(key) == 1:
                seen.holding[key[0]].add(seen.texts)
        for key, surface in found:
            seen.written[key][surface] += 1
        seen.texts += 1
    return seen


def _phrases(text: str, language: str, use: Use) -> Iterator[tuple[Key, str]]:
    """Every phrase of ``text``, lower-cased, with its key: the lemmas of its words with content."""
    capitals = sum(letter.isupper() for letter in text)
    small = sum(letter.islower() for letter in text)
    telling = 0 < capitals < _SHOUTED * (capitals + small)
    for clause, opens in _clauses(text):
        low = [word.lower() for word in clause]
        content = [_has_content(word, language) for word in low]
        lemmas = [lemma(word, language) if has else "" for word, has in zip(low, content, strict=True)]
        if telling:
            _note_capitals(clause, low, opens, use)
        _note_nouns(clause, low, lemmas, language, use)
        for start in range(len(low)):
            if content[start]:
                yield from _from(low, lemmas, start, language)
        if language == "nl":
            yield from _done(low, lemmas)


def _clauses(text: str) -> Iterator[tuple[list[str], bool]]:
    """The words between stops, and whether they begin a sentence."""
    words: list[str] = []
    opens = True
    for found in _TOKEN.finditer(text):
        if found[1]:
            words.append(found[1].replace("\u2019", "'"))
            continue
        if words:
            yield words, opens
        opens = bool(found[2]) or (opens and not words) or found[0].strip()[:1] in {'"', "\u201c", "\u201e"}
        words = []
    if words:
        yield words, opens


def _has_content(word: str, language: str) -> bool:
    if word in _SILENT[language] or len(word) < 2:
        return False
    if language == "nl" and word in _SILENT["en"]:
        return known(word, "nl")
    return not word[0].isdigit()


def _note_capitals(clause: Sequence[str], low: Sequence[str], opens: bool, use: Use) -> None:
    for at, word in enumerate(clause):
        if word[0].islower():
            use.low[word] += 1
        elif word[0].isupper():
            (use.high if at or not opens else use.opened)[low[at]][word] += 1


def _note_nouns(clause: Sequence[str], low: Sequence[str], lemmas: Sequence[str], language: str, use: Use) -> None:
    article = [word in _ARTICLES[language] and (at == 0 or clause[at][0].islower()) for at, word in enumerate(low)]
    for at, word in enumerate(lemmas):
        if not word:
            continue
        use.seen[word] += 1
        last = at + 1 == len(low) or not lemmas[at + 1]
        described = at > 1 and article[at - 2] and lemmas[at - 1] and (low[at - 1].endswith("e") or language == "en")
        if described or (at and article[at - 1] and (last or not low[at].endswith("e"))):
            use.noun[word] += 1


def is_done(written: str, word: str) -> bool:
    """Is ``written`` the participle ("afgekeurd") or the infinitive of the Dutch verb that ``word`` is the lemma of?"""
    verb = word.replace("_", "")
    if not verb.endswith("en") or len(verb) < _SHORTEST_VERB:
        return False
    return written == verb or (written != word and _PARTICIPLE.fullmatch(written) is not None)


def _done(low: Sequence[str], lemmas: Sequence[str]) -> Iterator[tuple[Key, str]]:
    """What is done, or not done, with what: Dutch puts its verbs last ("heeft mijn factuur weer niet betaald").

    Each verb with the nearest words with content before it, as people write in a heading: "factuur niet betaald".
    """
    for end in range(2, len(low)):
        if not lemmas[end] or not is_done(low[end], lemmas[end]):
            continue
        before = range(max(0, end - _FAR), end - 1)
        for at in before:
            if lemmas[at] and not is_done(low[at], lemmas[at]) and not is_measure(low[at]):
                denied = any(word in ("niet", "geen", "nooit") for word in low[max(0, at - 1) : end])
                yield (lemmas[at], lemmas[end]), f"{low[at]} {'niet ' if denied else ''}{low[end]}"


def _from(low: Sequence[str], lemmas: Sequence[str], start: int, language: str) -> Iterator[tuple[Key, str]]:
    key: list[str] = []
    for end in range(start, min(start + _LONGEST, len(low))):
        if lemmas[end]:
            key.append(lemmas[end])
            if len(key) > _CONTENT:
                return
            yield tuple(key), " ".join(low[start : end + 1])
        elif low[end] not in INNER[language] or (language == "nl" and lemmas[end - 1] and low[end] in _ARTICLES["nl"]):
            return
