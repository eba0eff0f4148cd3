"""How a text sounds, content or not, by a lexicon that anyone can read and correct. Dutch and English together."""

import re
from functools import lru_cache

from gehoor.analysis.needs.sentences import sentences
from gehoor.analysis.needs.words import WORD, lexicon
from gehoor.kernel.patterns import regex

CONTENT = lexicon("content")
VERY_CONTENT = lexicon("very_content")
DISCONTENT = lexicon("discontent")

_SOUNDING = CONTENT | VERY_CONTENT | DISCONTENT
_NEGATION = lexicon("negation")
_POLITE = regex(
    r"\b(?:(?:alvast|bij voorbaat|hartelijk)\s+(?:hartelijk\s+)?(?:bedankt|dank)|vriendelijk verzoek"
    r"|met\s+(?:vriendelijke|hartelijke)\s+groet\w*|zou\s+u\s+zo\s+(?:goed|vriendelijk)"
    r"|(?:many )?(?:thanks|thank you)(?:\s+in advance|\s+for your (?:help|time))?\W*$"
    r"|(?:kind|best|warm)(?:est)?\s+regards"
    r"|in goede orde|goed(?:e)?(?:morgen|middag|navond|ndag)|good\s+(?:morning|afternoon|evening|day)"
    r"|(?:zo|as)\s+(?:snel|spoedig|soon|quickly|goed)\s+(?:mogelijk|as)|te goeder trouw|of ik het goed|goed begrepen)",
    re.IGNORECASE,
)
_WISH = regex(
    r"\b(?:zou|zouden|hoop|hopelijk|graag|wens|had gehoopt|verwacht\w*|als|indien|would|could|should|hope|hoping|wish"
    r"|want|if|expect\w*|need|please|whether)\b",
    re.IGNORECASE,
)
_AS_IT_IS = regex(
    r"\b(?:hoeft (?:van mij |voor mij |echt )*niet|is (?:echt |helemaal )?niet nodig|liever niet|laat (?:het|dit) zo"
    r"|houd? (?:het|dit) zo|(?:vooral )?zo houden|niets te klagen|geen klachten|nergens last van"
    r"|juist (?:goed|fijn|prettig)"
    r"|no complaints|nothing to complain|(?:is|was) not necessary|no need to change"
    r"|keep it (?:as it is|that way|up)"
    r"|don't change|do not change|never had (?:any |a )?(?:issue|problem)s?)\b",
    re.IGNORECASE,
)
_REACH = 3
KEPT = 20_000
"""Texts whose stance is kept: the same ones are read for a need, for its neighbours and for the needs above it."""


@lru_cache(maxsize=KEPT)
def stance(text: str) -> float:
    """From -1 (all discontent) to 1 (all content); 0 when neither, or both alike.

    (content - discontent) / (content + discontent + 1), counted in words of the lexicon, clear words and "keep it so"
    twice. A word of content after a negation (within three words) is discontent; one of discontent is then nothing.
    Content that is asked about or wished for, and set phrases of politeness, do not count.
    """
    content = discontent = 0
    plain = _POLITE.sub(" ", text.replace("\u2019", "'"))
    for start, end in sentences(plain):
        more, less = _count(plain[start:end])
        content, discontent = content + more, discontent + less
    return (content - discontent) / (content + discontent + 1)


def _count(sentence: str) -> tuple[int, int]:
    """Points of content and of discontent in one sentence."""
    found = _AS_IT_IS.findall(sentence)
    kept = 2 * len(found)
    words = WORD.findall((_AS_IT_IS.sub(" ", sentence) if found else sentence).lower())
    sounding = [at for at, word in enumerate(words) if word in _SOUNDING]
    if not sounding:
        return kept, 0
    only_wished = "?" in sentence or _WISH.search(sentence) is not None
    content, discontent = kept, 0
    for at in sounding:
        word = words[at]
        points = 2 if word in VERY_CONTENT else int(word in CONTENT)
        before = words[max(0, at - _REACH) : at]
        negated = any(near in _NEGATION or near.endswith("n't") for near in before)
        content += 0 if negated or only_wished else points
        discontent += (points > 0 and not only_wished) if negated else word in DISCONTENT
    return content, discontent
