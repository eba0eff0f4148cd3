"""How long a print run takes, and how much memory: ``python benchmarks/letters_out.py [letters]``."""

import resource
import sys
import time
from datetime import date

from gehoor.channels.base import Addressee, Letterhead, Outgoing, PostalAddress
from gehoor.channels.letter.sender import SENDER

WORDS = (
    "uw bouwdepot hypotheek rente wachten betalen aannemer brief vraag antwoord termijn klant maand dag geld".split()
)


def _letter(number: int, paragraphs: int) -> Outgoing:
    """Every paragraph differs from every other, which is the hard case."""
    text = "\n\n".join(
        f"{number}.{part} " + " ".join(WORDS[(number * 7 + part * 5 + at * at) % len(WORDS)] for at in range(60)) + "."
        for part in range(paragraphs)
    )
    to = Addressee(f"Mevrouw {number}", None, PostalAddress(f"Straat {number}", "1234 AB", "Utrecht"))
    return Outgoing(f"k{number}", to, "uw brief", f"Geachte mevrouw,\n\n{text}", "nl", date(2026, 3, 12))


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    head = Letterhead("De Linde", PostalAddress("Lindelaan 1", "3511 AB", "Utrecht"), signed_by="Anna Bos")
    messages = [_letter(number, 10 if number % 5 == 0 else 4) for number in range(count)]
    began, used = time.perf_counter(), time.process_time()
    pdf = SENDER.render({}, head, messages)
    took, used = time.perf_counter() - began, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{count} letters in {took:.1f} s, {1000 * used / count:.0f} ms of the processor each")
    print(f"{len(pdf) / 1e6:.1f} MB, peak {peak:.0f} MiB")


if __name__ == "__main__":
    main()
