"""What a note is, and what it costs a customer."""

from gehoor.channels.base import Card
from gehoor.kernel.language import sentence

CARD = Card(
    kind="note",
    name_nl="notitie",
    name_en="note",
    threshold_minutes=2.0,
    words_per_minute=75.0,
    public=False,
    letters_first=1,
    basis=sentence(
        "Two minutes to speak to somebody (our estimate, kept low, since of a note it is often not known how "
        "the customer came by); words at 75 a minute, half of the 150 that Dutch speakers reach (4.23 "
        "syllables a second, Verhoeven et al. 2004, at 1.7 a word), since the other half goes to listening."
    ),
)
