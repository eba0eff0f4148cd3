"""Figures that are no fact of an answer: phone and case numbers, postcodes, accounts, law articles, dates of
letters."""

import re

from gehoor.analysis.agreement.lexicon import any_of, named
from gehoor.kernel.patterns import regex

_LABEL = any_of(named("noise")["label"]).pattern
_LETTER = any_of(named("noise")["letter"]).pattern
_DATE = (
    r"(?:\w+dag )?(?:de )?\d{1,2}(?:[-/.]\d{1,2}(?:[-/.]\d{2,4})?|e|ste|de|st|nd|rd|th)?(?:\s+(?:of )?(?:jan|feb|"
    r"maa|mar|mrt|apr|mei|may|jun|jul|aug|sep|okt|oct|nov|dec)\w*\.?)?(?:\s+(?:19|20)\d\d)?"
)
_NUMBERS = (
    r"(?:(?:nummer|number|no\.?|nr\.?|:|#|is|met|eindigend op|ending in|eindigt "
    r"op)\s*){0,3}[a-z]{0,4}[-./]?\d[\d\w]*(?:[ ./-]?\d+)*"
)
_NO_POSTCODE = "|".join(named("noise")["no_postcode"])
_NOISE = tuple(
    regex(expression)
    for expression in (
        r"(?<![\w.,€])(?:\+|00)\d{2}[\d ()-]{7,14}\d",
        r"(?<![\w.,€])(?=0(?:[ -]?\d){8,14})0\d{1,3}(?:[ -]?\d{2,4}){2,4}(?![\w%]|[.,]\d)",
        r"(?<![\w.,€])0[89]00(?:[ -]\d{2,4})*(?:-nummer)?",
        r"(?<![\w.,€])14 ?0\d{2,3}(?![\w%]|[.,]\d)",
        r"(?<!\w)[a-z]{2}\d{2} ?[a-z]{4}(?: ?\d{2,4}){2,4}",
        rf"(?<![\w.,€])\d{{4}} ?(?!(?:{_NO_POSTCODE})\b)[a-z]{{2}}(?!\w)",
        r"(?:https?://|www\.)\S+|\S{1,64}@\S{1,255}",
        rf"(?<!\w)(?:nr\.?|nrs\.?|nummer|number|no\.) ?\d[\d/.]*\s+(?:van|of) (?P<gone>{_DATE})",
        rf"{_LABEL}\s*(?P<gone>{_NUMBERS})",
        rf"{_LETTER}\s*(?:uw |your |\w+ )?(?P<gone>{_DATE})",
        r"(?<!\w)#\s?\d+",
        r"(?<!\w)\w*nummer (?:eindigend|dat eindigt) op \d+",
        r"(?<!\w)(?:24/7|7/24|covid-19|a4|5g|4g|3g|wifi ?\d)(?!\w)",
    )
)


_DIGIT = regex(r"\d")


def without_noise(said: str) -> str:
    """``said`` with such figures blanked, as long as it was."""
    if not _DIGIT.search(said) and "@" not in said:
        return said
    for pattern in _NOISE:
        said = pattern.sub(_blank, said)
    return said


def _blank(hit: re.Match[str]) -> str:
    """Blanks for the part that goes; the words before it stay for what they say."""
    kept = hit.start("gone") - hit.start() if "gone" in hit.re.groupindex else 0
    return hit[0][:kept] + " " * (len(hit[0]) - kept)
