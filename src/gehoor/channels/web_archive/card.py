"""What a web archive is, and what it costs a customer."""

from gehoor.channels.base import Card
from gehoor.kernel.language import sentence

CARD = Card(
    kind="web_archive",
    name_nl="webarchief",
    name_en="web archive",
    threshold_minutes=1.0,
    words_per_minute=19.0,
    public=True,
    letters_first=0,
    basis=sentence(
        "One minute to log in and find the place (our estimate), at the keyboard of a time before "
        "smartphones; words at 19 a minute, composing at a keyboard (Karat et al. 1999)."
    ),
)
