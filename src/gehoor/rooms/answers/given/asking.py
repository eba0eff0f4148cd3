"""What a customer asks in a passage, so that it can be held beside the answer."""

import re
from dataclasses import dataclass

from gehoor.analysis.needs.matter import matter
from gehoor.analysis.needs.sentences import sentences
from gehoor.analysis.needs.words import content_words
from gehoor.analysis.text import turns

Span = tuple[int, int]

_WANTS = re.compile(
    r"\?"
    r"|\b(?:vraag(?: ik)? me af|vroeg me af|(?:wil|zou|wilde) (?:ik )?(?:graag )?(?:\w+ ){0,3}weten|mijn vraag|ik vraag"
    r"|(?:kunt|kan|kun|wilt|wil) (?:u|je|jullie) (?:mij|me|ons)|laat (?:u )?(?:mij|me|ons) weten|hoor (?:ik )?graag"
    r"|graag (?:\w+ ){0,2}(?:uitleg|antwoord|informatie|bericht|duidelijkheid)"
    r"|i(?:'d| would) like to know|please (?:tell|explain|let)|could you|can you tell|i wonder|wondering (?:if|whether)"
    r"|my question|let me know)\b"
    r"|^\W*(?:hoe|hoeveel|wat|welke?|wanneer|waar|waarom|wie|mag|moet|kan|is het|klopt het|how|what|which|when|where"
    r"|why|who|may|must|can|do i|does|am i|is it|are)\b",
    re.IGNORECASE,
)
"""How somebody asks: a question mark, a phrase, or the word that a question begins with."""
_FOLLOWS = re.compile(
    r"^\W*(?:\d{1,2}[.)]\s*|[a-z]\)\s*)?(?:zo (?:ja|nee|niet|neen)|indien (?:ja|nee|niet)|if (?:so|not))\b"
    r"|^\W*(?:en |maar |of |dus |want |and |but |or |so )?(?:\w+ )?(?:dat|dit|die|deze|het|er|daar|that|this|it)\b",
    re.IGNORECASE,
)
_HAIL = re.compile(
    r"^\W*(?:\d{1,2}[.)]\s+"
    r"|(?:goed?e?(?:morgen|middag|n?avond|n?dag)|hallo|hoi|hey|dag|beste|geachte|dear|hello|hi|good \w+)\b"
    r"[^,.!?\n]{0,40}[,.!]\s*)",
    re.IGNORECASE,
)
"""A greeting on the line of the question itself, or its number in a list."""
_TONGUE = r"(?:english|dutch|german|french|engels|nederlands|duits|frans)"
_SMALL_TALK = re.compile(
    r"^\W*(?:(?:ja|oké|ok|sorry|pardon|well|so|yes|hello|hallo|hi),?\s)?(?:"
    rf"(?:can|could|may|shall) (?:we|i|you) (?:please )?(?:speak|talk|continue|do this) (?:in )?{_TONGUE}"
    rf"|(?:can|could) (?:you|anyone|someone) (?:please )?(?:help|write to|answer|speak to) (?:me|us) in {_TONGUE}"
    rf"|(?:kunt|kan|kun) (?:u|je|iemand) (?:mij|me|ons) (?:ook )?in het {_TONGUE} (?:helpen|schrijven|antwoorden)"
    rf"|do you (?:also )?speak (?:any )?{_TONGUE}|is {_TONGUE} (?:ok|okay|fine|alright)"
    rf"|(?:kunnen|kan|zullen|mogen|mag) (?:we|wij|ik|u|je) (?:ook |even )?(?:in het )?{_TONGUE}"
    rf"(?: praten| spreken| verder)?|(?:spreekt u|spreek je) (?:ook |wel )?{_TONGUE}"
    r"|(?:bent u|ben je) (?:er|daar) nog|are you (?:still )?there"
    r"|(?:hoort u|hoor je|kunt u|kun je) mij(?: nog)?(?: goed)?(?: horen)?|(?:can|do) you (?:still )?hear me"
    r"|hoe gaat het(?: met (?:u|je|jou))?|how are you(?: doing)?(?: today)?"
    r"|(?:mag|kan) ik (?:u |je |jou )?(?:even |eens )?(?:iets|wat) vragen|(?:can|may|could) i ask you something"
    r"|met wie spreek ik|who am i (?:speaking|talking)(?: to| with)?|spreek ik met [\w' ]{1,30}|wat zegt u"
    r"|kunt u dat (?:nog eens |even )?herhalen|(?:can|could) you (?:please )?repeat(?: that)?"
    r"|(?:heeft u|hebt u|heb je) (?:even |een )+(?:moment|tijd|minuut)(?: voor mij)?|do you have a (?:moment|minute)"
    r")\s*(?:alstublieft|alsjeblieft|please|a\.?u\.?b\.?|now|today|nu|hier|here)?\W*$",
    re.IGNORECASE,
)
"""What is asked to be able to talk at all, and of nothing that the organisation does."""
_PLEASANTRY = re.compile(
    r"^\W*(?:\((?:lacht|zucht|laughs?|sighs?|typt)[^)]*\)\W*)?(?:(?:ha){2,}\W*)?(?:"
    r"|(?:[\w']+,? ){0,4}(?:goed?e?(?:morgen|middag|n?avond|n?dag)|hallo|hoi|hey|dag|hello|hi|good \w+)"
    r"(?:(?:,|,? (?:meneer |mevrouw )?(?-i:[A-Z]))[^.!?\d]{0,50})?"
    r"|(?:(?:[\w']+ ){0,4}[\w']+, )?(?:(?:u|je) spreekt met|met|this is|you are speaking with)"
    r" (?!mijn\b)(?-i:[A-Z])[\w'-]+(?: [\w'-]+){0,3}(?:, goed\w+)?"
    r"|(?:waarmee|waar) (?:kan|mag) ik (?:u|je) (?:mee )?(?:helpen|van dienst zijn)|how (?:can|may) i help(?: you)?"
    r"|zeg(?:t u)? (?:het )?maar|(?:een )?(?:moment|ogenblik)(?:je)?(?: [^.!?\d]{0,40})?|one moment\b[^.!?\d]{0,40}"
    r"|ik (?:pak|kijk|zoek|haal|open|check) (?:[\w']+ ){0,5}"
    r"(?:er ?(?:even )?bij|even|op|na|(?:even )?voor (?:u|je)(?: op| na)?)"
    r"|let me (?:see|check|look|give you|find)\b[^.!?\d]{0,40}|i(?:'ll| will) (?:check|look)\b[^.!?\d]{0,40}"
    r")\W*$",
    re.IGNORECASE,
)
"""What is said around an answer: greeting, laughing, looking it up."""
_FEWEST_WORDS = 2
"""Content words with which a question can stand by itself."""
_LONGEST = 600
"""Characters: a passage without any question is taken up to here."""


@dataclass(frozen=True, slots=True)
class Asked:
    """``text[start:end]`` asks one thing. ``surely``: in the form of a question, not just something that was said."""

    start: int
    end: int
    surely: bool


def asked_in(text: str, start: int, end: int, whole: str = "") -> list[Asked]:
    """What is asked in ``text[start:end]``, in order, never empty unless nothing is said there but small talk.

    A question that can stand by itself is one; one that leans on the one before ("is dat per jaar?") belongs to it.
    ``whole``: :func:`matter` of the text where that is at hand already.
    """
    bare = whole or matter(text)
    inside = bare[start:end]
    if not inside.strip():
        return []
    found: list[Span] = []
    said: list[Span] = []
    for begin, last in _sentences_of(inside):
        hail = _HAIL.match(inside[begin:last])
        first = begin + (hail.end() if hail and inside[begin + hail.end() : last].strip() else 0)
        piece = inside[first:last]
        if _SMALL_TALK.match(piece):
            continue
        said.append((first, last))
        if not _WANTS.search(piece.strip()):
            continue
        if found and (_FOLLOWS.match(piece) or len(content_words(piece)) < _FEWEST_WORDS):
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    if found:
        return [Asked(*_trimmed(bare, start + first, start + last), True) for first, last in found]
    if not said:
        return []
    first, last = _trimmed(bare, start + said[0][0], min(start + said[-1][1], start + said[0][0] + _LONGEST))
    return [Asked(first, last, False)] if first < last else []


def is_small_talk(question: str) -> bool:
    """Whether this asks only to be able to talk, and for nothing that the organisation does."""
    return _SMALL_TALK.match(question) is not None


def _sentences_of(text: str) -> list[Span]:
    return [(a, b) for a, b in sentences(text) if text[a:b].strip()]


def _trimmed(text: str, start: int, end: int) -> Span:
    """Without white space at either end, nor a comma that a greeting left."""
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip(" \t\r\n,;")), start + len(piece.rstrip())


@dataclass(frozen=True, slots=True)
class Told:
    """Within one text: ``text[ask.start:ask.end]`` was asked, and ``text[start:end]`` answered."""

    ask: Asked
    start: int
    end: int


def told_in_turns(text: str) -> list[Told]:
    """The questions of a transcript that holds both sides, each with the turn of ours that answers it."""
    found: list[Told] = []
    waiting: list[Asked] = []
    for turn in turns(text):
        if not turn.ours:
            mine = [each for each in asked_in(text, turn.begin, turn.end, text) if each.surely]
            waiting = mine or waiting
            continue
        span = _statement(text, turn.begin, turn.end)
        if span is not None:
            found += [Told(ask, *span) for ask in waiting[-1:]]
            waiting = []
    return found


def _statement(text: str, begin: int, end: int) -> Span | None:
    """What a turn of ours states; None where it only asks back, greets, or goes and looks."""
    states = [
        (begin + a, begin + b)
        for a, b in _sentences_of(text[begin:end])
        if not text[begin + a : begin + b].rstrip().endswith("?") and not _PLEASANTRY.match(text[begin + a : begin + b])
    ]
    spans = [
        span for span in states if content_words(text[span[0] : span[1]]) or _SHORT.search(text[span[0] : span[1]])
    ]
    return _trimmed(text, spans[0][0], spans[-1][1]) if spans else None


_SHORT = re.compile(r"\b(?:ja|nee|jawel|zeker|yes|no)\b|\d", re.IGNORECASE)
