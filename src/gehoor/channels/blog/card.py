"""What a blog is, and what it costs a customer."""

from gehoor.channels.base import Card
from gehoor.kernel.language import sentence

CARD = Card(
    kind="blog",
    name_nl="blog",
    name_en="blog",
    threshold_minutes=15.0,
    words_per_minute=19.0,
    public=True,
    letters_first=1,
    basis=sentence(
        "Fifteen minutes for a title, a picture and publishing (our estimate); words at 19 a minute, "
        "composing at a keyboard (Karat et al. 1999)."
    ),
)
