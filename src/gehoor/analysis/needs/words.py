"""Words of Dutch and English: which carry no topic, and what their dictionary form is."""

from functools import lru_cache
from importlib.resources import files

import simplemma

from gehoor.kernel.patterns import regex

WORD = regex(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*|\d+(?:[.,]\d+)*")


def lexicon(name: str) -> frozenset[str]:
    """The words in ``lexicon/<name>.txt``; a line that begins with # is a remark."""
    lines = (files("gehoor.analysis.needs") / "lexicon" / f"{name}.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


STOP_WORDS = {"nl": lexicon("stop_nl"), "en": lexicon("stop_en")}
_ALL = STOP_WORDS["nl"] | STOP_WORDS["en"]


def content_words(text: str) -> list[str]:
    """Lower-cased words of ``text`` without stop words of either language, numbers and single letters."""
    return [word for word in WORD.findall(text.lower()) if word not in _ALL and len(word) > 1 and not word[0].isdigit()]


@lru_cache(maxsize=200_000)
def lemma(word: str, language: str = "nl") -> str:
    """Dictionary form of a lower-cased word; Dutch and English, the other one where the first does not know it."""
    both = ("nl", "en") if language == "nl" else ("en", "nl")
    return str(simplemma.lemmatize(word, lang=both)).lower()


@lru_cache(maxsize=200_000)
def known(word: str, language: str) -> bool:
    """Does the dictionary of ``language`` ("nl" or "en") hold this word? Compounds and names are mostly not in it."""
    return bool(simplemma.is_known(word, lang=language))
