"""Yes or no: what an answer says to a question that asks for it, also where it says so indirectly.

Each clause gets a sign from its predicate ("mag", "gedekt", "verplicht", "kost") turned by each negation in its
scope, so that two negations are none (natural logic's polarity, MacCartney and Manning 2007). The clause that is most
about the question decides; clauses that disagree decide nothing.
"""

from dataclasses import dataclass

from gehoor.analysis.agreement.context import Clause
from gehoor.analysis.agreement.facts import Fact, FactKind, Polarity
from gehoor.analysis.agreement.lexicon import named, pattern_of
from gehoor.analysis.agreement.questions import Frame, Question
from gehoor.analysis.agreement.stance import NO, YES, shares
from gehoor.kernel.patterns import regex

_P = {key: pattern_of("polarity", key) for key in named("polarity")}
_OPENER = regex(
    r"\s*(?:(?:nou|tja|well|hallo|hoi|dag|goedemiddag|goedemorgen|hi|hello|sorry|ach|oh|beste \w+)[,!. ]+)*"
)
_ENDS_DENIED = regex(r"(?<!\w)(?:niet|not|nie)(?: meer)?[\s.!]*\Z")
_WEL = regex(r"(?<!\w)(?:wel|ook)[\s.!]*\Z")
_ONLY_WITH = regex(r"\s*(?:zonder|without) [^,]*(?<!\w)(?:niet|geen|no|not|can't|cannot|won't)(?!\w)")
_WITHOUT = regex(r"(?<!\w)(?:zonder|without)(?!\w)(?! (?:uitzondering|exception|kosten|problem))")
_INDIRECT = regex(
    r"\s*(?:welke|hoe|hoeveel|wie|waarom|of|which|how|whether|why|alleen|slechts|uitsluitend|enkel|only)(?!\w)"
)
_CALMING = regex(
    r"[\s,.!]*(?:geen zorgen|maakt u zich geen zorgen|maak je geen zorgen|geen probleem|no worries|don't "
    r"worry|no problem)"
)
_GETS = regex(r"(?<!\w)(?:krijg|krijgen|krijgt|ontvang|ontvangen|get|receive)(?!\w)")
_ONLY = regex(r"(?<!niet )(?<!not )(?<!\w)(?:alleen|slechts|uitsluitend|enkel|only|pas)(?!\w)")
_NOT_UNABLE = regex(
    r"(?<!\w)(?:niet|not|nooit|never|n't) (?:verboden|uitgesloten|onmogelijk|ongeldig|excluded|forbidden|"
    r"prohibited|impossible|afgewezen|geweigerd)"
)
_RELATIVE = regex(
    r"(?<!\w)(?:that (?=you|we|they|i |he |she )|who |which |die (?!\w+ (?:wij|we|u)\b)|wat |waarin |if |"
    r"where )(?:\w+ ){0,3}(?:niet|geen|no|not|don't|doesn't|isn't|aren't)(?!\w)"
)
_MONTH = regex(
    r"(?<!\w)(?:until|in|by|before|after|from|of|since|early|late|\d+|\d(?:st|nd|rd|th)) may(?!\w)|(?<!\w)may (?=\d)"
)
_MODAL = frozenset(("kan", "kunt", "kunnen", "mag", "mogen", "can", "may", "kun"))
_IT = regex(
    r"(?<!\w)(?:dat|dit|daar\w*|het|hem|hij|die|er\w*|it|that|this|so|them|they|zo|dus|da|ook|altijd|always)(?!\w)"
)
_TRUSTED = 0.4
"""How likely the model has to find what the rules read."""
_SURE = 0.85
"""How likely it has to find what the rules do not read."""
_LIGHT = 0.45
"""A clause with less than this part of the weight of the one that decides does not speak against it."""
_MONEY = regex(r"€\s*[1-9]|[1-9][\d.,]*\s*(?:euro|%|procent)|(?:euro|procent)(?!\w)")
_SIGNS: dict[Frame, tuple[tuple[str, int], ...]] = {
    Frame.MAY: (("able", 1), ("unable", -1)),
    Frame.MUST: (("optional", -1), ("must", 1)),
    Frame.COSTS: (("free", -1), ("costs", 1)),
    Frame.FREE: (("free", 1), ("costs", -1), ("able", 1), ("unable", -1)),
}


@dataclass(frozen=True, slots=True)
class Sign:
    """What one clause says: 1 yes, -1 no. ``weight``: how much it is about the question."""

    sign: int
    weight: float
    clause: Clause
    open: bool = False


@dataclass(frozen=True, slots=True)
class Leaning:
    """How likely an answer says yes and no, the fact and clause that say so, and whether rules and model are sure
    enough of it together for a fact."""

    yes: float
    no: float
    fact: Fact
    clause: Clause
    sure: bool


def leaning(said: str, found: list[Clause], question: Question) -> Leaning | None:
    """What an answer says to a question for yes or no; None when nothing is asked so or nothing is said."""
    if question.frame is None or not found:
        return None
    signs = signs_of(said, found, question)
    likely = shares(said, found, question, [(each.sign, each.weight, each.open) for each in signs])
    ruled = _ruled(said, found, signs)
    leans = 1 if likely[YES] > likely[NO] else -1
    if ruled is not None:
        sign, clause = ruled
        sure = likely[YES if sign > 0 else NO] >= _TRUSTED
        return Leaning(likely[YES], likely[NO], _fact(said, sign if sure else leans, clause), clause, sure)
    clause = max((each for each in found if not each.contact), default=found[0],
                 key=lambda each: (len(each.ideas & question.ideas), -each.start))  # fmt: skip
    sure = not signs and max(likely[YES], likely[NO]) >= _SURE
    return Leaning(likely[YES], likely[NO], _fact(said, leans, clause), clause, sure)


def _ruled(said: str, found: list[Clause], signs: list[Sign]) -> tuple[int, Clause] | None:
    """The sign of an answer by the rules, and the clause that gives it."""
    if not signs or _P["both_ways"].search(said):
        return None
    opener = next((sign for sign in signs if sign.open), None)
    best = max(signs, key=lambda sign: sign.weight)
    if opener is not None:
        echo = next((sign for sign in signs if not sign.open and sign.sign == opener.sign and sign.weight >= 1), None)
        return opener.sign, (echo or opener).clause
    if best.weight <= (1.5 if best.clause.sentence > found[0].sentence else 0):
        return None
    if any(sign.sign != best.sign and sign.weight > _LIGHT * best.weight for sign in signs):
        return None
    return best.sign, best.clause


def signs_of(said: str, found: list[Clause], question: Question) -> list[Sign]:
    """What each clause says that says something, in order."""
    said = _MONTH.sub(lambda hit: " " * len(hit[0]), said)
    return [
        sign for i, clause in enumerate(found) if (sign := _sign(said, clause, question, _heads(found, i))) is not None
    ]


def _heads(found: list[Clause], at: int) -> bool:
    """Does this clause begin one of the first sentences?"""
    clause = found[at]
    return clause.sentence <= found[0].sentence + 1 and (at == 0 or found[at - 1].sentence != clause.sentence)


def _fact(said: str, sign: int, clause: Clause) -> Fact:
    text = said[clause.start : clause.end]
    start = clause.start + len(text) - len(text.lstrip())
    return Fact(FactKind.YES_NO, start, clause.start + len(text.rstrip()), Polarity(sign > 0))


def _sign(said: str, clause: Clause, question: Question, heads: bool) -> Sign | None:
    if clause.contact and not question.contact:
        return None
    opened = (_to_denied if question.denied else _opening)(said, clause) if heads else None
    if opened is not None:
        return Sign(opened, 4, clause, True)
    if question.without and _ONLY_WITH.match(said, clause.start, clause.end):
        return Sign(-1, 2.0, clause)
    if clause.condition or _ONLY_WITH.match(said, clause.start, clause.end):
        return _needed(said, clause, question)
    if _INDIRECT.match(said, clause.start, clause.end):
        return None
    sign, strong = _predicate(said, clause, question)
    if not sign:
        return None
    about = min(3, len(clause.ideas & question.ideas))
    pointing = _P["anaphora"].search(said, clause.start, clause.end) is not None
    first = 1.0 if clause.sentence == 0 else 0.0
    weight = about + (0.8 if pointing else 0.0) + first + (0.7 if strong else 0.0) - (1.0 if clause.aside else 0.0)
    if abs(sign) > 1 and not (first and _ENDS_DENIED.search(said, clause.start, clause.end)):
        weight = 0.4 * weight
    concludes = 1.0 if said.startswith(("dus", "so "), _first(said, clause)) else 0.0
    return Sign(1 if sign > 0 else -1, weight + concludes - 0.01 * clause.sentence, clause)


def _first(said: str, clause: Clause) -> int:
    return clause.start + len(said[clause.start : clause.end]) - len(said[clause.start : clause.end].lstrip())


def _opening(said: str, clause: Clause) -> int | None:
    """A clause that is no more than "ja" or "nee hoor", or begins with it."""
    at = _OPENER.match(said, clause.start, clause.end)
    begin = at.end() if at else clause.start
    for key, sign in (("no", -1), ("yes", 1)):
        hit = _P[key].match(said, begin, clause.end)
        if hit and (
            not said[hit.end() : clause.end].strip(" ,.!?")
            or hit[0].split()[0] in ("ja", "nee", "neen", "yes", "jazeker", "jao", "nae")
        ):
            return None if sign < 0 and _CALMING.match(said, hit.end()) else sign
    return None


def _to_denied(said: str, clause: Clause) -> int | None:
    """A clause that opens by confirming, or correcting, what was denied in the question; a bare yes or no to that can
    mean either."""
    at = _OPENER.match(said, clause.start, clause.end)
    begin = at.end() if at else clause.start
    if _P["corrects"].match(said, begin, clause.end):
        return 1
    return -1 if _P["confirms"].match(said, begin, clause.end) else None


def _needed(said: str, clause: Clause, question: Question) -> Sign | None:
    """ "Alleen als u een verzekering hebt" says yes to whether that insurance is needed."""
    if question.frame is Frame.MUST and clause.condition == "only" and clause.ideas & question.ideas:
        return Sign(1, 1.0 + len(clause.ideas & question.ideas), clause)
    return None


def _predicate(said: str, clause: Clause, question: Question) -> tuple[int, bool]:
    """The sign of a clause, and whether a whole phrase says so."""
    if _P["aside"].search(said, clause.start, clause.end) and not clause.ideas & question.ideas:
        return 0, False
    if question.frame is Frame.MUST:
        needed = _longest(said, clause, (("needless", -1), ("needed", 1)))
        if needed:
            return needed, True
    phrase = _phrase(said, clause) if question.frame in (Frame.MAY, Frame.FREE) else 0
    if phrase:
        return phrase * _aspect_turn(question), True
    if question.frame is Frame.MUST and _WITHOUT.search(said, clause.start, clause.end):
        return _can_without(said, clause), True
    for key, sign in _signs(question):
        hit = _P[key].search(said, clause.start, clause.end)
        if hit is None or (key == "able" and _hollow(said, clause, question, hit[0])):
            continue
        turned = _negations(said, clause, hit.span() if key == "free" else (0, 0)) % 2
        if turned and key == "unable" and not _NOT_UNABLE.search(said, clause.start, clause.end):
            return 0, False
        if sign > 0 and not turned and key in ("able", "getting") and _ONLY.search(said, clause.start, clause.end):
            return 0, False
        return sign * (-1 if turned else 1), key in ("unable", "must", "optional", "free")
    if _WEL.search(said, clause.start, clause.end):
        return 1, True
    negations = _negations(said, clause, (0, 0))
    if question.frame is Frame.COSTS and _MONEY.search(said, clause.start, clause.end):
        return 1, False
    about = clause.ideas & question.ideas
    if question.exists and about:
        return (-1 if negations % 2 else 1), False
    if negations % 2 and question.frame is not Frame.COSTS:
        pointing = _P["anaphora"].search(said, clause.start, clause.end) is not None
        return (-1 if pointing and clause.sentence == 0 else -2) if pointing or about else 0, False
    return 0, False


def _phrase(said: str, clause: Clause) -> int:
    """The sign of a whole phrase such as "geen probleem" or "valt buiten"; of two that overlap the longer one
    counts."""
    return _longest(said, clause, (("bad", -1), ("good", 1)))


def _hollow(said: str, clause: Clause, question: Question, word: str) -> bool:
    """ "U kunt het formulier sturen": a verb that allows something else than what was asked."""
    return word in _MODAL and not clause.ideas & question.ideas and not _IT.search(said, clause.start, clause.end)


def _longest(said: str, clause: Clause, lists: tuple[tuple[str, int], ...]) -> int:
    hits = [
        (hit.end() - hit.start(), sign)
        for key, sign in lists
        if (hit := _P[key].search(said, clause.start, clause.end))
    ]
    return max(hits)[1] if hits else 0


def _can_without(said: str, clause: Clause) -> int:
    """Whether it is needed, from a clause that says what goes, or does not go, without it."""
    if _P["unable"].search(said, clause.start, clause.end):
        return 1
    return 1 if _negations(said, clause, (0, 0)) % 2 else -1


def _aspect_turn(question: Question) -> int:
    return -1 if question.turned else 1


def _signs(question: Question) -> tuple[tuple[str, int], ...]:
    signs = _SIGNS[question.frame] if question.frame else ()
    if question.frame is Frame.MAY and question.without:
        return (("optional", 1), ("must", -1), *signs)
    if question.turned and question.frame is Frame.MAY:
        return (("unable", 1), ("able", -1))
    if _GETS.search(question.said):
        return (*signs, ("getting", 1))
    return signs


def _negations(said: str, clause: Clause, cue: tuple[int, int]) -> int:
    """Negations that turn the clause; those within ``cue`` and in "niet meer dan" and the like do not."""
    hidden = [cue, *(hit.span() for hit in _RELATIVE.finditer(said, clause.start, clause.end))] + [
        hit.span() for hit in _P["neutral"].finditer(said, clause.start, clause.end)
    ]
    found = [hit.start() for hit in _P["negation"].finditer(said, clause.start, clause.end)]
    return sum(not any(start <= at < end for start, end in hidden) for at in found)
