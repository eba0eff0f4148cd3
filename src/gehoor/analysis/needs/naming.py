"""A name for each need: a phrase that people really use there and hardly elsewhere.

Words are weighed by how much more often they occur in the need than overall (the need's share of the Kullback-Leibler
divergence of its words, after class-based TF-IDF, Grootendorst 2022, https://arxiv.org/abs/2203.05794). Phrases of two
to five words, begun and ended by a word with content, are weighed by their words and by how many of the need's texts
hold them; the best is shown in the form in which people write it most often.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from gehoor.analysis.needs.neighbours import Integers
from gehoor.analysis.needs.words import STOP_WORDS, WORD, lemma, lexicon

_TEXTS_A_NEED = 300
_LONGEST = 5
_CONTENT = 3
_SUPPORT = 0.05
_TYPICAL = 0.5
"""A phrase weighs at least this part of the need's two most typical words; else those two are the name."""
_WHOLE = 0.65
"""A phrase that goes on the same way in so many of its uses is a piece of a longer one."""
_CLAUSE = re.compile(r"[.!?;:,()\"\n\u2026\u201c\u201d]+|\s[-\u2013\u2014]\s")
_INNER = lexicon("inner")
"""Function words that may stand within a phrase, and are left out when phrases are compared."""

Key = tuple[str, ...]


@dataclass(slots=True)
class _Seen:
    """What one need says: in how many of its texts each lemma and each phrase stands, and how phrases are written."""

    language: str
    texts: int = 0
    lemmas: Counter[str] = field(default_factory=Counter)
    phrases: Counter[Key] = field(default_factory=Counter)
    written: dict[Key, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))


def name_needs(texts: Sequence[str], labels: Integers, languages: Sequence[str]) -> Mapping[int, str]:
    """A name for each label but -1, no two alike (case aside).

    ``texts``, ``labels`` and ``languages`` (n) belong together; ``languages`` holds "nl" or "en" a text; a
    need is named in the one that most of its texts are in. One whose texts hold no word with content is named by its
    first text, cut short.
    """
    seen = {int(label): _read(texts, labels, languages, int(label)) for label in np.unique(labels[labels >= 0])}
    overall: Counter[str] = Counter()
    for need in seen.values():
        overall.update({word: count / max(1, need.texts) for word, count in need.lemmas.items()})
    names: dict[int, str] = {}
    taken: set[str] = set()
    for label in sorted(seen, key=lambda label: (-int((labels == label).sum()), label)):
        fallback = texts[int(np.flatnonzero(labels == label)[0])]
        names[label] = _free(_candidates(seen[label], overall, len(seen)), taken, fallback)
        taken.add(names[label].casefold())
    return names


def _read(texts: Sequence[str], labels: Integers, languages: Sequence[str], label: int) -> _Seen:
    rows = np.flatnonzero(labels == label)
    language = Counter(languages[row] for row in rows.tolist()).most_common(1)[0][0]
    seen = _Seen(language if language in STOP_WORDS else "nl")
    step = max(1, len(rows) // _TEXTS_A_NEED)
    for row in rows[::step].tolist():
        found = list(_phrases(texts[row], seen.language))
        seen.texts += 1
        seen.lemmas.update({word for key, _ in found if len(key) == 1 for word in key})
        seen.phrases.update({key for key, _ in found})
        for key, surface in found:
            seen.written[key][surface] += 1
    return seen


def _phrases(text: str, language: str) -> Iterator[tuple[Key, str]]:
    """Every phrase of ``text`` with its key, the lemmas of its words with content."""
    stop = STOP_WORDS[language]
    for clause in _CLAUSE.split(text):
        words = WORD.findall(clause)
        low = [word.lower() for word in words]
        content = [word not in stop and len(word) > 1 and not word[0].isdigit() for word in low]
        for start in range(len(words)):
            if content[start]:
                yield from _from(words, low, content, start, language)


def _from(
    words: list[str], low: list[str], content: list[bool], start: int, language: str
) -> Iterator[tuple[Key, str]]:
    key: list[str] = []
    for end in range(start, min(start + _LONGEST, len(words))):
        if content[end]:
            key.append(lemma(low[end], language))
            if len(key) > _CONTENT:
                return
            yield tuple(key), " ".join(words[start : end + 1])
        elif low[end] not in _INNER:
            return


def _candidates(seen: _Seen, overall: Counter[str], n_needs: int) -> Iterator[str]:
    """Names for one need, best first: phrases, then its most typical words side by side."""
    weight = {word: _weight(count / seen.texts, overall[word] / n_needs) for word, count in seen.lemmas.items()}
    least = 1 if seen.texts < 4 else max(2, round(_SUPPORT * seen.texts))
    phrases = [key for key, count in seen.phrases.items() if count >= least and len(set(key)) == len(key) > 1]
    cut = {key[:-1] for key in phrases if seen.phrases[key] >= _WHOLE * seen.phrases[key[:-1]]}
    cut |= {key[1:] for key in phrases if seen.phrases[key] >= _WHOLE * seen.phrases[key[1:]]}
    value = {key: _value(key, seen, weight) * (0.5 if key in cut else 1.0) for key in phrases}
    typical = sorted(weight, key=lambda word: (-weight[word], word))
    enough = _TYPICAL * sum(weight[word] for word in typical[:2])
    for key in sorted(phrases, key=lambda key: (-value[key], key)):
        if sum(weight[word] for word in key) >= enough:
            yield _written(seen, key)
    for size in (2, 3, 1):
        if len(typical) >= size:
            yield ", ".join(_written(seen, (word,)) for word in typical[:size])


def _weight(here: float, overall: float) -> float:
    return here * float(math.log((here + 1e-9) / (overall + 1e-9)))


def _value(key: Key, seen: _Seen, weight: Mapping[str, float]) -> float:
    words = sum(weight[word] for word in key)
    support = math.sqrt(seen.phrases[key] / seen.texts)
    return words * support * (_shape(_written(seen, key), key) if seen.language == "nl" else 1.0)


def _shape(phrase: str, key: Key) -> float:
    """Less than 1 for Dutch that reads badly as a name: a verb form at an end, or an inflected adjective last."""
    words = phrase.lower().split()
    verbs = [key[at].endswith("en") and words[at] != key[at] and not words[at].endswith("en") for at in (0, -1)]
    adjective = words[-1].endswith("e") and words[-1] != key[-1]
    return float(np.prod([0.5 if verb else 1.0 for verb in verbs]) * (0.4 if adjective else 1.0))


def _written(seen: _Seen, key: Key) -> str:
    """The form most often written; among equals the one with fewest capitals."""
    forms = seen.written[key]
    return min(forms, key=lambda form: (-forms[form], sum(letter.isupper() for letter in form), form))


def _free(candidates: Iterator[str], taken: set[str], fallback: str) -> str:
    first = None
    for name in candidates:
        if name.casefold() not in taken:
            return name
        first = first or name
    base = first or " ".join(fallback.split()[:6])[:60] or "…"
    numbered = (base if n == 1 else f"{base} ({n})" for n in range(1, len(taken) + 2))
    return next(name for name in numbered if name.casefold() not in taken)
