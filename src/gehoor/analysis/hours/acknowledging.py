"""Tells a message that only says that we received something from one that answers it."""

import re

from gehoor.kernel.patterns import regex

_RECEIVED = regex(
    r"\b(?:hebben|heb|is|zijn)\b[^.!?\n]{0,60}\b(?:goede orde |goed )?ontvangen\b"
    r"|\b(?:bedankt|dank u(?: wel)?|dank je(?: wel)?|hartelijk dank)\s+voor\s+(?:uw|je|jouw)\s+"
    r"(?:bericht|e-?mail|mail|brief|vraag|reactie|aanvraag|melding|klacht)"
    r"|\bontvangstbevestiging\b"
    r"|\bthank(?:s| you) for (?:your (?:message|e-?mail|letter|question|enquiry|inquiry|request|complaint)|contacting)"
    r"|\bwe (?:have )?(?:safely )?received your\b|\backnowledg\w+ (?:receipt|of receipt)\b",
    re.IGNORECASE,
)
_LATER = regex(
    r"\b(?:binnen|uiterlijk|zo (?:snel|spoedig) mogelijk|zo gauw|streven|spoedig)\b[^.!?\n]{0,80}"
    r"\b(?:reactie|antwoord\w*|reager\w+|beantwoord\w*|terug|contact|bericht|horen|hoort)\b"
    r"|\b(?:u|je) (?:hoort|ontvangt|krijgt)\b[^.!?\n]{0,60}\b(?:van ons|reactie|antwoord|bericht)\b"
    r"|\bnemen\b[^.!?\n]{0,60}\bin behandeling\b|\bautomatisch(?:e)? (?:bericht|antwoord|e-?mail)\b"
    r"|\bwe (?:will|aim to|'ll)\b[^.!?\n]{0,60}\b(?:reply|respond|answer|get back|be in touch|contact)\b"
    r"|\byou (?:will|can expect to) (?:hear|receive)\b|\bautomat(?:ic|ed) (?:message|reply|response|e-?mail)\b",
    re.IGNORECASE,
)
_LONGEST = 90
"""Words: who writes more than this usually answers something as well."""


def only_acknowledges(text: str) -> bool:
    """Whether a short message of ours says that something came in and that an answer follows, and nothing more. Right
    where it says yes is what counts: a true answer that is taken for none would make us look slower than we are."""
    return len(text.split()) <= _LONGEST and bool(_RECEIVED.search(text)) and bool(_LATER.search(text))
