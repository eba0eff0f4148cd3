"""The table reader: every row a voice, and a reply where the row holds one.

It serves every channel: the voices get the channel that :class:`Wishes` names, else the one that the columns speak of.
"""

from collections.abc import Iterator, Mapping, Sequence

from gehoor.channels.base import Document, Outcome, Recognition, Wishes
from gehoor.channels.table.formats import sheets_of
from gehoor.channels.table.mapping import as_words, check_fields, wanted_columns
from gehoor.channels.table.proposal import propose_channel, propose_for
from gehoor.channels.table.recognition import confidence
from gehoor.channels.table.sheet import Sheet
from gehoor.channels.table.voices import Voices, unreadable
from gehoor.kernel.errors import CannotRead, MappingNeeded

NO_PROPOSAL = "text=COLUMN"


class TableReader:
    """Reads CSV and its kin, workbooks and JSON."""

    def recognise(self, document: Document, wishes: Wishes) -> Recognition:
        """How sure it is that this is a table."""
        return Recognition(confidence(document, wishes))

    def read(self, document: Document, wishes: Wishes) -> Iterator[Outcome]:
        """Every row of every sheet, in order.

        Raises :class:`MappingNeeded` when nobody has said which column holds what, and another
        :class:`CannotRead` when the mapping fits no sheet or the document is no table.
        """
        check_fields(wishes.mapping)
        sheets = sheets_of(document, wanted_columns(wishes.mapping))
        mappings = [wishes.mapping] * len(sheets) if wishes.mapping else _proposed(sheets, wishes)
        ready = [_ready(sheet, mapping, wishes) for sheet, mapping in zip(sheets, mappings, strict=True)]
        errors = [each for each in ready if isinstance(each, CannotRead)]
        if len(errors) == len(ready):
            raise errors[0]
        for sheet, each in zip(sheets, ready, strict=True):
            yield from unreadable(sheet, each) if isinstance(each, CannotRead) else each.outcomes()


def _proposed(sheets: Sequence[Sheet], wishes: Wishes) -> list[Mapping[str, str]]:
    """A mapping for each sheet. Raises :class:`MappingNeeded` unless the proposal is wished, and there is one."""
    proposals: list[Mapping[str, str]] = [propose_for(sheet) for sheet in sheets]
    best = next((proposal for proposal in proposals if "text" in proposal), None)
    if best is None or not wishes.take_proposal:
        raise MappingNeeded(proposal=as_words(best) if best else NO_PROPOSAL)
    return proposals


def _ready(sheet: Sheet, mapping: Mapping[str, str], wishes: Wishes) -> Voices | CannotRead:
    try:
        return Voices(sheet, mapping, wishes.channel or propose_channel(sheet.columns, mapping))
    except CannotRead as error:
        return error


READER = TableReader()
