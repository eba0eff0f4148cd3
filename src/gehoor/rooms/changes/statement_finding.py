"""Which passages could be about a statement: by its words in every inflection, and by what they mean.

By words: voices that hold enough of the words (the full-text index). By meaning: the passages whose vectors lie
nearest to the statement's subject. Which of these are about it is then read from the passages themselves.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np
from django.core.cache import cache
from django.db.models import Count, Max
from django.db.models.expressions import RawSQL
from numpy.typing import NDArray

from gehoor.analysis.statement import Claim
from gehoor.kernel.ids import key_of
from gehoor.rooms.needs.models import AskVector, VectorModel
from gehoor.rooms.needs.rows import columns
from gehoor.rooms.needs.teaching import current_model, embed
from gehoor.rooms.needs.vectors import store_of
from gehoor.rooms.voices.models import Ask, Voice
from gehoor.rooms.voices.search.engines import engine
from gehoor.rooms.voices.search.query import Query, Term, folded

Integers = NDArray[np.int64]
Floats = NDArray[np.float32]

NEAREST = 400
"""Passages that are looked at because of what they mean."""
NEAR = (0.35, 0.65)
"""Cosines, less the mean of all: from where meaning begins to count, and from where it counts fully."""
MOST = 1_000
"""Passages that are read. Of more an equal part of all is."""
_A_DAY = 24 * 3600
_AT_ONCE = 8_192
_IN_ONE_QUERY = 5_000


@dataclass(frozen=True, slots=True)
class Found:
    """``asks`` to read, ``nearness`` of each to the subject (0 to 1). ``of``: how many there were; more than were
    kept when there were too many, and then those kept are a fair draw."""

    asks: Integers
    nearness: Floats
    of: int

    @classmethod
    def nothing(cls) -> "Found":
        """Nothing to read."""
        return cls(np.zeros(0, np.int64), np.zeros(0, np.float32), 0)


def find_passages(claim: Claim, typed: str) -> Found:
    """The passages that could be about it."""
    near_asks, near = _nearest(claim.topic or typed)
    asks = np.union1d(_asks_of(_voices_with(claim)), near_asks)
    of = len(asks)
    if of > MOST:
        asks = _drawn(asks)
    return Found(asks, _nearness(asks, near_asks, near), of)


def _drawn(asks: Integers) -> Integers:
    """A fair draw that is the same every time, whatever comes in later: by a keyed hash of each."""
    keys = [key_of(["statement", str(ask)]) for ask in asks.tolist()]
    chosen = sorted(range(len(keys)), key=keys.__getitem__)[:MOST]
    return np.sort(asks[chosen])


def _nearness(asks: Integers, near_asks: Integers, near: Floats) -> Floats:
    found = np.zeros(len(asks), np.float32)
    if len(near_asks):
        at = np.minimum(np.searchsorted(near_asks, asks), len(near_asks) - 1)
        known = near_asks[at] == asks
        low, high = NEAR
        found[known] = np.clip((near[at[known]] - low) / (high - low), 0, 1)
    return found


def _voices_with(claim: Claim) -> Integers:
    """Voices that hold enough of the subject's words, by the full-text index."""
    terms = [term for term in map(_term, claim.finders) if any(term.stands_for)]
    if not terms:
        return np.zeros(0, np.int64)
    enough = min(claim.needed, len(terms))
    found: set[int] = set()
    for some in combinations(terms, enough):
        sql = RawSQL(*engine().match_sql(Query(wanted=some)))  # noqa: S611 fixed SQL, parameters apart
        found.update(Voice.objects.filter(pk__in=sql).values_list("pk", flat=True))
    return np.array(sorted(found), np.int64)


def _term(heads: tuple[str, ...]) -> Term:
    """What may stand in the index for a part of the subject: any word that begins so. The passage itself decides."""
    words = ("".join(filter(str.isalnum, folded(word))) for word in heads)
    return Term(tuple(dict.fromkeys(filter(None, words))), prefix=True)


def _asks_of(voices: Integers) -> Integers:
    parts = [np.zeros(0, np.int64)]
    for start in range(0, len(voices), _IN_ONE_QUERY):
        some = voices[start : start + _IN_ONE_QUERY].tolist()
        parts.append(np.fromiter(Ask.objects.filter(voice__in=some).values_list("pk", flat=True), np.int64))
    return np.unique(np.concatenate(parts))


def _nearest(topic: str) -> tuple[Integers, Floats]:
    """The asks nearest to the topic, ascending, with their cosines; none while nothing has a vector."""
    model = current_model()
    nothing = np.zeros(0, np.int64), np.zeros(0, np.float32)
    if model is None or not topic.strip():
        return nothing
    asks, rows = _rows_of(model)
    if not len(asks):
        return nothing
    try:
        wanted = embed(model, [topic])[0]
    except FileNotFoundError:
        return nothing
    cosines = _cosines(model, wanted)[rows]
    chosen = np.argpartition(-cosines, NEAREST)[:NEAREST] if len(cosines) > NEAREST else np.arange(len(cosines))
    chosen = chosen[cosines[chosen] >= NEAR[0]]
    order = chosen[np.argsort(asks[chosen])]
    return asks[order], cosines[order]


def _rows_of(model: VectorModel) -> tuple[Integers, Integers]:
    """Every ask with a vector, and its row; kept in memory while none is added or erased."""
    state = AskVector.objects.filter(model=model).aggregate(n=Count("pk"), ask=Max("pk"), row=Max("row"))
    key = f"gehoor.statement.rows.{key_of([model.name, *map(str, state.values())]).hex()}"
    found: tuple[Integers, Integers] | None = cache.get(key)
    if found is None:
        rows = AskVector.objects.filter(model=model).order_by("ask_id").values_list("ask_id", "row")
        asks, place = columns(rows.iterator(), 2)
        found = asks, place
        cache.set(key, found, _A_DAY)
    return found


def _cosines(model: VectorModel, wanted: Floats) -> Floats:
    """The cosine of every row with ``wanted``, both less the mean of all; rows that were erased get -1."""
    store = store_of(model)
    n = len(store)
    mean, lengths = _mean_and_lengths(model.name, model.pk, n)
    turned = wanted - mean
    turned = turned / max(float(np.linalg.norm(turned)), 1e-9)
    found = np.empty(n, np.float32)
    for start in range(0, n, _AT_ONCE):
        end = min(start + _AT_ONCE, n)
        found[start:end] = store.read(np.arange(start, end)) @ turned
    cosines = (found - float(mean @ turned)) / np.maximum(lengths, 1e-9)
    return np.where(lengths > 0, cosines, -1.0).astype(np.float32)


@lru_cache(maxsize=2)
def _mean_and_lengths(name: str, pk: int, n: int) -> tuple[Floats, Floats]:
    """The mean of all vectors, and the length of each less the mean (0 for an erased row); once for each state."""
    model = VectorModel.objects.get(pk=pk)
    store = store_of(model)
    parts = [store.read(np.arange(start, min(start + _AT_ONCE, n))) for start in range(0, n, _AT_ONCE)]
    alive = [part.any(axis=1) for part in parts]
    total = sum((part.sum(axis=0, dtype=np.float64) for part in parts), np.zeros(model.dimensions))
    mean = (total / max(sum(int(part.sum()) for part in alive), 1)).astype(np.float32)
    lengths = [
        np.where(kept, np.linalg.norm(part - mean, axis=1), 0.0) for part, kept in zip(parts, alive, strict=True)
    ]
    return mean, np.concatenate(lengths).astype(np.float32) if lengths else np.zeros(0, np.float32)
