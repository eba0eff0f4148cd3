"""What a postcard is."""

from gehoor.channels.base import Card

CARD = Card(
    kind="postcard",
    name_nl="ansichtkaart",
    name_en="postcard",
    threshold_minutes=15.0,
    words_per_minute=13.0,
    public=False,
    letters_first=4,
    basis="An estimate of ours.",
)
