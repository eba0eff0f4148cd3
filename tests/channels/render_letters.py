"""Renders the fixtures of the letter channel: python -m tests.channels.render_letters."""

from pathlib import Path

import numpy as np
from tests.channels.rendering import as_file, lines, noisy, pdf, scanned, tilted

FIXTURES = Path(__file__).parents[2] / "src/gehoor/channels/letter/fixtures"

LETTER = """Mevrouw J. de Vries-Meijer
Kerkstraat 12
3511 AB Utrecht

Hypotheekhuis De Linde
Postbus 100
3500 AA Utrecht

Utrecht, 3 maart 2026
Betreft: bouwdepot, hypotheeknummer 12.34.567

Geachte heer, mevrouw,

Al zes weken wacht ik op de uitbetaling van mijn bouwdepot. De aannemer
heeft zijn factuur van € 12.450,00 ingediend en dreigt nu te stoppen met
de werkzaamheden. Ik heb al driemaal gebeld; telkens kreeg ik een ander ver-
haal te horen. Eén adviseur zei dat het formulier ontbrak, een ander dat
coördinatie met de geïnteresseerde partijen nodig was.

Kunt u mij vóór 15 maart laten weten wanneer het bedrag wordt overgemaakt?
U kunt mij bellen op 06-12345678 of mailen naar j.devries@voorbeeld.nl.

Met vriendelijke groet,

J. de Vries-Meijer"""

SECOND = """A. el Amrani
Dorpsweg 8
9711 XK Groningen

Groningen, 12 januari 2026

Onderwerp: rente

Geachte heer Bakker,

Graag hoor ik waarom mijn rente per 1 februari omhoog gaat, terwijl ik tien
jaar vast had afgesproken. Mijn klantnummer is 4711-08.

Hoogachtend,

A. el Amrani"""

NOTE = """Beste mensen,

Dank voor de snelle hulp bij mijn verhuizing. De sleutel kwam op tijd!

Groeten van Piet Zwart"""


def main() -> None:
    """Write every fixture again."""
    sheet = lines("SCHEIDINGSVEL", 90, 300, face="Helvetica-Bold", size=44)
    two = pdf([lines(LETTER), sheet, lines(SECOND)])
    scan = scanned(lines(SECOND, face="Courier", size=11), 130)
    note = as_file(scanned(lines(NOTE), 110)[:600], "PNG", 110, optimize=True)
    made = {
        "whole-two-letters.pdf": two,
        "whole-scan.jpg": as_file(noisy(tilted(scan, 1.5), 1, 6), "JPEG", 130, quality=35),
        "minimal-note.png": note,
        "broken-cut.pdf": pdf([lines(LETTER)])[:300],
        "broken-cut.png": note[:3_000],
        "broken-noise.png": as_file(np.random.default_rng(1).integers(0, 255, (180, 140)).astype(np.uint8)),
        "blank.pdf": pdf([[]]),
    }
    FIXTURES.mkdir(exist_ok=True)
    for name, data in made.items():
        (FIXTURES / name).write_bytes(data)


if __name__ == "__main__":
    main()
