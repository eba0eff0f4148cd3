"""What a forum is, and what it costs a customer."""

from gehoor.channels.base import Card
from gehoor.kernel.language import sentence

CARD = Card(
    kind="forum",
    name_nl="forum",
    name_en="forum",
    threshold_minutes=5.0,
    words_per_minute=19.0,
    public=True,
    letters_first=1,
    basis=sentence(
        "Five minutes to find the forum, log in, and read whether somebody asked it before (our estimate); "
        "words at 19 a minute, composing at a keyboard (Karat et al. 1999)."
    ),
)
