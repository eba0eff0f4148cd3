"""Reading letters on paper: errors in characters, and seconds a page, for each engine and for both together.

    python -m benchmarks.paper [--quick] [--together] [--scans FOLDER] [--save]

Renders Dutch letters itself (printed and typewritten, 200 and 300 dots an inch), clean and as scanners deliver them:
askew, grainy, shadowed, stained. ``--scans`` also reads the pictures and PDFs in a folder, and compares those that have
their text beside them in a ``.txt``. Time is that of the processor, this process and its children, since a machine
that does other work says little by the clock.
"""

import argparse
import resource
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from rapidfuzz.distance import Indel, Levenshtein
from tests.channels.render_letters import LETTER
from tests.channels.rendering import lines, noisy, scanned, shadowed, stained, tilted

from gehoor.channels.letter.engines import UNSURE, PageRead, rapid, tesseract
from gehoor.channels.letter.engines.base import Engine, Grey
from gehoor.channels.letter.engines.both import Readers, available
from gehoor.channels.letter.flow import lines_of
from gehoor.channels.letter.paper import media_type_of, opened
from gehoor.channels.letter.preparing import prepare

THIRD = """Fam. Hoekstra-Şahin
p/a Lange Nieuwstraat 143 bis
5041 DB Tilburg

Tilburg, 27-11-2025

Betreft: jaaropgave 2024, uw kenmerk HYP/2024/00817

Zeer geachte mevrouw Oosterwijk,

Naar aanleiding van uw schrijven d.d. 14 november jl. deel ik u mede dat de
jaaropgave over 2024 wéér niet klopt. Volgens mijn eigen administratie is er
€ 8.317,46 aan rente betaald; u vermeldt € 7.913,64. Dat scheelt ruim 400 euro!

Mijn zoon, die bij de Belastingdienst werkt, zegt dat ik zo'n fout moet laten
herstellen vóór 1 april. Ik ben 81 jaar, slecht ter been en heb geen e-mail of
DigiD. Ik verzoek u daarom vriendelijk - doch dringend - mij per post een
gecorrigeerde opgave toe te zenden, met excuses voor het oponthoud.

Wat mij het meest stoort: drie keer kreeg ik aan de telefoon te horen dat
"het systeem" het zo aangeeft. Een mens wil ook wel eens gehoord worden.
Voorts vraag ik mij af of de boeterente (3,5%) bij oversluiten nog geldt.

In afwachting van uw antwoord verblijf ik,

hoogachtend,

mw. G. Hoekstra"""
FOURTH = """Beste mensen van De Linde,

Even een compliment, want klagen doen we al genoeg. Toen onze dochter Zoë in
september haar eerste huis kocht, is ze geweldig geholpen door jullie adviseur
in Assen: geduldig, eerlijk en zonder haast. Hij belde zelfs 's avonds terug om
de maandlasten nog eens rustig door te nemen. Dat maak je bijna nooit meer mee.

Eén wens nog: zet alsjeblieft in gewone taal op de website hoe het bouwdepot
werkt. Financiële woorden als "consumptief" en "annuïteit" begrijpt niet
iedereen. Een voorbeeld met bedragen zou al zoveel schelen.

Met hartelijke groet,

Bauke en Mariëlle Wijngaarden
Stationsplein 3, 9401 LB Assen"""


@dataclass(frozen=True)
class Case:
    """A page as it is scanned, and what stands on it."""

    name: str
    noisy: bool
    truth: str
    scan: Callable[[], Grey]


def cases(*, quick: bool) -> Iterator[Case]:
    """Every letter in several states."""
    letters = [(LETTER, "Times-Roman"), (THIRD.replace("Ş", "S"), "Courier"), (FOURTH, "Helvetica")]
    for number, (text, face) in enumerate(letters[: 2 if quick else 3]):
        page = lines(text, face=face, size=11 if face == "Courier" else 12)

        def clean(dpi: int, page: list = page) -> Grey:
            return scanned(page, dpi)

        yield Case(f"{face} 200", False, text, lambda clean=clean: clean(200))
        if not quick:
            yield Case(f"{face} 300", False, text, lambda clean=clean: clean(300))
        yield Case(f"{face} 200 askew, grain", True, text, lambda c=clean, n=number: tilted(noisy(c(200), n), 2))
        if not quick:
            yield Case(
                f"{face} 300 askew, grain", True, text, lambda c=clean, n=number: tilted(noisy(c(300), n + 20), -2)
            )
        yield Case(f"{face} 200 shadow", True, text, lambda c=clean, n=number: shadowed(noisy(c(200), n + 10, 8)))
        yield Case(
            f"{face} 200 all, stains",
            True,
            text,
            lambda c=clean, n=number: tilted(shadowed(noisy(stained(c(200), n), n + 30, 10)), 1.3),
        )


@dataclass
class Sum:
    """Errors and time, added up."""

    errors: int = 0
    characters: int = 0
    seconds: float = 0.0
    pages: int = 0
    words: int = 0
    wrong: int = 0
    unsure: int = 0
    found: int = 0
    each: list[str] = field(default_factory=list)

    def add(self, name: str, read: PageRead, truth: str, seconds: float, aspect: float) -> None:
        words = [word for line in lines_of(read.words, aspect) for word in line.words]
        said, meant = " ".join(word.text for word in words), " ".join(truth.split())
        errors = Levenshtein.distance(said, meant)
        self.errors += errors
        self.characters += len(meant)
        self.seconds += seconds
        self.pages += 1
        wrong = _wrong([word.text for word in words], meant.split())
        doubted = {at for at, word in enumerate(words) if word.confidence < UNSURE}
        self.words += len(words)
        self.wrong += len(wrong)
        self.unsure += len(doubted)
        self.found += len(doubted & wrong)
        self.each.append(f"{name}: {errors / len(meant):.4f} ({seconds:.1f} s)")
        for at in sorted(wrong):
            self.each.append(f"    {words[at].text!r} {words[at].confidence:.2f}")

    @property
    def rate(self) -> float:
        return self.errors / max(self.characters, 1)

    def row(self, name: str, state: str) -> str:
        share = f"{self.found / self.wrong:.2f} of {self.wrong}" if self.wrong else "none wrong"
        marked = f"{self.unsure / max(self.words, 1):.3f}"
        return f"| {name} | {state} | {self.rate:.4f} | {self.seconds / max(self.pages, 1):.1f} | {share} | {marked} |"


def _wrong(said: Sequence[str], meant: Sequence[str]) -> set[int]:
    """Which words that were read are not those that stand there."""
    numbers: dict[str, int] = {}
    one, other = ([numbers.setdefault(word, len(numbers)) for word in each] for each in (said, meant))
    return {
        at
        for kind, start, end, _, _ in Indel.opcodes(one, other)
        if kind in {"delete", "replace"}
        for at in range(start, end)
    }


def _spent() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def _alone(engine: Engine, *, prepared: bool) -> Callable[[Grey], tuple[PageRead, float]]:
    def read(scan: Grey) -> tuple[PageRead, float]:
        image = prepare(scan).image if prepared else scan
        return engine.read_page(image), image.shape[1] / image.shape[0]

    return read


def _together(readers: Readers) -> Callable[[Grey], tuple[PageRead, float]]:
    def read(scan: Grey) -> tuple[PageRead, float]:
        sheet = readers.read(scan, lambda: None)
        return sheet.read, sheet.prepared.image.shape[1] / sheet.prepared.image.shape[0]

    return read


def rendered(*, quick: bool, together: bool, verbose: bool) -> list[str]:
    """A table of every way of reading over the rendered letters, clean and noisy."""
    readers = available(tesseract(), rapid())
    assert readers is not None
    ways: dict[str, Callable[[Grey], tuple[PageRead, float]]] = {"both together": _together(readers)}
    if not together:
        ways |= {
            "tesseract, page as scanned": _alone(tesseract(), prepared=False),
            "tesseract, page prepared": _alone(tesseract(), prepared=True),
            "rapidocr, page prepared": _alone(rapid(), prepared=True),
        }
    _together(readers)(np.full((400, 300), 255, np.uint8))
    sums = {(name, state): Sum() for name in ways for state in ("clean", "noisy")}
    for case in cases(quick=quick):
        scan = case.scan()
        for name, way in ways.items():
            start = _spent()
            read, aspect = way(scan)
            sums[name, "noisy" if case.noisy else "clean"].add(case.name, read, case.truth, _spent() - start, aspect)
    if verbose:
        for (name, _), each in sums.items():
            print(name, *each.each, sep="\n  ", file=sys.stderr)
    head = [
        f"| Way | Pages | Character error rate | Seconds a page | Wrong words below {UNSURE} | All words below it |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    return head + [each.row(name, state) for (name, state), each in sums.items()]


def real(folder: Path) -> list[str]:
    """What comes out of real pages, and how much of it is wrong where that is known."""
    readers = available(tesseract(), rapid())
    assert readers is not None
    rows = [
        "| Page | Words | Confidence | Read by | Character error rate | Processor seconds |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for path in sorted(folder.iterdir()):
        data = path.read_bytes()
        if not media_type_of(data[:1024]):
            continue
        with opened(data) as paper:
            for page in range(paper.count):
                start = _spent()
                read, aspect = _together(readers)(paper.scan(page))
                rate = _rate(read, aspect, path.with_suffix(".txt"))
                spent = _spent() - start
                said = f"{len(read.words)} | {read.confidence:.2f} | {read.engine}"
                print(rows[-1], file=sys.stderr, flush=True)
                rows.append(f"| {path.name} {page + 1} | {said} | {rate} | {spent:.1f} |")
    return rows


def _rate(read: PageRead, aspect: float, beside: Path) -> str:
    if not beside.exists():
        return ""
    said = " ".join(line.text for line in lines_of(read.words, aspect))
    meant = " ".join(beside.read_text(errors="replace").split())
    return f"{Levenshtein.distance(said, meant) / len(meant):.3f}"


def main() -> None:
    """Print the tables; with ``--save`` keep them in paper.md."""
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("--quick", action="store_true", help="fewer pages")
    wanted.add_argument("--together", action="store_true", help="both engines together only")
    wanted.add_argument("--verbose", action="store_true", help="every page and every wrong word, on standard error")
    wanted.add_argument("--scans", type=Path, help="a folder of real pages")
    wanted.add_argument("--only-scans", action="store_true")
    wanted.add_argument("--save", type=Path, help="keep the tables in this file")
    given = wanted.parse_args()
    told = [] if given.only_scans else rendered(quick=given.quick, together=given.together, verbose=given.verbose)
    if given.scans:
        told += ["", *real(given.scans)]
    print("\n".join(told))
    if given.save:
        given.save.write_text("\n".join(told) + "\n")


if __name__ == "__main__":
    main()
