"""What a post on Mastodon is, and what it costs a customer."""

from gehoor.channels.base import Card
from gehoor.kernel.language import sentence

CARD = Card(
    kind="mastodon",
    name_nl="Mastodon",
    name_en="Mastodon",
    threshold_minutes=0.5,
    words_per_minute=21.0,
    public=True,
    letters_first=0,
    basis=sentence(
        "Half a minute to open the app and begin (our estimate); words at 21 a minute, typing on a telephone "
        "(36.2, Palin et al. 2019) slowed by composing (19.0 against 32.5, Karat et al. 1999)."
    ),
)
