"""Reading letters on paper: errors in characters, and seconds a page, for each engine and for both together.

    python -m benchmarks.paper [--quick] [--together] [--scans FOLDER] [--save]

Renders Dutch letters itself (printed and typewritten, 200 and 300 dots an inch): "clean"; "noisy", as scanners deliver
them: askew, grainy, shadowed, stained; and "hard" (worn_pages.py): worn typewriters, carbon copies, faxes, telephones,
columns, English. ``--scans`` also reads the pictures and PDFs in a folder, and compares those that have their text
beside them in a ``.txt``. Time is that of the processor, this process and its children, since a machine that does other
work says little by the clock.
"""

import argparse
import resource
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from benchmarks.worn_pages import columns, faxed, photographed, scribbled, typed
from rapidfuzz.distance import Indel, Levenshtein
from tests.channels.render_letters import LETTER
from tests.channels.rendering import lines, noisy, scanned, shadowed, stained, tilted

from gehoor.channels.letter.engines import UNSURE, PageRead, rapid, tesseract
from gehoor.channels.letter.engines.base import Engine, Grey
from gehoor.channels.letter.engines.both import Readers, available
from gehoor.channels.letter.flow import lines_of
from gehoor.channels.letter.media_types import media_type_of
from gehoor.channels.letter.paper import opened
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


ENGLISH = """Margaret Whitfield
27 Orchard Lane
Harrogate HG1 4QT

12 February 2026

Dear Sir or Madam,

I have banked with you for over forty years, and I was dismayed to learn that
my local branch will close in May. At eighty-three I do not use the internet,
and the nearest branch is now a bus journey of an hour and ten minutes.

Your letter of 3 February says that "most transactions can be carried out at
the Post Office". Mine cannot: I wish to speak to somebody about my mortgage,
account number 40817-226, and the interest of 4.85% that you charge on it.

Would you please telephone me on 01423 555 0142, in the morning if possible?

Yours faithfully,

Margaret Whitfield"""
ACROSS = "Nieuwsbrief van de huurdersvereniging, met een oproep aan alle leden om de bank te schrijven over de rente."
LEFT = """In het voorjaar hebben wij met
ruim zestig leden gesproken over
de nieuwe voorwaarden. Bijna
niemand begreep de brief die de
bank daarover had gestuurd, en
velen maakten zich zorgen om de
maandlasten van volgend jaar.
Wij hebben daarom een avond
belegd in het buurthuis."""
RIGHT = """Op die avond gaf een adviseur
uitleg, maar de belangrijkste
vraag bleef liggen: waarom gaat
de rente omhoog terwijl hij
overal elders daalt? Schrijf
dus zelf een brief, of bel met
ons secretariaat. Samen staan
wij sterker dan alleen, en dat
merkt de bank ook."""


@dataclass(frozen=True)
class Case:
    """A page as it is scanned, and what stands on it."""

    name: str
    state: str
    truth: str
    scan: Callable[[], Grey]


def cases(*, quick: bool) -> Iterator[Case]:
    """Every letter in several states."""
    letters = [(LETTER, "Times-Roman"), (THIRD.replace("Ş", "S"), "Courier"), (FOURTH, "Helvetica")]
    for number, (text, face) in enumerate(letters[: 2 if quick else 3]):
        page = lines(text, face=face, size=11 if face == "Courier" else 12)

        def clean(dpi: int, page: list = page) -> Grey:
            return scanned(page, dpi)

        yield Case(f"{face} 200", "clean", text, lambda clean=clean: clean(200))
        if not quick:
            yield Case(f"{face} 300", "clean", text, lambda clean=clean: clean(300))
        yield Case(f"{face} 200 askew, grain", "noisy", text, lambda c=clean, n=number: tilted(noisy(c(200), n), 2))
        if not quick:
            yield Case(
                f"{face} 300 askew, grain", "noisy", text, lambda c=clean, n=number: tilted(noisy(c(300), n + 20), -2)
            )
        yield Case(f"{face} 200 shadow", "noisy", text, lambda c=clean, n=number: shadowed(noisy(c(200), n + 10, 8)))
        yield Case(
            f"{face} 200 all, stains",
            "noisy",
            text,
            lambda c=clean, n=number: tilted(shadowed(noisy(stained(c(200), n), n + 30, 10)), 1.3),
        )


def hard_cases(*, quick: bool) -> Iterator[Case]:
    """Pages that are read badly: old, worn, copied, sent, photographed, in columns or in another language."""
    dutch, second = THIRD.replace("Ş", "S"), "\n".join((LETTER, FOURTH))
    for number, text in enumerate([dutch, ENGLISH, second][: 1 if quick else 3]):
        yield Case(f"typed {number} 200", "hard", text, lambda t=text, n=number: typed(t, n))
        yield Case(f"carbon {number} 150", "hard", text, lambda t=text, n=number: typed(t, n + 10, 150, carbon=True))
        yield Case(f"scribbled {number} 200", "hard", text, lambda t=text, n=number: scribbled(typed(t, n + 20), n))
    for number, text in enumerate([LETTER, ENGLISH][: 1 if quick else 2]):
        page = lines(text)
        yield Case(f"photo {number} 150", "hard", text, lambda p=page, n=number: photographed(scanned(p, 150), n))
        yield Case(f"fax {number}", "hard", text, lambda p=page, n=number: faxed(scanned(p, 200), n))
        askew = number * 4.0 - 2.0
        yield Case(f"fax {number} askew", "hard", text, lambda p=page, a=askew: faxed(tilted(scanned(p, 200), a), 9))
    newsletter = "\n".join((ACROSS, LEFT, RIGHT))
    yield Case("columns 150", "hard", newsletter, lambda: noisy(columns(LEFT, RIGHT, ACROSS, 150), 5, 8))


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
    judged: list[tuple[float, bool]] = field(default_factory=list)
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
        self.judged += [(word.confidence, at in wrong) for at, word in enumerate(words)]
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
    sums = {(name, state): Sum() for name in ways for state in ("clean", "noisy", "hard")}
    for case in (*cases(quick=quick), *hard_cases(quick=quick)):
        scan = case.scan()
        for name, way in ways.items():
            start = _spent()
            read, aspect = way(scan)
            sums[name, case.state].add(case.name, read, case.truth, _spent() - start, aspect)
    if verbose:
        for (name, _), each in sums.items():
            print(name, *each.each, sep="\n  ", file=sys.stderr)
    head = [
        f"| Way | Pages | Character error rate | Seconds a page | Wrong words below {UNSURE} | All words below it |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    rows = [each.row(name, state) for (name, state), each in sums.items()]
    return [*head, *rows, "", *marked(sums["both together", "hard"].judged)]


def marked(judged: Sequence[tuple[float, bool]]) -> list[str]:
    """What would be marked as unsure on the hard pages, for each threshold."""
    wrong, right = ([sure for sure, is_wrong in judged if is_wrong is which] for which in (True, False))
    head = ["| Below | Of the wrong words | Of the right words |", "| --- | --- | --- |"]
    return head + [
        f"| {limit:.2f} | {_share(wrong, limit):.2f} of {len(wrong)} | {_share(right, limit):.3f} of {len(right)} |"
        for limit in (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.88, 0.9, 0.92, 0.94)
    ]


def _share(sure: Sequence[float], limit: float) -> float:
    return sum(each < limit for each in sure) / max(len(sure), 1)


def real(folder: Path) -> list[str]:
    """What comes out of real pages, and how much of it is wrong where that is known."""
    readers = available(tesseract(), rapid())
    assert readers is not None
    rows = [
        "| Page | Words | Confidence | Read by | Character error rate | Words found, any order | Processor seconds |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for path in sorted(folder.iterdir()):
        data = path.read_bytes()
        if not media_type_of(data[:1024]):
            continue
        with opened(data) as paper:
            for page in range(paper.count):
                start = _spent()
                read, aspect = _together(readers)(paper.scan(page))
                rate, bag = _rate(read, aspect, path.with_suffix(".txt"))
                spent = _spent() - start
                said = f"{len(read.words)} | {read.confidence:.2f} | {read.engine}"
                print(rows[-1], file=sys.stderr, flush=True)
                rows.append(f"| {path.name} {page + 1} | {said} | {rate} | {bag} | {spent:.1f} |")
    return rows


def _rate(read: PageRead, aspect: float, beside: Path) -> tuple[str, str]:
    """Errors in characters, which count the order of reading too; and the share of the words that is there at all."""
    if not beside.exists():
        return "", ""
    said = [word for line in lines_of(read.words, aspect) for word in line.text.split()]
    meant = beside.read_text(errors="replace").split()
    there = (Counter(said) & Counter(meant)).total()
    text = " ".join(meant)
    return f"{Levenshtein.distance(' '.join(said), text) / len(text):.3f}", f"{there / len(meant):.3f}"


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
