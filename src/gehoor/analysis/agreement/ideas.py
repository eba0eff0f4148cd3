"""Which ideas words name, in Dutch and English alike: dictionary forms, service words by their meaning, parts of
compounds."""

from functools import lru_cache

from gehoor.analysis.agreement.lexicon import lines, named, parts
from gehoor.analysis.agreement.numbers import word_value
from gehoor.analysis.needs.words import known, lemma
from gehoor.kernel.patterns import regex

_WORD = regex(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_EMPTY = frozenset(word for line in lines("empty") for word in line.split())
_UNITS = frozenset(
    form for line in lines("units") if line.startswith("(period)") for form in parts(line.partition(":")[2])
) | frozenset(form for line in named("calendar")["month"] for form in line.split() if form not in ("may", "mar", "dec"))
_LONGEST = 40


def _read() -> tuple[dict[str, str], list[tuple[str, str]], list[tuple[str, str]]]:
    exact: dict[str, str] = {}
    starts: list[tuple[str, str]] = []
    ends: list[tuple[str, str]] = []
    for name, forms in named("ideas").items():
        for form in forms:
            if form.endswith("*"):
                starts.append((form[:-1], name))
            elif form.startswith("*"):
                ends.append((form[1:], name))
            elif " " not in form:
                exact.setdefault(form, name)
    return exact, starts, ends


_EXACT, _STARTS, _ENDS = _read()


@lru_cache(maxsize=100_000)
def ideas_of(word: str) -> tuple[str, ...]:
    """The ideas of one word in lower case; none for a word that says nothing."""
    if word in _UNITS or word_value(word) is not None:
        return ()
    if word in _EMPTY or len(word) < 3 or len(word) > _LONGEST:
        return (_EXACT[word],) if word in _EXACT and word not in _EMPTY else ()
    single = _single(word)
    if single:
        return single
    form = lemma(word)
    if form in _EMPTY:
        return ()
    return _single(form) or _of_parts(form) or (form,)


def _single(word: str) -> tuple[str, ...]:
    if word in _EXACT:
        return (_EXACT[word],)
    found = [name for start, name in _STARTS if word.startswith(start)]
    if found:
        return (found[0],)
    tail = [(end, name) for end, name in _ENDS if word.endswith(end) and len(word) > len(end)]
    if tail:
        end, name = tail[0]
        head = word[: -len(end)].rstrip("s-")
        return tuple(dict.fromkeys((name, *(ideas_of(head) if len(head) > 3 else ()))))
    return ()


def _of_parts(word: str) -> tuple[str, ...]:
    """A Dutch compound whose last part is a known word and whose first is one too: "opzegkosten", "polisblad"."""
    if len(word) < 8 or "-" in word:
        return tuple(idea for part in word.split("-") for idea in ideas_of(part)) if "-" in word else ()
    for cut in range(len(word) - 3, 2, -1):
        head, tail = word[:cut], word[cut:]
        if len(tail) < 4 or not (tail in _EXACT or (len(tail) > 4 and known(tail, "nl"))):
            continue
        heads = [
            head,
            head.rstrip("s"),
            head.removesuffix("en") if len(head) > 5 else head,
            head.rstrip("-"),
            head + "en",
        ]
        for form in heads:
            if len(form) > 2 and (form in _EXACT or known(form, "nl")):
                return tuple(dict.fromkeys((*ideas_of(tail), *ideas_of(form))))
    return ()


def ideas_in(said: str, start: int, end: int) -> frozenset[str]:
    """All ideas between two places of a text in lower case."""
    return frozenset(idea for hit in _WORD.finditer(said, start, end) for idea in ideas_of(hit[0]))
