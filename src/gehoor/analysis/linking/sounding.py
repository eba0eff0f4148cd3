"""Surnames as they are heard: one key for every way in which a Dutch ear may write the same name down.

"Meijer", "Meyer", "Meier" and "Maier" sound alike; so do "Jansen" and "Janssen", "De Vries" and "Fries", "Smit" and
"Smidt". The spelling rules are those of Dutch surnames (A. Marynissen and P. Leupen, "Dutch surnames: variants in
spelling", and the variants counted in the Nederlandse Familienamenbank of the Meertens Instituut), taken coarsely:
whoever looks someone up rather sees one name too many than misses the caller.
"""

import re
import unicodedata
from functools import lru_cache

from gehoor.kernel.patterns import regex

_LETTERS = str.maketrans({"ß": "ss", "æ": "e", "œ": "e", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ĳ": "ij"})
_PREFIXES = frozenset(
    {
        *("de", "den", "der", "het", "'t", "te", "ten", "ter", "van", "von", "vd", "vande", "vanden", "vander"),
        *("vom", "zu", "la", "le", "du", "da", "di", "el", "al", "op", "in", "aan", "bij"),
    }
)
_TITLES = frozenset(
    {
        *("mevrouw", "mevr", "mw", "mej", "meneer", "mijnheer", "heer", "dhr", "hr", "de", "familie", "fam", "mr"),
        *("mrs", "ms", "miss", "drs", "dr", "ir", "ing", "prof", "en", "and"),
    }
)
_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (regex(pattern), sound)
    for pattern, sound in (
        (r"(?:eij|aij|eyi|ij|ei|ey|ai|ay|ej|aj|y(?=[^aeiou]|$))", "y"),
        (r"(?:auw|ouw|au|ou|aw|ow(?=[^aeiou]|$))", "q"),
        (r"oe(?!i)|oo(?=$)|u(?=[w])", "u"),
        (r"uy|ui|e+u", "u"),
        (r"ie|ii", "i"),
        (r"s(?:ch|k)(?=[aeiouyq])", "sg"),
        (r"sch|sk(?=$)", "s"),
        (r"ph", "f"),
        (r"ck|kh|cq", "k"),
        (r"ch|gh", "g"),
        (r"c(?=[eiy])|t?z", "s"),
        (r"c|qu", "k"),
        (r"x", "ks"),
        (r"th|dt|d(?=$)|d(?=s)", "t"),
        (r"v|w(?=[rf])", "f"),
        (r"wh", "w"),
        (r"b(?=$)", "p"),
        (r"g(?=$)", "g"),
        (r"(?<=[aeiou])h|h(?=[^aeiouyq]|$)", ""),
        (r"j(?=$)", "y"),
        (r"(.)\1+", r"\1"),
        (r"(?<=..)e$|(?<=s)e?n$", ""),
        (r"(?<=[^aeiouyq][^aeiouyq])s$|(?<=.[^aeiouyqs])s$", ""),
        (r"(?:(?<=[aeiouyq][^aeiouyq])|(?<=[aeiouyq][^aeiouyq]{2}))e(?=[nlr]$)", ""),
    )
)


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(sign for sign in folded if not unicodedata.combining(sign))


@lru_cache(maxsize=50_000)
def sounds_of(word: str) -> str:
    """The key of one word of a name; "" where there is nothing to hear."""
    key = re.sub(r"[^a-z]", "", _plain(word))
    for pattern, sound in _RULES:
        key = pattern.sub(sound, key)
    return key


def name_sounds(name: str) -> tuple[str, ...]:
    """The keys of what is to be heard in a whole name: each word of it but titles, prefixes ("van der") and initials;
    double-barrelled names in both parts. Each once, in the order of the name."""
    words = re.split(r"[\s,/&()+–-]+", name)
    heard = [word.strip(".'’\"`") for word in words]
    kept = [word for word in heard if len(word) > 1 and "." not in word and not _small(word)]
    return tuple(dict.fromkeys(key for key in map(sounds_of, kept) if len(key) > 1))


def _small(word: str) -> bool:
    plain = _plain(word)
    return plain in _PREFIXES or plain in _TITLES
