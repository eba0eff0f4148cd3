"""The clauses of an answer, and of each: which case it is for, whether it is a condition, soft, past, or only on
contact.

The scope of conditions and of fronted phrases ("Bij nieuwbouw ...") is that of their sentence, as in natural logic's
restrictors: two figures under restrictors that exclude each other are never a contradiction (De Marneffe et al. 2008).
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from gehoor.analysis.agreement.ideas import ideas_in
from gehoor.analysis.agreement.lexicon import any_of, lines, named, parts, pattern_of
from gehoor.analysis.agreement.tokens import clauses, sentences, split_at_and
from gehoor.kernel.patterns import regex

Ideas = frozenset[str]


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause at ``start`` to ``end`` of sentence number ``sentence``. ``condition``: "if", "only" or "unless"
    when it is one. ``front``: the ideas of the phrase that opens its sentence, at ``front_span``. ``case``: those of
    its sentence's conditions. ``cases``: (line, side) of the situations named."""

    start: int
    end: int
    sentence: int
    ideas: Ideas
    condition: str = ""
    front: Ideas = frozenset()
    front_span: tuple[int, int] = (0, 0)
    case: Ideas = frozenset()
    cases: frozenset[tuple[int, int]] = frozenset()
    soft: bool = False
    past: bool = False
    contact: bool = False
    aside: bool = False


_Case = tuple[int, int]
_WORD = regex(r"\w+(?:['-]\w+)*\+?")


@lru_cache(maxsize=1)
def _situations() -> tuple[
    dict[str, set[_Case]], list[tuple[str, _Case]], dict[str, list[tuple[re.Pattern[str], _Case]]]
]:
    """The situations by whole word, by the beginning of a word, and phrases by their first word."""
    exact: dict[str, set[_Case]] = {}
    starts: list[tuple[str, _Case]] = []
    phrases: dict[str, list[tuple[re.Pattern[str], _Case]]] = {}
    for number, line in enumerate(lines("situations")):
        for side, words in enumerate(line.removeprefix("!").split(" / ")):
            for phrase in parts(words):
                first, _, more = phrase.partition(" ")
                if more:
                    phrases.setdefault(first.rstrip("*"), []).append((any_of((phrase,)), (number, side)))
                elif phrase.endswith("*"):
                    starts.append((phrase[:-1], (number, side)))
                else:
                    exact.setdefault(phrase, set()).add((number, side))
    return exact, starts, phrases


@lru_cache(maxsize=50_000)
def _cases_of(word: str) -> frozenset[_Case]:
    exact, starts, _ = _situations()
    return frozenset(exact.get(word, ())) | {case for beginning, case in starts if word.startswith(beginning)}


@lru_cache(maxsize=1)
def special_lines() -> frozenset[int]:
    """Lines of situations where one that is named is not compared with an answer that names none."""
    return frozenset(number for number, line in enumerate(lines("situations")) if line.startswith("!"))


def cases_in(said: str, start: int = 0, end: int | None = None) -> frozenset[_Case]:
    """The situations that are named between two places."""
    last = len(said) if end is None else end
    phrases = _situations()[2]
    found: set[_Case] = set()
    for hit in _WORD.finditer(said, start, last):
        word = hit[0]
        found |= _cases_of(word)
        if word in phrases:
            found |= {case for pattern, case in phrases[word] if pattern.match(said, hit.start(), last)}
    return frozenset(found)


_CONDITIONS = tuple((sort, pattern_of("conditions", sort)) for sort in ("only", "unless", "if"))
_ANY_CONDITION = any_of(phrase for sort in ("only", "unless", "if") for phrase in named("conditions")[sort])
_FRONT = regex(
    (
        r"\s*(?:(?:goede\w+|hallo|hoi|hi|hello|dag|beste|geachte|dear|good \w+)[^,.:]{0,30},\s*)?(?:en |and |maar "
        r"|but |dus |ja,? |nee,? )?"
    )
    + pattern_of("conditions", "front").pattern
)
_FRONT_END = regex(
    any_of(lines("finite")).pattern
    + (
        r"|(?<=\s)(?!tegen|boven|tussen|binnen|buiten|tijdens|naast|want|niet|alleen)\w{2,}(?:en|t) (?:de|het|een|"
        r"wij|we|u|je|er|uw|ik|onze)(?!\w)"
    )
    + r"|[,:;.!?]|\Z"
)
_VERB_FIRST = regex(
    r"\s*(?!kunt|mag|moet|krijgt|ontvangt|neem|bel|mail)\w{2,}(?:t|n|f|b|s|l|m|g|k|p|d|e) (?:u|je|jij|de|het|"
    r"uw|iemand|er|een|jullie) [^,.?!]{3,110}?(?:, ?dan |\sdan |, (?:dan|is|zijn|krijgt|betaalt|mag|moet|kunt|"
    r"kan|hebt|heeft|geldt|wordt|vervalt|rekenen|vergoeden|betalen|keren|gaat|houd|bel|stuur|neem|"
    r"verander)\w* )"
)
_OWN = regex(
    r"(?<!\w)(?:uw|je|jouw|deze|dit|your|this|our|onze|ons|mijn|my|iedereen|alle|elke|ieder|everyone|every|all)(?!\w)|\A\s*(?:die|dat|that)(?!\w)"
)
_SUBJECT = regex(
    r"\s+(?:u|je|jij|we|wij|ze|zij|hij|ie|het|de|een|er|uw|iemand|men|dat|die|dit|deze|t|'t|ge|mensen|\w+ "
    r"(?:is|zijn|wordt|heeft))(?!\w)"
)
_MAIN = regex(
    r"(?<=\s)(?:dan\s|(?:\w{2,}(?:t|n|k|g|f|d)) (?:u|je|jij|we|wij|ik|er)(?!\w)|(?:is|zijn|wordt|geldt|then) "
    r"(?:de|het|er|uw|een|dat|the|you|we|it)(?!\w))"
)
"""Where the main clause begins after a condition without a comma: "als u eigenaar bent hebt u"."""
_AS = regex(
    r"als (?!u |je |jij |we |wij |ze |zij |het |er )(?:\w+ ){1,2}?"
    + any_of(lines("finite")).pattern
    + r" (?:u|je|jij|we|wij|er)(?!\w)"
)
""" "Als student krijg je": what someone is, no condition."""
_ALSO = pattern_of("conditions", "also")
_SOURCE = pattern_of("conditions", "source")
_SOFT = pattern_of("conditions", "soft")
_PAST = pattern_of("conditions", "past")
_CONTACT = pattern_of("conditions", "contact")
_ASIDE = pattern_of("conditions", "other")
_DUTY = any_of(form for key, forms in named("requirements").items() if key.startswith("noun ") for form in forms)
""" "Mits u toestemming heeft" asks something of everyone; it is no case that somebody is in or not."""
_MOST = 60


def read_clauses(said: str) -> list[Clause]:
    """All clauses of a text in lower case, in order."""
    found: list[Clause] = []
    for number, (start, end) in enumerate(sentences(said)):
        pieces = [
            part
            for first, last in _cut(said, start, end)
            for part in split_at_and(said, first, last)
            if said[part[0] : part[1]].strip()
        ]
        front, span = _fronted(said, start, end)
        sorts = [_condition(said, first, last) for first, last in pieces]
        ideas = [ideas_in(said, first, last) for first, last in pieces]
        case = frozenset(
            idea
            for sort, inside, (first, last) in zip(sorts, ideas, pieces, strict=True)
            if sort and not _DUTY.search(said, first, last)
            for idea in inside
        )
        cases = cases_in(said, start, end)
        contact = _CONTACT.search(said, start, end) is not None
        soft = _SOFT.search(said, start, end) is not None
        for at, (first, last) in enumerate(pieces):
            found.append(
                Clause(
                    first,
                    last,
                    number,
                    ideas[at],
                    sorts[at],
                    front,
                    span,
                    case,
                    cases,
                    soft,
                    _PAST.search(said, first, last) is not None,
                    contact and _CONTACT.search(said, first, last) is not None,
                    _ASIDE.match(said, _begin(said, first)) is not None,
                )
            )
    return found


def _begin(said: str, at: int) -> int:
    while at < len(said) and said[at].isspace():
        at += 1
    return at


def _cut(said: str, start: int, end: int) -> list[tuple[int, int]]:
    """Clauses, cut before a condition too, so that what stands in it is not taken for what is said."""
    found = []
    for first, last in clauses(said, start, end):
        at = first
        for hit in _ANY_CONDITION.finditer(said, first, last):
            if _stands_alone(said, hit, first):
                continue
            if said[at : hit.start()].strip():
                found.append((at, hit.start()))
                at = hit.start()
            turn = _MAIN.search(said, hit.end() + 5, last)
            if turn:
                found.append((at, turn.start()))
                at = turn.start()
        found.append((at, last))
    return found


def _stands_alone(said: str, hit: re.Match[str], start: int) -> bool:
    """ "als" that compares ("als student", "zowel als", "hetzelfde als") opens no condition."""
    if hit[0] != "als":
        return False
    if hit.start() > start and not _SUBJECT.match(said, hit.end()):
        return True
    if _AS.match(said, hit.start()):
        return True
    before = said[max(0, hit.start() - 12) : hit.start()]
    if before.endswith(("ook ", "zelfs ")):
        return True
    return re.search(r"(?:zowel|net zo|evenals|zoals|zelfde|even \w+|zo \w+)\s*$", before) is not None


def _condition(said: str, start: int, end: int) -> str:
    at = _begin(said, start)
    if _ALSO.match(said, at, end):
        return ""
    for sort, pattern in _CONDITIONS:
        hit = pattern.match(said, at, end)
        if hit:
            return sort
    return "if" if _VERB_FIRST.match(said, start, min(end + 70, len(said))) else ""


def _fronted(said: str, start: int, end: int) -> tuple[Ideas, tuple[int, int]]:
    """The ideas of the phrase that opens a sentence ("Bij nieuwbouw ..."), and where it stands."""
    front = _FRONT.match(said, start, end)
    if front is None:
        return frozenset(), (0, 0)
    stop = _FRONT_END.search(said, front.end(), end)
    last = min(stop.start() if stop else end, front.end() + _MOST)
    if _OWN.search(said[front.end() : last]) or _SOURCE.search(said, front.end(), last):
        return frozenset(), (0, 0)
    return ideas_in(said, front.end(), last), (front.start(), last)
