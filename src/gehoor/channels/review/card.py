"""What a review is, and what it costs a customer."""

from gehoor.channels.base import Card
from gehoor.kernel.language import sentence

CARD = Card(
    kind="review",
    name_nl="beoordeling",
    name_en="review",
    threshold_minutes=3.0,
    words_per_minute=19.0,
    public=True,
    letters_first=0,
    basis=sentence(
        "Three minutes to find the page, log in and give the stars (our estimate); words at 19 a minute, "
        "composing at a keyboard (Karat et al. 1999)."
    ),
)
