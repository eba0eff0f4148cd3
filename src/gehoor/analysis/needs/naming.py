"""A name for each need: a phrase that people really use there and hardly elsewhere.

Candidates are phrases that several texts of the need hold. They are weighed by how sure it is that the need says them,
and their words, more often than the others do (log odds with an informative Dirichlet prior, Monroe, Colaresi & Quinn
2008, https://doi.org/10.1093/pan/mpn018) and by how well they read as a name. With vectors and a teacher the best of
them are weighed again by how near their meaning lies to the need's centre (KeyBERT, Grootendorst 2020,
https://doi.org/10.5281/zenodo.4461265) and how much nearer than to any other need's.
"""

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from gehoor.analysis.needs.neighbours import Floats, Integers, centred
from gehoor.analysis.needs.phrases import Key, Seen, Use, is_done, is_measure, is_pale, read_needs

Embed = Callable[[Sequence[str]], Floats]

EMBEDDED_A_NEED = 12
EMBEDDED_IN_ALL = 2_500
_PRIOR = 20.0
_FEWEST_TEXTS = 3
_SHARE = 0.015
"""A phrase stands in at least three of a need's texts, in a large need in this part of them."""
_FEWEST_WORDS = 8
"""Texts below which a need is so small that two of them, or below three one, are enough."""
_SUBJECT_COUNTS = 2
"""As how many further texts a subject line counts: people say there themselves what it is about."""
_NOUN = 0.22
_DONE = 0.8
"""How well a phrase reads that ends with what was done: "factuur afgekeurd"."""
_ALONE = 0.4
"""What a word that stands alone weighs beside a phrase."""
_PAIRED = 0.5
_PAIRS = 3
_ENOUGH_NAMES = 4
_CLEAR = 0.6
"""A need whose best name weighs less looks further, to what only two texts hold."""
_LATER = 0.7
_LAST_RESORT = 3
"""After this stage any name will do; before it, four names of which one is clear."""
_SINGLES = 2
_MEANING = 1.5
_OTHERS = 0.5
_BARE = 0.2
"""What a single word must be better than a phrase to be preferred to it."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    label: int
    name: str
    value: float


@dataclass(frozen=True, slots=True)
class Said:
    """Of each ask its voice (n), and the subject line above it, "" for none."""

    voices: Integers
    subjects: Sequence[str]


def name_needs(
    texts: Sequence[str],
    labels: Integers,
    languages: Sequence[str],
    vectors: Floats | None = None,
    embed: Embed | None = None,
    said: Said | None = None,
) -> Mapping[int, str]:
    """A name for each label but -1, no two alike (case aside), lower-case but for what is always written otherwise.

    ``texts``, ``labels`` and ``languages`` (n) belong together; a need is named in the language, "nl" or "en", that
    most of its texts are in, and from those texts. One whose texts hold no word with content is named by its first
    text, cut short. With ``vectors`` (n, d), those that were grouped, and ``embed``, which makes such vectors of texts
    (aligned or not), names are chosen by meaning too; ``embed`` gets each of at most ``EMBEDDED_IN_ALL`` phrases once.
    With ``said``, what several asks of one voice hold counts once, and subject lines, in which people say themselves
    what it is about, are read too.
    """
    needs, use = (
        read_needs(*_by_voice(texts, labels, languages, said)) if said else read_needs(texts, labels, languages)
    )
    lists = _candidates(needs, use)
    if vectors is not None and embed is not None:
        lists = _by_meaning(lists, labels, vectors, embed)
    sizes = Counter(labels.tolist())
    names: dict[int, str] = {}
    taken: set[str] = set()
    for label in sorted(needs, key=lambda label: (-sizes[label], label)):
        fallback = texts[int(np.flatnonzero(labels == label)[0])]
        names[label] = _free((each.name for each in lists[label]), taken, fallback)
        taken.add(names[label].casefold())
    return names


def _by_voice(
    texts: Sequence[str], labels: Integers, languages: Sequence[str], said: Said
) -> tuple[list[str], Integers, list[str]]:
    """The texts of one voice in one need as one, and its subject line as further ones."""
    together: dict[tuple[int, int], list[int]] = {}
    for row, key in enumerate(zip(labels.tolist(), said.voices.tolist(), strict=True)):
        together.setdefault(key, []).append(row)
    read = [(label, rows[0], "\n".join(texts[row] for row in rows)) for (label, _), rows in together.items()]
    lines = [(label, rows[0], said.subjects[rows[0]]) for (label, _), rows in together.items()]
    read += [line for line in lines if line[2]] * _SUBJECT_COUNTS
    return (
        [text for _, _, text in read],
        np.array([label for label, _, _ in read], np.int64),
        [languages[row] for _, row, _ in read],
    )


def _candidates(needs: Mapping[int, Seen], use: Use) -> dict[int, list[_Candidate]]:
    """For each need what could be its name, best first."""
    everywhere: Counter[str] = Counter()
    for seen in needs.values():
        everywhere.update({word: len(rows) for word, rows in seen.holding.items()})
    texts = sum(seen.texts for seen in needs.values())
    return {label: _of_one(label, seen, _sureness(seen, everywhere, texts), use) for label, seen in needs.items()}


def _sureness(seen: Seen, everywhere: Counter[str], texts: int) -> dict[str, float]:
    """How many standard errors the log odds of each word lie above those in the other needs."""
    found: dict[str, float] = {}
    others = texts - seen.texts
    for word, rows in seen.holding.items():
        here, there = len(rows), everywhere[word] - len(rows)
        prior = _PRIOR * (everywhere[word] + 0.5) / (texts + 1)
        ours = math.log((here + prior) / max(seen.texts + _PRIOR - here - prior, 0.5))
        theirs = math.log((there + prior) / max(others + _PRIOR - there - prior, 0.5))
        found[word] = max(0.05, (ours - theirs) / math.sqrt(1 / (here + prior) + 1 / (there + prior)))
    return found


def _of_one(label: int, seen: Seen, sure: Mapping[str, float], use: Use) -> list[_Candidate]:
    """A shortlist from words that enough texts hold, with what fewer hold, or is paler, behind it where it is short."""
    found: dict[str, _Candidate] = {}
    for stage, (least, pale) in enumerate(_stages(seen)):
        common = {word: value for word, value in sure.items() if len(seen.holding[word]) >= least}
        telling = {word for word in common if _tells(seen, word, use, pale)}
        for each in _shortlist(label, seen, common, telling, use):
            found.setdefault(each.name, replace(each, value=each.value * _LATER**stage))
        clear = len(found) >= _ENOUGH_NAMES and max(each.value for each in found.values()) >= _CLEAR
        if found and (clear or stage >= _LAST_RESORT):
            break
    return _sorted(found.values())[:EMBEDDED_A_NEED]


def _stages(seen: Seen) -> Iterator[tuple[int, bool]]:
    """In how many texts a word of a name stands at least, and whether pale words will do: from strict to lenient."""
    most = max(_FEWEST_TEXTS, round(_SHARE * seen.texts)) if seen.texts >= _FEWEST_WORDS else 2
    yield from ((most, False), (most, True), (2, False), (2, True), (1, False), (1, True))


def _shortlist(
    label: int, seen: Seen, sure: Mapping[str, float], telling: Collection[str], use: Use
) -> list[_Candidate]:
    """Phrases, words side by side and words alone, the best of each."""
    phrases = [
        _Candidate(label, _shown(seen, key, use), value)
        for key in seen.phrases
        if len(set(key)) == len(key) > 1 and (value := _value(seen, key, sure, telling, use)) > 0
    ]
    alone = {word: sure[word] * math.sqrt(len(seen.holding[word]) / seen.texts) for word in telling}
    alone = {word: value * _alone(seen, word, use) for word, value in alone.items()}
    best = sorted(alone, key=lambda word: (-alone[word], word))[:4]
    singles = [_Candidate(label, _shown(seen, (word,), use), alone[word]) for word in best]
    nouns = [word for word in best if use.nounness(word) >= _NOUN and not is_pale(word)]
    pairs = [_pair(label, seen, a, b, _PAIRED * (alone[a] + alone[b]), use) for a, b in combinations(nouns, 2)]
    parts = ((phrases, EMBEDDED_A_NEED - _PAIRS - _SINGLES), (pairs, _PAIRS), (singles, _SINGLES))
    return [each for part, most in parts for each in _sorted(part)[:most]]


def _sorted(candidates: Iterable[_Candidate]) -> list[_Candidate]:
    return sorted(candidates, key=lambda each: (-each.value, each.name))


def _tells(seen: Seen, word: str, use: Use, pale: bool) -> bool:
    """Does this word say something of the matter by itself: not pale, nor the name of a person or place?"""
    written = seen.surface((word,))
    if is_measure(written) or is_measure(word) or (not pale and (is_pale(written) or is_pale(word))):
        return False
    return not use.is_name(written) or use.is_abbreviation(written) or use.nounness(word) >= _NOUN


def _alone(seen: Seen, word: str, use: Use) -> float:
    """From 0 to 1: how well a word stands alone or beside another; a noun does."""
    written = seen.surface((word,))
    adjective = seen.language == "nl" and written.endswith("e") and written != word
    return _ALONE * (1.0 if use.nounness(word) >= _NOUN else 0.2 if adjective else 0.4)


def _pair(label: int, seen: Seen, a: str, b: str, value: float, use: Use) -> _Candidate:
    joined = " and " if seen.language == "en" else " en "
    return _Candidate(label, joined.join(_shown(seen, (word,), use) for word in (a, b)), value)


def _value(seen: Seen, key: Key, sure: Mapping[str, float], telling: Collection[str], use: Use) -> float:
    """Of a phrase: how surely its words are this need's, in how many texts it and they stand, and how it reads."""
    strong = [sure[word] for word in key if word in telling]
    if not strong or any(word not in sure for word in key):
        return 0.0
    held = math.sqrt(seen.held(key) * seen.phrases[key]) / seen.texts
    return sum(strong) / math.sqrt(len(key)) * math.sqrt(held) * _reads(seen, key, use)


def _reads(seen: Seen, key: Key, use: Use) -> float:
    """From 0 to 1: how well a phrase reads as a name. A noun at its end is best; a verb form or adjective is not."""
    words = seen.surface(key).split()
    verb_first = key[0].endswith("en") and words[0] != key[0] and use.nounness(key[0]) < _NOUN
    counted = 0.3 if is_measure(words[0]) else 0.5 if is_measure(words[-1]) else 1.0
    end = _ends(seen, words[-1], key[-1], use)
    named = any(use.is_name(word) and not use.is_abbreviation(word) for word in words)
    return end * counted * (0.5 if verb_first else 1.0) * (0.4 if named and not _all_named(words, use) else 1.0)


def _all_named(words: Sequence[str], use: Use) -> bool:
    """A name of several words ("Europese Unie", "Regie der Gebouwen") is what the need is about."""
    return use.is_name(words[0]) and use.is_name(words[-1])


def _ends(seen: Seen, written: str, word: str, use: Use) -> float:
    if use.nounness(word) >= _NOUN:
        return 1.0
    if seen.language == "nl" and is_done(written, word):
        return _DONE
    if seen.language == "nl" and written == word and word.endswith("en"):
        return 0.9
    return 0.4 if written.endswith("e") and written != word else 0.65


def _shown(seen: Seen, key: Key, use: Use) -> str:
    return " ".join(use.as_written(word) for word in seen.surface(key).split())


def _by_meaning(
    lists: Mapping[int, list[_Candidate]], labels: Integers, vectors: Floats, embed: Embed
) -> dict[int, list[_Candidate]]:
    """The candidates in order of value and meaning together; as they were with less than two needs or phrases."""
    a_need = EMBEDDED_IN_ALL // max(1, len(lists))
    chosen = {label: found[:a_need] for label, found in lists.items()}
    phrases = sorted({each.name for found in chosen.values() for each in found})
    if len(lists) < 2 or len(phrases) < 2 or a_need < 2:
        return dict(lists)
    meant = dict(zip(phrases, centred(np.asarray(embed(phrases), np.float32)), strict=True))
    order = list(lists)
    centres = _centres(vectors, labels, order)
    return {label: _again(chosen[label], centres, meant, at) + lists[label][a_need:] for at, label in enumerate(order)}


def _centres(vectors: Floats, labels: Integers, order: Sequence[int]) -> Floats:
    unit = centred(vectors)
    means = np.stack([unit[labels == label].mean(axis=0) for label in order])
    return np.asarray(means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9), np.float32)


def _again(found: list[_Candidate], centres: Floats, meant: Mapping[str, Floats], at: int) -> list[_Candidate]:
    best = max((each.value for each in found), default=1.0)
    again: list[_Candidate] = []
    for each in found:
        near = centres @ meant[each.name]
        nearer = float(near[at] - _OTHERS * np.delete(near, at).max())
        value = math.sqrt(each.value / best) + _MEANING * nearer - (0.0 if " " in each.name else _BARE)
        again.append(_Candidate(each.label, each.name, value))
    return sorted(again, key=lambda each: (-each.value, each.name))


def _free(candidates: Iterator[str], taken: set[str], fallback: str) -> str:
    first = None
    for name in candidates:
        if name.casefold() not in taken:
            return name
        first = first or name
    base = first or " ".join(fallback.split()[:6])[:60] or "\u2026"
    numbered = (base if n == 1 else f"{base} ({n})" for n in range(1, len(taken) + 2))
    return next(name for name in numbered if name.casefold() not in taken)
