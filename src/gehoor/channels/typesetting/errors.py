"""What typesetting can refuse."""

from gehoor.kernel.errors import GehoorError
from gehoor.kernel.language import sentence


class CannotTypeset(GehoorError):
    """A template cannot be made into a PDF with what it was given. ``where`` is a place in the template."""

    code = "cannot_typeset"
    text = sentence("The document could not be made ({where}).")
    remedy = sentence("Tell the administrator: a template or a picture in it is wrong, not what was written.")
