"""What a question wants to know of its subject: an amount, a date, a reason, whether something is allowed."""

import re

import numpy as np
from numpy.typing import NDArray

from gehoor.kernel.patterns import regex

_ASPECTS = (
    r"hoe ?veel|aantal(?:len)?|cijfers|statistiek\w*|how (?:much|many)|hoe (?:vaak|dikwijls)",
    r"\bkost\w*|prijs|tarief|betaal\w*|betalen|bedrag\w*|duur\b|kwijt aan|\bcosts?\b|\bprice\b|\bpay\b|how much is",
    r"wanneer|welke (?:datum|dag)|hoe laat|\btot hoe laat|\bdatum|\bwhen\b|which day|opening hours",
    r"hoe ?lang|binnen hoeveel|termijn|duurt|how long|looptijd",
    r"waarom|hoe komt|hoe kan dat|reden|oorzaak|\bwhy\b|hoezo",
    r"\bwaar\b|welk adres|bij wie|\bwhere\b|vind ik|melden?\b|meld\b",
    r"\bmag\b|mogen|toegestaan|\bkan ik\b|is het mogelijk|kunnen we|vergunning nodig"
    r"|\bcan (?:i|we)\b|allowed|permission",
    r"\bhoe (?:kan|moet|vraag|geef|meld|zeg|dien|wijzig|regel|kom|maak|krijg|stuur|verander|zet)\b"
    r"|op welke manier|\bhow (?:do|can) i\b|wat moet ik",
    r"gedekt|verzekerd|vergoed\w*|dekt|dekking|covered?\b|reimburs\w*",
    r"opzeg\w*|zeg .{0,40}\bop\b|stoppen|beëindig\w*|\baf\b.{0,12}$|cancel\w*",
    r"wijzig\w*|verander\w*|ander[e]? |nieuwe? |overzetten|change|switch|transfer",
    r"maatregel\w*|onderneem\w*|aanpak|oploss\w*|\bplan(?:nen)?\b",
    r"wat gebeurt|gevolg\w*|what happens|wat als",
)
_PATTERNS = tuple(regex(pattern, re.IGNORECASE) for pattern in _ASPECTS)


def aspects(texts: list[str]) -> NDArray[np.float32]:
    """float32 (n, aspects): 1 where the text asks that of its subject."""
    found = [[float(pattern.search(text) is not None) for pattern in _PATTERNS] for text in texts]
    return np.array(found, np.float32).reshape(len(texts), len(_PATTERNS))
