"""What people thought before they looked, laid beside what was found.

Honest: of what was not found it says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from django.db import transaction
from numpy.typing import NDArray

from gehoor.analysis.needs.words import content_words, lemma
from gehoor.kernel.errors import GehoorError, Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.accounts.models import User
from gehoor.rooms.needs.listing import Ranked
from gehoor.rooms.needs.material import OnDisk
from gehoor.rooms.needs.models import Generation, Guess, VectorModel
from gehoor.rooms.needs.teaching import embed
from gehoor.rooms.privacy.audit import do_log

Floats = NDArray[np.float32]

MOST = 3
_CLOSEST = 2
_ALIKE = 0.25
"""Centred cosine from which a guess and a need are about the same."""
_FEWEST = 4
"""Needs that there must be before a mean says what is common to all of them."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A guess and the needs that are closest to it, best first; none when nothing like it was found."""

    guess: Guess
    found: list[Ranked]


def has_guessed(user: User) -> bool:
    """Whether this user answered the question, or passed it over."""
    return Guess.objects.filter(guesser=user).exists()


def do_guess(*, guesser: User, texts: Sequence[str]) -> list[Guess]:
    """Keep what someone thinks that customers wait for; nothing at all means that the question was passed over.

    Asked once: whoever has looked can no longer guess.
    """
    given = [" ".join(text.split())[:300] for text in texts]
    kept = [text for text in given if text][:MOST] or [""]
    with transaction.atomic():
        if has_guessed(guesser):
            raise Refused(why=sentence("you answered this question before"))
        guesses = [Guess(guesser=guesser, position=place, text=text) for place, text in enumerate(kept)]
        Guess.objects.bulk_create(guesses)
        do_log(actor=guesser, action="guess_needs", what="need")
    return guesses


def compared(user: User, generation: Generation, rows: Sequence[Ranked]) -> list[Compared]:
    """The guesses of this user beside what was found: needs that share a word with it, or that mean the same."""
    guesses = list(Guess.objects.filter(guesser=user).exclude(text="").order_by("position"))
    if not guesses:
        return []
    by_word = [_sharing_words(guess.text, rows) for guess in guesses]
    by_sense = _alike(generation, [guess.text for guess in guesses], rows)
    found = []
    for guess, words, sense in zip(guesses, by_word, by_sense, strict=True):
        scores = {place: words.get(place, 0.0) + sense.get(place, 0.0) for place in {*words, *sense}}
        best = sorted(scores, key=lambda place: (-scores[place], place))[:_CLOSEST]
        found.append(Compared(guess, [rows[place] for place in best]))
    return found


def _lemmas(text: str) -> set[str]:
    return {lemma(word) for word in content_words(text)}


def _sharing_words(text: str, rows: Sequence[Ranked]) -> Mapping[int, float]:
    """Needs whose name holds a word of the guess, with the share of its words that they hold."""
    wanted = _lemmas(text)
    shared = {place: len(wanted & _lemmas(str(row.need))) / max(1, len(wanted)) for place, row in enumerate(rows)}
    return {place: share for place, share in shared.items() if share > 0}


def _alike(generation: Generation, texts: Sequence[str], rows: Sequence[Ranked]) -> list[Mapping[int, float]]:
    """For each text the needs whose quotes mean the same; none where the model cannot be asked."""
    nothing: list[Mapping[int, float]] = [{} for _ in texts]
    if generation.model is None or len(rows) < _FEWEST:
        return nothing
    centres = _centres(generation.model, rows)
    try:
        vectors = _embedded(generation.pk, tuple(texts))
    except (GehoorError, FileNotFoundError):
        return nothing
    mean = centres.mean(axis=0)
    cosines = _unit(vectors - mean) @ _unit(centres - mean).T
    return [{place: float(each) for place, each in enumerate(row) if each >= _ALIKE} for row in cosines]


def _centres(model: VectorModel, rows: Sequence[Ranked]) -> Floats:
    """What each need is about, by the mean of the vectors of its quotes. (needs, d)."""
    asks = np.array(sorted({each[0] for row in rows for each in row.need.quotes}), np.int64)
    vectors = OnDisk(model).vectors(asks)
    at = {int(ask): place for place, ask in enumerate(asks)}
    sums = [vectors[[at[each[0]] for each in row.need.quotes]].sum(axis=0) for row in rows]
    return _unit(np.array(sums, np.float32).reshape(len(rows), model.dimensions))


@lru_cache(maxsize=64)
def _embedded(generation: int, texts: tuple[str, ...]) -> Floats:
    """The vectors of guesses; kept, since the teacher takes a second to wake up."""
    model = Generation.objects.select_related("model").get(pk=generation).model
    if model is None:
        raise FileNotFoundError
    return embed(model, texts)


def _unit(vectors: Floats) -> Floats:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9), np.float32)
