"""What a chat is, and what it costs a customer."""

from gehoor.channels.base import Card
from gehoor.kernel.language import sentence

CARD = Card(
    kind="chat",
    name_nl="chat",
    name_en="chat",
    threshold_minutes=2.0,
    words_per_minute=19.0,
    public=False,
    letters_first=1,
    basis=sentence(
        "Two minutes to find the button, pass the robot and wait (our estimate); words at 19 a minute, "
        "composing at a keyboard (Karat et al. 1999)."
    ),
)
