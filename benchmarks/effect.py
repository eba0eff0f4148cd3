"""How well the effect of a change is measured: 2,000 simulated organisations of each kind, whose truth is known.

    python benchmarks/effect.py [--organisations 2000] [--processes 2] [--only coverage|campaigns|power|other|speed]

Everything simulated is made here from rates, without a line of what is measured; the truth is the sum of an
organisation's own rates with the change over the sum without. Last figures: effect.md.
"""

import argparse
import math
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from scipy.stats import t as student
from threadpoolctl import threadpool_limits

from gehoor.analysis.effect import Effect, Verdict, measure_effect
from gehoor.analysis.effect.regression import Counts, fit_counts, newey_west

Floats = NDArray[np.float64]

KINDS = ("none", "small", "large", "delayed", "seasonal")
NOISES = ("poisson", "overdispersed", "autocorrelated")
SEED = 20_260_000


@dataclass(frozen=True)
class Organisation:
    """Weekly rates of a need with and without the change, and of the comparison; and how the counts vary about them."""

    anyway: Floats
    really: Floats
    beside: Floats
    change_at: int
    noise: str
    size: float

    @property
    def truth(self) -> float:
        """The relative change over the weeks after."""
        after = slice(self.change_at, None)
        return float(self.really[after].sum() / self.anyway[after].sum()) - 1


@dataclass(frozen=True)
class Counted:
    """An organisation, and its counts."""

    organisation: Organisation
    counts: list[int]
    comparison: list[int]


def organisation(kind: str, random: Generator, controlled: bool, size: tuple[float, float] = (2, 30)) -> Organisation:
    """One of a kind. Weeks before: 60 to 104 (with a comparison 20 to 104); after: 13 to 46 (8 to 46); asks a week as
    in ``size``; a trend of about 20 % a year either way; a season that is strong where the kind is seasonal."""
    before = int(random.integers(20 if controlled else 60, 105))
    after = int(random.integers(8 if controlled else 13, 47))
    week = np.arange(before + after)
    log_rate = random.uniform(math.log(size[0]), math.log(size[1]))
    shared = random.normal(0, 0.2) * (week - before) / 52.18 + season(kind, week, random)
    noise = NOISES[random.integers(3)]
    own, others = wander(noise, len(week), random), wander(noise, len(week), random)
    together = wander(noise, len(week), random) if controlled else np.zeros(len(week))
    anyway = np.exp(log_rate + shared + together + own)
    beside = np.exp(math.log(random.uniform(10, 60)) + shared + together + others)
    really = anyway * effect_shape(kind, week - before, random)
    return Organisation(anyway, really, beside, before, noise, random.uniform(4, 20))


def season(kind: str, week: Floats, random: Generator) -> Floats:
    """The year, and its half."""
    strong = kind == "seasonal"
    first, second = (random.uniform(0.3, 0.7), random.uniform(0.1, 0.25)) if strong else random.uniform(0, (0.3, 0.1))
    turn = 2 * np.pi * week / 52.18
    return first * np.cos(turn - random.uniform(0, 6.3)) + second * np.cos(2 * turn - random.uniform(0, 6.3))


def wander(noise: str, weeks: int, random: Generator) -> Floats:
    """A disturbance of the log-rate that hangs together from week to week; none for the other noises."""
    if noise != "autocorrelated":
        return np.zeros(weeks)
    memory, deviation = random.uniform(0.2, 0.7), random.uniform(0.1, 0.3)
    path = np.empty(weeks)
    path[0] = random.normal(0, deviation)
    for at in range(1, weeks):
        path[at] = memory * path[at - 1] + random.normal(0, deviation * math.sqrt(1 - memory**2))
    return path


def effect_shape(kind: str, since: Floats, random: Generator) -> Floats:
    """What the rate is multiplied by in each week, counted from the change."""
    ratio = {
        "none": lambda: 1.0,
        "small": lambda: random.choice([random.uniform(0.85, 0.95), random.uniform(1.05, 1.15)]),
        "large": lambda: random.uniform(0.35, 0.65),
        "delayed": lambda: random.uniform(0.35, 0.65),
        "seasonal": lambda: random.uniform(0.5, 1.3),
    }[kind]()
    grown = (since >= 0).astype(float)
    if kind == "delayed":
        grown = np.clip((since - random.integers(2, 9) + 1) / random.integers(1, 13), 0, 1)
    return np.exp(math.log(ratio) * grown)


def count(organisation: Organisation, random: Generator) -> Counted:
    """Counts at its rates; overdispersed ones by a gamma multiplier of each week."""

    def draw(rates: Floats) -> list[int]:
        if organisation.noise == "overdispersed":
            rates = rates * random.gamma(organisation.size, 1 / organisation.size, len(rates))
        return [int(each) for each in random.poisson(rates)]

    return Counted(organisation, draw(organisation.really), draw(organisation.beside))


CAMPAIGNS = {"2 to 8 weeks": (2, 8), "9 to 20 weeks": (9, 20), "from the change, never ends": None}


def with_campaign(one: Organisation, random: Generator, weeks: tuple[int, int] | None) -> Organisation:
    """A campaign that nobody recorded: 1.4 to 2.5 times the asks (all of them, also those beside) during so many weeks,
    begun at most as many weeks before the change and at most 8 after it; or, for None, begun with the change and
    lasting to the end."""
    start = one.change_at if weeks is None else one.change_at + int(random.integers(-weeks[1], 9))
    end = len(one.anyway) if weeks is None else start + int(random.integers(weeks[0], weeks[1] + 1))
    lift = np.ones(len(one.anyway))
    lift[start:end] = random.uniform(1.4, 2.5)
    return replace(one, anyway=one.anyway * lift, really=one.really * lift, beside=one.beside * lift)


@dataclass(frozen=True)
class Outcome:
    """What came out for one organisation."""

    verdict: Verdict
    covered: bool
    total_covered: bool
    noise: str
    width: float
    reasons: tuple[str, ...]


def outcome(counted: Counted, knowing: str) -> Outcome:
    """The measurement, beside the truth. ``knowing``: "alone", "totals" of all voices, or a "comparison"."""
    one = counted.organisation
    comparison = counted.comparison if knowing == "comparison" else None
    everything = [own + other for own, other in zip(counted.counts, counted.comparison, strict=True)]
    exposure = everything if knowing == "totals" else None
    return judged(measure_effect(counted.counts, one.change_at, comparison=comparison, exposure=exposure), one)


def judged(effect: Effect, one: Organisation) -> Outcome:
    """``effect`` beside the truth; an organisation about which nothing is estimated counts as not covered."""
    if effect.relative is None or effect.total is None:
        return Outcome(effect.verdict, False, False, one.noise, math.inf, (effect.reason.value,))
    after = slice(one.change_at, None)
    fewer = float((one.anyway - one.really)[after].sum())
    return Outcome(
        effect.verdict,
        effect.relative.low <= one.truth <= effect.relative.high,
        effect.total.low <= fewer <= effect.total.high,
        one.noise,
        math.log1p(effect.relative.high) - math.log1p(effect.relative.low),
        tuple(each.name for each in effect.broken) or (effect.reason.value,),
    )


Change = Callable[[Organisation, Generator], Organisation]


def simulate(number: int, kind: str, knowing: str, size: tuple[float, float], change: Change | None) -> Outcome:
    """Organisation ``number`` of a kind, from rates to outcome."""
    return outcome(simulated(number, kind, knowing == "comparison", size, change), knowing)


def simulated(number: int, kind: str, controlled: bool, size: tuple[float, float], change: Change | None) -> Counted:
    """Organisation ``number`` of a kind, with its counts."""
    random = np.random.default_rng([SEED, number, KINDS.index(kind), controlled])
    one = organisation(kind, random, controlled, size)
    if change is not None:
        one = change(one, random)
    return count(one, random)


def many(
    how: "Settings",
    kind: str,
    knowing: str,
    size: tuple[float, float] = (2, 30),
    change: Change | None = None,
) -> list[Outcome]:
    """As many organisations as asked for."""
    work = partial(simulate, kind=kind, knowing=knowing, size=size, change=change)
    with get_context("fork").Pool(how.processes, threadpool_limits, (1,)) as pool:
        return pool.map(work, range(how.organisations), chunksize=20)


@dataclass(frozen=True)
class Settings:
    """How many organisations of each kind, and in how many processes."""

    organisations: int
    processes: int


def share(values: Iterable[bool]) -> str:
    """A share in per cent."""
    listed = list(values)
    return f"{100 * sum(listed) / max(1, len(listed)):.1f}"


def verdicts(outcomes: list[Outcome]) -> str:
    """The share of each verdict."""
    return " | ".join(share(each.verdict is verdict for each in outcomes) for verdict in Verdict)


def why(outcomes: list[Outcome]) -> str:
    """What most often kept a verdict back, in per cent of all."""
    reasons = Counter(name for each in outcomes if each.verdict is Verdict.CANNOT_TELL for name in each.reasons)
    return ", ".join(f"{name} {100 * times / len(outcomes):.0f}" for name, times in reasons.most_common(3))


def table(*heads: str) -> None:
    """The head of a table."""
    print("| " + " | ".join(heads) + " |")
    print("| --- " * len(heads) + "|")


VERDICTS = ("helped", "worse", "no effect", "cannot tell", "why not")


def print_coverage(how: Settings) -> None:
    """Do intervals of 95 % hold the truth, and how often is which verdict given?"""
    table("effect", "knowing", "covered", "in asks", *NOISES, "half width", *VERDICTS)
    for knowing in ("alone", "comparison"):
        for kind in KINDS:
            found = many(how, kind, knowing)
            by_noise = " | ".join(share(each.covered for each in found if each.noise == noise) for noise in NOISES)
            shares = f"{share(each.covered for each in found)} | {share(each.total_covered for each in found)}"
            width = math.expm1(float(np.median([each.width for each in found])) / 2)
            figures = f"{shares} | {by_noise} | {100 * width:.0f} %"
            print(f"| {kind} | {knowing} | {figures} | {verdicts(found)} | {why(found)} |", flush=True)


def print_campaigns(how: Settings) -> None:
    """With a campaign near the change that nobody recorded; a quarter as many organisations."""
    fewer = replace(how, organisations=how.organisations // 4)
    table("campaign", "effect", "knowing", "covered", *VERDICTS)
    for name, weeks in CAMPAIGNS.items():
        for kind in ("none", "large"):
            for knowing in ("alone", "totals", "comparison"):
                found = many(fewer, kind, knowing, change=partial(with_campaign, weeks=weeks))
                covered = share(each.covered for each in found)
                print(f"| {name} | {kind} | {knowing} | {covered} | {verdicts(found)} | {why(found)} |", flush=True)


def print_power(how: Settings) -> None:
    """How often a large effect, and no effect at all, is seen by size; an eighth as many organisations."""
    fewer = replace(how, organisations=how.organisations // 8)
    table("asks a week", "effect", "knowing", *VERDICTS)
    for size in ((1, 3), (3, 10), (10, 30), (30, 300), (3_000, 30_000)):
        for kind in ("none", "large"):
            for knowing in ("alone", "comparison"):
                found = many(fewer, kind, knowing, size)
                name = f"{size[0]:,} to {size[1]:,}"
                print(f"| {name} | {kind} | {knowing} | {verdicts(found)} | {why(found)} |", flush=True)


def others_cover(number: int, kind: str) -> tuple[bool, ...]:
    """Whether the intervals that were not taken hold the truth: a textbook segmented regression with a level, a slope
    and the year, its step at the middle of the weeks after; errors by Pearson's dispersion, and by Newey and West."""
    one = simulated(number, kind, False, (2, 30), None)
    week = np.arange(len(one.counts))
    after = week >= one.organisation.change_at
    turn = 2 * np.pi * week / 52.18
    waves = [wave(turn * pair) for pair in (1, 2) for wave in (np.sin, np.cos)]
    slope = np.where(after, week - week[after].mean(), 0) / 52.18
    columns = np.column_stack([np.ones(len(week)), week / 52.18, *waves, after, slope])
    fit = fit_counts(Counts(np.array(one.counts, dtype=float), np.zeros(len(week))), columns)
    errors = [np.sqrt(fit.scale * fit.bread[-2, -2])]
    errors += [math.sqrt(newey_west(fit, lags)[-2, -2]) for lags in (4, 8)]
    surprise = abs(fit.coefficients[-2] - math.log1p(one.organisation.truth))
    quantile = float(student.ppf(0.975, len(week) - columns.shape[1]))
    return tuple(bool(surprise <= quantile * error) for error in errors)


def print_others(how: Settings) -> None:
    """What other intervals of the literature cover, on the same organisations."""
    table("effect", "dispersion only", "Newey-West, 4 lags", "Newey-West, 8 lags")
    for kind in ("none", "seasonal"):
        with get_context("fork").Pool(how.processes, threadpool_limits, (1,)) as pool:
            found = pool.map(partial(others_cover, kind=kind), range(how.organisations), chunksize=20)
        print(f"| {kind} | " + " | ".join(share(column) for column in zip(*found, strict=True)) + " |", flush=True)


def print_speed(how: Settings) -> None:
    """Milliseconds of one measurement on one core."""
    del how
    for weeks, change_at in ((60, 40), (104, 78), (150, 104)):
        counts = [int(each) for each in np.random.default_rng(1).poisson(8, weeks)]
        start = time.process_time()
        for _ in range(20):
            measure_effect(counts, change_at)
        print(f"| {weeks} weeks | {(time.process_time() - start) / 20 * 1000:.0f} ms |")


PARTS = {
    "speed": print_speed,
    "other": print_others,
    "coverage": print_coverage,
    "campaigns": print_campaigns,
    "power": print_power,
}


def main() -> None:
    """Measure what is asked for, or all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--organisations", type=int, default=2000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--only", choices=PARTS)
    asked = parser.parse_args()
    threadpool_limits(1)
    for name, part in PARTS.items():
        if asked.only in (None, name):
            print(f"\n## {name}\n")
            part(Settings(asked.organisations, asked.processes))


if __name__ == "__main__":
    main()
