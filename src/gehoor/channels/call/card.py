"""What a telephone call is, and what it costs a customer."""

from gehoor.channels.base import Card
from gehoor.kernel.language import sentence

CARD = Card(
    kind="call",
    name_nl="telefoongesprek",
    name_en="telephone call",
    threshold_minutes=7.5,
    words_per_minute=75.0,
    public=False,
    letters_first=3,
    basis=sentence(
        "One minute to find the number and one and a half for the menu (our estimate, with the menus timed by "
        "Consumentenbond in 2021), five of waiting (the average of telecom providers there); counted only "
        "where the duration is not known; words at 75 a minute, half of the 150 that Dutch speakers reach "
        "(4.23 syllables a second, Verhoeven et al. 2004, at 1.7 a word), since the other half goes to "
        "listening."
    ),
)
