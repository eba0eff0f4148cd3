"""Turns that answer nothing: "haha, ik pak de voorwaarden erbij", "momentje, ik kijk even", "how can I help you?".

Each sentence has to consist of such words and of small words beside them (``lexicon/idle.txt``), or to ask something
back. One word more, a figure or a yes and it is an answer.
"""

from gehoor.analysis.agreement.lexicon import any_of, named, plain
from gehoor.analysis.agreement.tokens import sentences
from gehoor.kernel.patterns import regex

_IDLE = any_of(phrase for key, phrases in named("idle").items() if key != "beside" for phrase in phrases)
_BESIDE = any_of(named("idle")["beside"])
_NAME = regex(r"(?:\b(?i:met|mevrouw|meneer|dag|hallo|hoi|hello|hi|dear|beste|is)\s+)((?:[A-Z][\w'-]+\s?){1,3})")
"""A name that follows a greeting, in the text as it was written."""
_ANSWERS = regex(r"\W*(?:ja|jawel|jazeker|nee|neen|zeker|yes|no)(?!\w)")
_LONGEST = 1_000
"""Nobody fills the time with more characters than this."""
_SAYS = regex(r"[^\W_]")


def is_idle(text: str) -> bool:
    """Whether a text states nothing and answers nothing; an empty one does."""
    if len(text) > _LONGEST:
        return False
    said = plain(text)
    for name in _NAME.finditer(text):
        said = said[: name.start(1)] + " " * (name.end(1) - name.start(1)) + said[name.end(1) :]
    return all(_idle(said[start:end]) for start, end in sentences(said))


def _idle(sentence: str) -> bool:
    if sentence.rstrip().endswith("?"):
        return _ANSWERS.match(sentence) is None
    return not _SAYS.search(_BESIDE.sub(" ", _IDLE.sub(" ", sentence))) and (
        _IDLE.search(sentence) is not None or not _SAYS.search(sentence)
    )
