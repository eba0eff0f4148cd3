"""What can be wrong with an archive of pages.

CannotRead
├── RecordBroken                one record in it that makes no sense; the others are read
└── NotUnpacked                 a page packed in a way that cannot be undone here
"""

from gehoor.kernel.errors import CannotRead
from gehoor.kernel.language import sentence


class RecordBroken(CannotRead):
    """One record. ``why`` is a sentence."""

    code = "record_broken"
    text = sentence("A record of the archive makes no sense: {why}")
    remedy = sentence("The rest was read. If the page matters, ask whoever made the archive for a new copy.")


class NotUnpacked(CannotRead):
    """The bytes of a page that stay packed."""

    code = "not_unpacked"
    text = sentence("The page is packed in a way that Gehoor does not know.")
    remedy = sentence("Let whoever made the archive save it again without compression, or with gzip.")
