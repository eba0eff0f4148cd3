"""What is told of pages that were saved, whoever reads them."""

from gehoor.channels.base import Unreadable
from gehoor.channels.pages.page import LARGEST, MEDIA_TYPE, Page
from gehoor.kernel.errors import TooLarge
from gehoor.kernel.language import sentence


def too_large(page: Page) -> Unreadable:
    """A page of which only the beginning was read, and is kept."""
    error = TooLarge(what=sentence("page"), limit=f"{LARGEST >> 20} MiB")
    return Unreadable(page.address or page.name, page.raw, MEDIA_TYPE, error)
