"""What a contact form is, and what it costs a customer."""

from gehoor.channels.base import Card
from gehoor.kernel.language import sentence

CARD = Card(
    kind="form",
    name_nl="contactformulier",
    name_en="contact form",
    threshold_minutes=4.0,
    words_per_minute=19.0,
    public=False,
    letters_first=2,
    basis=sentence(
        "Four minutes to find the form and fill in name, address and customer number (our estimate); words at "
        "19 a minute, composing at a keyboard (Karat et al. 1999)."
    ),
)
