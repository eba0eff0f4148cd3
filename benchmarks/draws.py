"""Whether stacks are drawn as often as they say: 10,000 draws of every pool and way of drawing, over real voices.

    python benchmarks/draws.py [--rows 5000] [--home FOLDER] [--minutes 20] [--save]

Fills a home of its own (``--home`` keeps it, and uses what it holds already), of which a tenth was heard, and draws.
For each way: how many voices could be drawn and how many are; the worst deviation of a voice's frequency from its
stated probability, in standard deviations, beside the worst that chance would give over so many voices; and how far
the mean of the weighted totals (Horvitz-Thompson) lies from the true totals, with its standard error.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
DRAWS = 10_000


def _fill(rows: int) -> None:
    """Voices of four channels, as long as people make them; a tenth was heard, a third is about one need."""
    from datetime import timedelta

    from gehoor.kernel import clock
    from gehoor.kernel.ids import content_hash
    from gehoor.rooms.accounts.models import User
    from gehoor.rooms.listening.models import Heard
    from gehoor.rooms.needs.models import AskNeed, Generation, Need
    from gehoor.rooms.voices.models import Ask, Original, Voice

    dice, now = np.random.default_rng(11), clock.now()
    channels = dice.choice(["letter", "call", "email", "x"], rows, p=[0.1, 0.2, 0.3, 0.4]).tolist()
    usual = {"letter": 260, "call": 500, "email": 120, "x": 22}
    words = [max(1, int(dice.gamma(2.0, usual[channel] / 2))) for channel in channels]
    data = [str(number).encode() for number in range(rows)]
    originals = Original.objects.bulk_create(
        Original(sha256=content_hash(each), media_type="text/plain", size=len(each), data=each) for each in data
    )
    voices = Voice.objects.bulk_create(
        Voice(
            channel=channel,
            text="woord",
            words=count,
            said_at=now - timedelta(hours=number),
            duration_seconds=count / 2.5 if channel == "call" else None,
            file="f",
            item=str(number),
            original=original,
        )
        for number, (channel, count, original) in enumerate(zip(channels, words, originals, strict=True))
    )
    listener = User.objects.make(email="a@example.org", name="A", roles=["manager"], password=None)
    Heard.objects.bulk_create(
        Heard(voice=voice, listener=listener, first_at=now, last_at=now, seconds=9, enough=True)
        for voice in voices[5::10]
    )
    generation = Generation.objects.create(asks=0, levels=1, default_level=1, current=True, counted="1")
    need = Need.objects.create(generation=generation, level=1, proposed_name="Bouwdepot", voices=rows // 3)
    asks = Ask.objects.bulk_create(Ask(voice=voice, position=0, start=0, end=5, words=1) for voice in voices[::3])
    AskNeed.objects.bulk_create(
        AskNeed(ask=ask, generation=generation, need=need, computed=need, voice=ask.voice, start=0) for ask in asks
    )


def _line(name: str, found: Any, drawn_by: str, minutes: int) -> str:
    from gehoor.rooms.listening.drawing import count_for, draw_so_many

    count = count_for(found, drawn_by, minutes * 60.0)
    size = len(found.ids)
    times, voices, spent = np.zeros(size), np.empty(DRAWS), np.empty(DRAWS)
    began = time.perf_counter()
    for seed in range(DRAWS):
        drawn = draw_so_many(found, drawn_by, count, seed)
        times[drawn.chosen] += 1
        weights = 1 / drawn.probability[drawn.chosen]
        voices[seed], spent[seed] = weights.sum(), (found.customer_minutes[drawn.chosen] * weights).sum()
    taken = (time.perf_counter() - began) / DRAWS * 1000
    stated = drawn.probability
    unsure = (stated > 0) & (stated < 1)
    off = np.abs(times / DRAWS - stated)[unsure] / np.sqrt(stated * (1 - stated) / DRAWS)[unsure]
    worst = float(off.max()) if off.size else 0.0
    chance = float(np.sqrt(2 * np.log(max(2, off.size))))
    return (
        f"| {name} | {size:,} | {count} | {worst:.2f} ({chance:.2f}) | {_bias(voices, size)} "
        f"| {_bias(spent, float(found.customer_minutes.sum()))} | {taken:.2f} |"
    )


def _bias(estimates: Any, truth: float) -> str:
    error = estimates.std() / np.sqrt(len(estimates)) / truth * 100
    return f"{(estimates.mean() / truth - 1) * 100:+.3f} ± {error:.3f}"


def _run(rows: int, minutes: int) -> list[str]:
    from gehoor.cli.opening import open_home

    open_home()
    from gehoor.rooms.listening.drawing import WHOLE, Narrowed, candidates
    from gehoor.rooms.listening.models import DrawnBy, Pool
    from gehoor.rooms.needs.models import Need
    from gehoor.rooms.voices.models import Voice
    from gehoor.rooms.voices.weight import current_table

    if not Voice.objects.exists():
        _fill(rows)
    needs = Need.objects.filter(generation__current=True, merged_into=None, aside=False).order_by("-voices")
    need = needs.first()
    table, lines = current_table(), []
    ways = [("", WHOLE), (", letters", Narrowed(channel="letter"))]
    if need is not None:
        ways.append((", one need", Narrowed(need=need.public_id)))
    for pool in Pool:
        for what, narrowed in ways:
            found = candidates(pool, table, narrowed)
            for drawn_by in DrawnBy:
                line = _line(f"{pool}{what}, by {drawn_by}", found, drawn_by, minutes)
                print(line, flush=True)
                lines.append(line)
    return lines


def main() -> None:
    """Run, print, and save when asked."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=5_000)
    options.add_argument("--home", default="")
    options.add_argument("--minutes", type=int, default=20)
    options.add_argument("--save", action="store_true")
    chosen = options.parse_args()
    home = chosen.home or tempfile.mkdtemp(prefix="gehoor-benchmark-")
    os.environ["GEHOOR_HOME"] = home
    try:
        lines = _run(chosen.rows, chosen.minutes)
    finally:
        if not chosen.home:
            shutil.rmtree(home, ignore_errors=True)
    head = [
        "| Pool, and in proportion to what | Voices | Drawn | Worst voice, sd (by chance) "
        "| Voices, % off | Minutes, % off | ms a draw |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    text = "\n".join([*head, *lines, "", f"{DRAWS:,} draws each, for {chosen.minutes} minutes."])
    print(text)
    if chosen.save:
        told = (
            f"# Stacks are drawn as often as they say\n\n`python benchmarks/draws.py --rows {chosen.rows}`\n\n{text}\n"
        )
        (HERE / "draws.md").write_text(told)


if __name__ == "__main__":
    main()
