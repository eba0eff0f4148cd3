"""What a survey is, and what it costs a customer."""

from gehoor.channels.base import Card
from gehoor.kernel.language import sentence

CARD = Card(
    kind="survey",
    name_nl="enquête",
    name_en="survey",
    threshold_minutes=2.0,
    words_per_minute=19.0,
    public=False,
    letters_first=1,
    basis=sentence(
        "Two minutes to open the invitation and pass the closed questions (our estimate, beneath the four and "
        "a half that survey makers report for a whole survey); words at 19 a minute, composing at a keyboard "
        "(Karat et al. 1999)."
    ),
)
