"""A name for each need: a phrase that people really use there and hardly elsewhere.

Candidates are phrases that several texts of the need hold. They are weighed by how sure it is that the need says them,
and their words, more often than the others do (log odds with an informative Dirichlet prior, Monroe, Colaresi & Quinn
2008, https://doi.org/10.1093/pan/mpn018) and by how well they read as a name. With vectors and a teacher the best of
them are weighed again by how near their meaning lies to the need's centre (KeyBERT, Grootendorst 2020,
https://doi.org/10.5281/zenodo.4461265) and how much nearer than to any other need's.
"""

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from gehoor.analysis.needs.neighbours import Floats, Integers, centred
from gehoor.analysis.needs.phrases import INNER, Key, Seen, Use, is_pale, read_needs

Embed = Callable[[Sequence[str]], Floats]

EMBEDDED_A_NEED = 12
EMBEDDED_IN_ALL = 2_500
_PRIOR = 20.0
_FEWEST_TEXTS = 3
_SHARE = 0.015
"""A phrase stands in at least three of a need's texts, in a large need in this part of them."""
_FEWEST_WORDS = 8
"""Texts below which a need is so small that two of them, or below three one, are enough."""
_NOUN = 0.2
_ALONE = 0.5
"""What a word that stands alone weighs beside a phrase."""
_PAIRED = 0.6
_PAIRS = 3
_SINGLES = 2
_MEANING = 1.0
_OTHERS = 0.5


@dataclass(frozen=True, slots=True)
class _Candidate:
    label: int
    name: str
    value: float


def name_needs(
    texts: Sequence[str],
    labels: Integers,
    languages: Sequence[str],
    vectors: Floats | None = None,
    embed: Embed | None = None,
) -> Mapping[int, str]:
    """A name for each label but -1, no two alike (case aside), lower-case but for what is always written otherwise.

    ``texts``, ``labels`` and ``languages`` (n) belong together; a need is named in the language, "nl" or "en", that
    most of its texts are in, and from those texts. One whose texts hold no word with content is named by its first
    text, cut short. With ``vectors`` (n, d), those that were grouped, and ``embed``, which makes such vectors of texts
    (aligned or not), names are chosen by meaning too; ``embed`` gets each of at most ``EMBEDDED_IN_ALL`` phrases once.
    """
    needs, use = read_needs(texts, labels, languages)
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


def _candidates(needs: Mapping[int, Seen], use: Use) -> dict[int, list[_Candidate]]:
    """For each need what could be its name, best first."""
    everywhere = _everywhere(needs.values())
    wanted = {label: _supported(seen, everywhere) for label, seen in needs.items()}
    texts = sum(seen.texts for seen in needs.values())
    return {
        label: _weighed(label, seen, wanted[label], _sureness(seen, wanted[label], everywhere, texts), use, len(needs))
        for label, seen in needs.items()
    }


def _everywhere(needs: Collection[Seen]) -> Counter[Key]:
    """In how many texts of all needs each phrase stands, of those that more than one text of some need holds."""
    repeated = {key for seen in needs for key, count in seen.phrases.items() if count > 1 or seen.texts < _FEWEST_TEXTS}
    found: Counter[Key] = Counter()
    for seen in needs:
        found.update({key: count for key, count in seen.phrases.items() if key in repeated})
    return found


def _supported(seen: Seen, everywhere: Counter[Key]) -> list[Key]:
    """The phrases that enough texts of the need hold: three, or two when others hold it too; all words if none."""
    least = 1 if seen.texts < _FEWEST_TEXTS else max(2, round(_SHARE * seen.texts))
    enough = 1 if seen.texts < _FEWEST_WORDS else _FEWEST_TEXTS
    found = [
        key
        for key, count in seen.phrases.items()
        if count >= least and everywhere[key] >= enough and len(set(key)) == len(key)
    ]
    return found or [key for key in seen.phrases if len(key) == 1]


def _sureness(seen: Seen, keys: Sequence[Key], everywhere: Counter[Key], texts: int) -> dict[Key, float]:
    """How many standard errors the log odds of each phrase lie above its odds in the other needs."""
    found: dict[Key, float] = {}
    others = texts - seen.texts
    for key in keys:
        here, there = seen.phrases[key], everywhere[key] - seen.phrases[key]
        prior = _PRIOR * (everywhere[key] + 0.5) / (texts + 1)
        ours = math.log((here + prior) / max(seen.texts + _PRIOR - here - prior, 0.5))
        theirs = math.log((there + prior) / max(others + _PRIOR - there - prior, 0.5))
        found[key] = (ours - theirs) / math.sqrt(1 / (here + prior) + 1 / (there + prior))
    return found


def _weighed(
    label: int, seen: Seen, keys: Sequence[Key], sure: Mapping[Key, float], use: Use, many: int
) -> list[_Candidate]:
    telling = {key[0]: max(sure[key], 0.05) for key in keys if len(key) == 1 and _tells(seen, key, use, many)}
    phrases = [
        _Candidate(label, _shown(seen, key, use), value)
        for key in keys
        if len(key) > 1 and (value := _value(seen, key, sure[key], telling, use)) > 0
    ]
    nouns = sorted(telling, key=lambda word: (-telling[word] * _alone(seen, word, use), word))[:5]
    singles = [_Candidate(label, _shown(seen, (word,), use), telling[word] * _alone(seen, word, use)) for word in nouns]
    pairs = [_pair(label, seen, a, b, telling, use) for a, b in combinations(nouns[:4], 2)]
    phrases = sorted(phrases, key=lambda each: (-each.value, each.name))
    pairs = sorted(pairs, key=lambda each: (-each.value, each.name))[:_PAIRS]
    shortlist = [*phrases[: EMBEDDED_A_NEED - _PAIRS - _SINGLES], *pairs, *singles[:_SINGLES]]
    return sorted(shortlist, key=lambda each: (-each.value, each.name))


def _alone(seen: Seen, word: str, use: Use) -> float:
    """From 0 to 1: how well a word stands alone or beside another; a noun does."""
    written = seen.surface((word,))
    adjective = seen.language == "nl" and written.endswith("e") and written != word
    noun = use.nounness(word) >= _NOUN
    return _ALONE if noun else _ALONE * (0.3 if adjective else 0.5)


def _tells(seen: Seen, key: Key, use: Use, many: int) -> bool:
    """Does this single word say something of the matter: not pale, nor the name of a person or place?"""
    word = seen.surface(key)
    if is_pale(word):
        return False
    return not _is_person_or_place(word, key[0], use, many)


def _is_person_or_place(word: str, key: str, use: Use, many: int) -> bool:
    named = use.is_name(word) and not use.is_abbreviation(word)
    return named and use.nounness(key) < _NOUN and len(use.needs[word]) <= max(2, many // 2)


def _pair(label: int, seen: Seen, a: str, b: str, telling: Mapping[str, float], use: Use) -> _Candidate:
    joined = " and " if seen.language == "en" else " en "
    name = joined.join(_shown(seen, (word,), use) for word in (a, b))
    value = telling[a] * _alone(seen, a, use) + telling[b] * _alone(seen, b, use)
    return _Candidate(label, name, _PAIRED * value)


def _value(seen: Seen, key: Key, sure: float, telling: Mapping[str, float], use: Use) -> float:
    """Of a phrase: how surely it and its words are this need's, and how well it reads."""
    strong = [telling[word] for word in key if word in telling]
    if not strong or sure <= 0:
        return 0.0
    together = math.sqrt(sure * sum(strong)) * (len(strong) / len(key)) ** 0.5
    return together * _reads(seen, key, use)


def _reads(seen: Seen, key: Key, use: Use) -> float:
    """From 0 to 1: how well a phrase reads as a name. A noun at its end is best; a verb form or adjective is not."""
    words = seen.surface(key).split()
    last, first = key[-1], key[0]
    noun_last = use.nounness(last) >= _NOUN
    if noun_last:
        end = 1.0
    elif seen.language == "nl" and words[-1] == last and last.endswith("en"):
        end = 0.9
    elif words[-1].endswith("e") and words[-1] != last:
        end = 0.4
    else:
        end = 0.65
    verb_first = first.endswith("en") and words[0] != first and use.nounness(first) < _NOUN
    inner = sum(word in INNER[seen.language] for word in words)
    return end * (0.5 if verb_first else 1.0) * (0.9 if inner > 1 else 1.0)


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
    return {
        label: _again(chosen[label], centres, meant, at) + lists[label][a_need:] for at, label in enumerate(order)
    }


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
        again.append(_Candidate(each.label, each.name, each.value / best + _MEANING * nearer))
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
