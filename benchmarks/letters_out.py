"""How long a print run takes, and how much memory: ``python benchmarks/letters_out.py [letters [same]]``."""

import resource
import sys
import time
from datetime import date

from gehoor.channels.letter.sender import SENDER
from gehoor.channels.outgoing import Addressee, Letterhead, Outgoing, PostalAddress

WORDS = [
    "bouwdepot",
    "hypotheekrente",
    "wachten",
    "betalen",
    "aannemer",
    "brief",
    "vraag",
    "antwoord",
    "termijn",
    "klant",
]


def _letter(number: int, paragraphs: int, same: bool) -> Outgoing:
    """Every paragraph differs from every other, the hard case; ``same``: all but the name and address agree."""
    seed = 0 if same else number
    text = "\n\n".join(
        f"{seed}.{part} " + " ".join(WORDS[(seed * 7 + part * 5 + at * at) % len(WORDS)] for at in range(60)) + "."
        for part in range(paragraphs)
    )
    to = Addressee(f"Mevrouw {number}", None, PostalAddress(f"Straat {number}", "1234 AB", "Utrecht"))
    return Outgoing(f"k{number}", to, "uw brief", f"Geachte mevrouw,\n\n{text}", "nl", date(2026, 3, 12))


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    same = "same" in sys.argv
    head = Letterhead("De Linde", PostalAddress("Lindelaan 1", "3511 AB", "Utrecht"), signed_by="Anna Bos")
    messages = [_letter(number, 10 if number % 5 == 0 else 4, same) for number in range(count)]
    began, used = time.perf_counter(), time.process_time()
    pdf = SENDER.render({}, head, messages)
    took, used = time.perf_counter() - began, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{count} letters in {took:.1f} s, {1000 * used / count:.0f} ms of the processor each")
    print(f"{len(pdf) / 1e6:.1f} MB, peak {peak:.0f} MiB")


if __name__ == "__main__":
    main()
