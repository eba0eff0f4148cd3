"""Makes every light channel's export, each in a folder of its own."""

from datetime import date
from pathlib import Path

from gehoor.demo.light import blog, facebook, forum, hyves, reviews, whatsapp, x

_MAKERS = {
    "x": x.make,
    "facebook": facebook.make,
    "review": reviews.make,
    "forum": forum.make,
    "blog": blog.make,
    "chat": whatsapp.make,
    "web_archive": hyves.make,
}


def make_light(folder: Path, today: date) -> dict[str, Path]:
    """Write the exports that are not there yet; returns the folder of each channel."""
    made = {channel: folder / channel for channel in _MAKERS}
    for channel, make in _MAKERS.items():
        make(made[channel], today)
    return made
