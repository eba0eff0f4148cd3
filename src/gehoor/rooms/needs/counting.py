"""The three honest counts over all needs of all levels at once: arrays in, arrays out.

Every ask has a path: its finest need, the broader one above it, and so on. An ask counts for a need on its path
unless a finer need on that path was set aside; it shows under a need when none on its path is. Over the needs that
show on one level plus what shows under none (the same asks on every level), customer minutes add up to the total.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Tree:
    """Needs numbered from 0. ``level`` (m) from 1; ``parent`` (m) the number of the broader need, -1 on level 1."""

    level: Integers
    parent: Integers
    aside: Flags

    @property
    def levels(self) -> int:
        """How many levels there are."""
        return int(self.level.max()) if len(self.level) else 0


@dataclass(frozen=True, slots=True)
class Asks:
    """One row an ask: ``need`` its finest need (-1 none), ``voice``, ``person`` (-1 anonymous), ``minutes``."""

    need: Integers
    voice: Integers
    person: Integers
    minutes: Floats


@dataclass(frozen=True, slots=True)
class Counts:
    """One row a need, for the whole tree."""

    voices: Integers
    persons: Integers
    anonymous: Integers
    minutes: Floats


def paths(tree: Tree) -> Integers:
    """(m, levels): for each finest need the need on its path on every level; -1 beyond, and for needs that are broader.

    Column ``i`` is level ``i + 1``.
    """
    found = np.full((len(tree.level), tree.levels), -1, np.int64)
    at = np.where(tree.level == tree.levels, np.arange(len(tree.level)), -1)
    for column in range(tree.levels - 1, -1, -1):
        found[:, column] = at
        at = np.where(at >= 0, tree.parent[at], -1)
    return found


def counted_under(tree: Tree, asks: Asks) -> Integers:
    """(n, levels): the need that each ask counts for, or -1."""
    path = np.vstack([paths(tree), np.full((1, tree.levels), -1, np.int64)])
    aside = np.append(tree.aside, False)[path]
    finer = np.zeros_like(aside)
    finer[:, :-1] = np.cumsum(aside[:, ::-1], axis=1)[:, ::-1][:, 1:] > 0
    return np.where(finer, -1, path)[asks.need]


def count(tree: Tree, asks: Asks) -> Counts:
    """The counts of every need, those set aside included."""
    m = len(tree.level)
    under = counted_under(tree, asks)
    voices, persons, anonymous = (np.zeros(m, np.int64) for _ in range(3))
    minutes = np.zeros(m)
    for column in range(tree.levels):
        need = under[:, column]
        kept = need >= 0
        minutes += np.bincount(need[kept], weights=asks.minutes[kept], minlength=m)
        voices += _distinct(need[kept], asks.voice[kept], m)
        known = kept & (asks.person >= 0)
        persons += _distinct(need[known], asks.person[known], m)
        unknown = kept & (asks.person < 0)
        anonymous += _distinct(need[unknown], asks.voice[unknown], m)
    return Counts(voices, persons, anonymous, minutes)


@dataclass(frozen=True, slots=True)
class Spread:
    """Of every need, how its voices and minutes are spread over parts: (m, parts) each."""

    voices: Integers
    minutes: Floats


def spread(tree: Tree, asks: Asks, part: Integers, parts: int) -> Spread:
    """The counts of every need by ``part`` (a number below ``parts`` for each ask, -1 for none)."""
    m = len(tree.level)
    under = counted_under(tree, asks)
    voices, minutes = np.zeros(m * parts, np.int64), np.zeros(m * parts)
    for column in range(tree.levels):
        kept = (under[:, column] >= 0) & (part >= 0)
        cell = under[kept, column] * parts + part[kept]
        minutes += np.bincount(cell, weights=asks.minutes[kept], minlength=m * parts)
        voices += _distinct(cell, asks.voice[kept], m * parts)
    return Spread(voices.reshape(m, parts), minutes.reshape(m, parts))


def _distinct(group: Integers, value: Integers, m: int) -> Integers:
    """How many distinct values each of the groups 0 to m-1 has."""
    _, value = np.unique(value, return_inverse=True)
    width = int(value.max()) + 1 if len(value) else 1
    pairs = np.unique(group * width + value)
    return np.bincount(pairs // width, minlength=m).astype(np.int64)


def hidden(tree: Tree) -> Flags:
    """(m) for each finest need, whether something on its path was set aside: its asks show nowhere."""
    return np.asarray(np.append(tree.aside, False)[paths(tree)].any(axis=1))


def ranks(values: Sequence[float]) -> list[int]:
    """1 for the largest; equal values share a rank, and the next one skips (1, 2, 2, 4)."""
    ordered = sorted(values, reverse=True)
    first = {value: len(ordered) - place for place, value in enumerate(reversed(ordered))}
    return [first[value] for value in values]
