"""The card of e-mail."""

from gehoor.channels.base import Card
from gehoor.kernel.language import sentence

CARD = Card(
    kind="email",
    name_nl="e-mail",
    name_en="email",
    threshold_minutes=4.0,
    words_per_minute=19.0,
    public=False,
    letters_first=1,
    basis=sentence(
        "Threshold: an estimate of finding the address, opening a mail program and writing a subject. Pace: composing "
        "at a keyboard goes at some 19 words a minute (Karat and others, CHI 1999)."
    ),
)
