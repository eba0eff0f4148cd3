"""What a letter is, and what it costs a customer."""

from gehoor.channels.base import Card
from gehoor.kernel.language import sentence

CARD = Card(
    kind="letter",
    name_nl="brief",
    name_en="letter",
    threshold_minutes=20.0,
    words_per_minute=13.0,
    public=False,
    letters_first=4,
    basis=sentence(
        "Twenty minutes to find paper, address, envelope and stamp, and to walk to the post box (our "
        "estimate); words at 13 a minute, which is handwriting while copying (22, Brown 1988) slowed by "
        "composing (19.0 against 32.5, Karat et al. 1999)."
    ),
)
