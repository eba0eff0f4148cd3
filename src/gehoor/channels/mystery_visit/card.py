"""What a mystery visit is, and what it costs a customer."""

from gehoor.channels.base import Card
from gehoor.kernel.language import sentence

CARD = Card(
    kind="mystery_visit",
    name_nl="mysterybezoek",
    name_en="mystery visit",
    threshold_minutes=60.0,
    words_per_minute=19.0,
    public=False,
    letters_first=3,
    basis=sentence(
        "An hour for going there, the visit itself and going back (our estimate); words at 19 a minute, "
        "composing at a keyboard (Karat et al. 1999)."
    ),
)
