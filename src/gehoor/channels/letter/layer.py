"""The text that a PDF carries itself, where it can be believed.

A program that prints a letter writes its text as it is. The text that a scanner lays under its picture may be poor, and
a font without a table gives garbage: neither is believed unless it reads as language.
"""

from gehoor.channels.letter.engines.base import PageWord
from gehoor.channels.letter.flow import lines_of
from gehoor.channels.letter.letters import says_separator
from gehoor.channels.letter.paper import Paper
from gehoor.channels.letter.vocabulary import is_known, share_known, share_ordinary
from gehoor.channels.letter.writing import Leaf

LAYER = "text layer"
_LANGUAGE = 0.5
_LANGUAGE_UNDER_PICTURE = 0.85
_WORDS_UNDER_PICTURE = 20
_ORDINARY = 0.95
_UNDER_PICTURE = 0.75
"""How sure a word is that a scanner's own engine read and no dictionary has."""


def layer_of(paper: Paper, page: int) -> Leaf | None:
    """A page by its own text; None where an engine has to look at it. Raises CannotRead."""
    if paper.media_type != "application/pdf":
        return None
    words, is_picture = paper.layer(page)
    if not words:
        return Leaf((), engine=LAYER, is_blank=True) if paper.is_empty(page) else None
    if not _is_believed(words, is_picture=is_picture):
        return None
    if is_picture:
        words = [word if is_known(word.text) else PageWord(word.text, _UNDER_PICTURE, word.box) for word in words]
    leaf = Leaf(tuple(lines_of(words, paper.aspect(page))), engine=LAYER)
    return Leaf(leaf.lines, engine=LAYER, is_separator=says_separator(leaf))


def _is_believed(words: list[PageWord], *, is_picture: bool) -> bool:
    texts = [word.text for word in words]
    known, count = share_known(texts)
    if is_picture:
        return count >= _WORDS_UNDER_PICTURE and known >= _LANGUAGE_UNDER_PICTURE
    return share_ordinary(texts) >= _ORDINARY and (known >= _LANGUAGE or count < 5)
