"""Typst source and data to PDF: letters, call lists, and what else goes on paper. No channel; see the README."""

from gehoor.channels.typesetting.compiling import typeset
from gehoor.channels.typesetting.errors import CannotTypeset

__all__ = ["CannotTypeset", "typeset"]
