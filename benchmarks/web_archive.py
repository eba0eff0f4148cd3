"""Reads a web archive of a given size: how fast, beside warcio going through its records alone, and within what memory.

    python benchmarks/web_archive.py [MIB] [--compressed]

The pages are made (seed 7): forum topics, Hyves, blog articles with comments, pages on which nobody speaks, pictures,
redirects. Each way of reading runs in a process of its own, whose peak of memory is told.
"""

import argparse
import gzip
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

WORDS = """
de het een ik wij u bank hypotheek rente brief wachten bellen antwoord bouwdepot weken dagen niet nooit weer altijd
offerte huis taxatie app inloggen klacht vraag waarom wanneer betalen aflossen boete voorwaarden formulier kwijt
""".split()  # noqa: SIM905  # it reads better
FURNITURE = '<div class="nav"><ul>' + '<li><a href="/x">Overzicht van alles wat er is</a></li>' * 120 + "</ul></div>"
SEED = 7


def prose(chance: random.Random, words: int) -> str:
    """So many words."""
    return " ".join(chance.choices(WORDS, k=words)).capitalize() + "."


def topic(chance: random.Random, number: int) -> tuple[str, str]:
    """A topic of a forum with ten posts."""
    posts = "".join(
        f'<div id="p{number * 10 + place}" class="post has-profile bg1"><div class="inner"><div class="postbody">'
        f'<p class="author">door <strong><a class="username">lid{chance.randrange(5_000)}</a></strong> &raquo; '
        f'<time datetime="2012-03-{place + 1:02}T10:00:00+00:00">2012</time></p>'
        f'<div class="content"><blockquote><div><cite>lid1 schreef:</cite>{prose(chance, 12)}</div></blockquote>'
        f'{prose(chance, 60)}</div><div class="signature">{prose(chance, 5)}</div></div></div></div>'
        for place in range(10)
    )
    title = f'<h2 class="topic-title"><a href="./viewtopic.php?t={number}">{prose(chance, 5)}</a></h2>'
    return f"http://forum.example/viewtopic.php?t={number}", f'<body id="phpbb">{FURNITURE}{title}{posts}</body>'


def profile(chance: random.Random, number: int) -> tuple[str, str]:
    """A profile of Hyves with twenty krabbels."""
    krabbels = "".join(
        f'<div class="krabbel" id="krabbel_{number * 100 + place + 10_000}">'
        f'<a href="http://lid{chance.randrange(5_000)}.hyves.nl/">Lid</a> '
        f'<span class="date">{place + 1} mei 2009, 21:14</span><div class="krabbeltext">{prose(chance, 25)}</div></div>'
        for place in range(20)
    )
    return f"http://lid{number}.hyves.nl/krabbels/", f"<body>{FURNITURE}{krabbels}</body>"


def article(chance: random.Random, number: int) -> tuple[str, str]:
    """An article with three comments."""
    comments = "".join(
        f'<li id="comment-{number * 10 + place}" class="comment">'
        f'<div class="comment-author"><b class="fn">Naam</b></div>'
        f'<time datetime="2014-01-0{place + 1}T10:00:00Z">2014</time>'
        f'<div class="comment-content"><p>{prose(chance, 30)}</p></div></li>'
        for place in range(3)
    )
    body = "".join(f"<p>{prose(chance, 70)}</p>" for _ in range(6))
    page = (
        f'<body>{FURNITURE}<article class="post hentry"><h1 class="entry-title">{prose(chance, 5)}</h1>'
        f'<div class="entry-content">{body}</div></article><ol class="comment-list">{comments}</ol></body>'
    )
    return f"http://blog{number % 50}.example/artikel-{number}", page


def silent(chance: random.Random, number: int) -> tuple[str, str]:
    """A page on which nobody speaks."""
    return f"http://www.winkel.example/{number}", f"<body>{FURNITURE}<h1>Aanbod</h1>{prose(chance, 300)}</body>"


def made(size: int) -> Iterator[bytes]:
    """Records, until they are so large together."""
    chance = random.Random(SEED)
    done = number = 0
    while done < size:
        number += 1
        sort = chance.random()
        if sort < 0.35:
            address = f"http://plaatjes.example/{number}.jpg"
            body = b"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\n\r\n" + chance.randbytes(
                chance.randint(2_000, 60_000)
            )
        elif sort < 0.40:
            address = f"http://weg.example/{number}"
            body = b"HTTP/1.1 301 Moved\r\nContent-Type: text/html\r\nLocation: /\r\n\r\n"
        else:
            make = topic if sort < 0.6 else profile if sort < 0.75 else article if sort < 0.9 else silent
            address, page = make(chance, number)
            html = f"<!DOCTYPE html><html lang=nl><head><title>Bladzijde {number}</title></head>{page}</html>"
            body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html.encode()
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2012-05-06T07:08:09Z\r\n"
            f"WARC-Record-ID: <urn:uuid:{number}>\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        whole = head.encode() + body + b"\r\n\r\n"
        done += len(whole)
        yield whole


def write(stream: BinaryIO, size: int, *, compressed: bool) -> None:
    """The archive."""
    for each in made(size):
        stream.write(gzip.compress(each, 6, mtime=0) if compressed else each)


def by_warcio(path: Path) -> Counter[str]:
    """warcio going through every record, its body read and unpacked."""
    from warcio.archiveiterator import ArchiveIterator

    told: Counter[str] = Counter()
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream):
            told[record.rec_type] += 1
            body = record.content_stream()
            while body.read(65_536):
                pass
    return told


def by_us(path: Path) -> Counter[str]:
    """Everything that is heard; nothing is held."""
    from gehoor.channels.base import Heard, Wishes
    from gehoor.channels.opening import documents
    from gehoor.channels.registry import reader_for

    told: Counter[str] = Counter()
    for document in documents(path):
        for outcome in reader_for(document, Wishes()).read(document, Wishes()):
            told[outcome.channel if isinstance(outcome, Heard) else type(outcome).__name__] += 1
    return told


WAYS = {"warcio": by_warcio, "gehoor": by_us}


def child(way: str, path: Path) -> None:
    """One way of reading, in this process."""
    began = time.perf_counter()
    told = WAYS[way](path)
    seconds = time.perf_counter() - began
    used = resource.getrusage(resource.RUSAGE_SELF)
    told_of = {"seconds": seconds, "processor": used.ru_utime + used.ru_stime, "peak": used.ru_maxrss * 1024}
    print(json.dumps({**told_of, "told": told}))


def main() -> None:
    """Make, read in both ways, tell."""
    parser = argparse.ArgumentParser()
    parser.add_argument("mib", type=int, nargs="?", default=100)
    parser.add_argument("--compressed", action="store_true")
    parser.add_argument("--child", choices=WAYS)
    parser.add_argument("--path", type=Path)
    given = parser.parse_args()
    if given.child:
        child(given.child, given.path)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("archive.warc.gz" if given.compressed else "archive.warc")
        with path.open("wb") as stream:
            write(stream, given.mib << 20, compressed=given.compressed)
        print(f"{path.stat().st_size / (1 << 20):,.0f} MiB{' compressed' if given.compressed else ''}")
        for way in WAYS:
            command = [sys.executable, __file__, "--child", way, "--path", str(path)]
            told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            rate = given.mib / told["seconds"]
            peak = told["peak"] / (1 << 20)
            times = f"{told['seconds']:7.1f} s (processor {told['processor']:.1f} s) {rate:8.1f} MiB/s"
            print(f"{way:8} {times}  peak {peak:6.0f} MiB  {told['told']}", flush=True)


if __name__ == "__main__":
    main()
