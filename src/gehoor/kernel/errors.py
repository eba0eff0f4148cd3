"""The one tree of errors.

    GehoorError                     everything that Gehoor itself refuses or cannot do
    ├── SettingError                a setting is missing or wrong; nothing starts
    ├── PartMissing                 something that has to be installed first is not there
    ├── CannotRead                  bytes that no reader, or not this reader, can make sense of
    │   ├── NotRecognised           no reader says that this is its own
    │   ├── Damaged                 truncated, corrupt or wrongly encoded
    │   │   └── Empty               there is nothing in it
    │   ├── TooLarge                past a limit that keeps the rest of the work going
    │   ├── Dangerous               an archive that climbs out of its folder, a bomb, and the like
    │   ├── MappingNeeded           a table whose columns nobody has named yet
    │   ├── EngineNeeded            readable, as soon as an engine (for scans or sound) is installed
    │   │   └── EngineTurn          an engine is there and reads it in its turn
    │   └── EngineFailed            the engine stopped, fell silent or took too much on it
    ├── CannotReach                 the other side of a source or sender is away, or refuses
    │   └── DeliveryUnsure          it had the whole message and fell silent before it said whether it took it
    ├── CannotDeliver               this one message cannot go to this one person, now or ever
    ├── NotAllowed                  this user may not do this
    ├── NotFound                    there is no such thing (or it was erased)
    └── Refused                     an action that the state of things forbids

Every class has a stable ``code``, a ``text`` and a ``remedy`` in English with named placeholders, and says whether
trying again can help. Fields hold no personal data, ever.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, ClassVar

from gehoor.kernel.language import Sentence, sentence


class GehoorError(Exception):
    """Root of the tree. Keyword arguments fill the placeholders of ``text`` and ``remedy``."""

    code: ClassVar[str] = "gehoor"
    text: ClassVar[str] = sentence("Something went wrong.")
    remedy: ClassVar[str] = sentence("Try again; if it stays, ask the administrator.")
    retry_helps: ClassVar[bool] = False

    def __init__(self, **fields: str | int | float) -> None:
        self.fields = fields
        super().__init__(str(self.reason))

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (type(self), self.fields)

    @property
    def reason(self) -> Sentence:
        """What is the matter, to be translated where it is shown."""
        return Sentence(self.text, self.fields)

    @property
    def advice(self) -> Sentence:
        """What a person can do about it."""
        return Sentence(self.remedy, self.fields)


def _again(kind: type[GehoorError], fields: dict[str, str | int | float]) -> GehoorError:
    """An error that came from another process."""
    return kind(**fields)


class SettingError(GehoorError):
    """A setting is missing or wrong."""

    code = "setting"
    text = sentence("The setting {name} is not usable: {why}")
    remedy = sentence("Correct {name} in the environment and start again; docs/settings.md lists every setting.")


class PartMissing(GehoorError):
    """A part that has to be installed first is not there."""

    code = "part_missing"
    text = sentence("{part} is not installed.")
    remedy = sentence("Install it: {how}")
    retry_helps = True


class CannotRead(GehoorError):
    """Bytes that cannot be read; they are kept, listed, and can be tried again."""

    code = "cannot_read"
    text = sentence("This could not be read.")
    remedy = sentence(
        "Open it yourself to see what it is, and send it in again as one of the formats in docs/channels.md."
    )
    hints: Mapping[str, str] = MappingProxyType({})
    """What was known when it was read and is kept beside the item. May hold personal data; it is no field and gets into
    no log."""


class NotRecognised(CannotRead):
    """No reader says that this is its own."""

    code = "not_recognised"
    text = sentence("Gehoor does not know what kind of file this is.")
    remedy = sentence(
        "Send it in as mail, a table, a scan (.pdf, .jpg, .png, .tif), a recording (.mp3, .wav, .m4a), or text with "
        "its channel; docs/channels.md lists every format."
    )


class Damaged(CannotRead):
    """Truncated, corrupt, or not what its name says."""

    code = "damaged"
    text = sentence("The {what} is damaged: {why}")
    remedy = sentence(
        "Ask whoever made it for a new copy and send that in; if part of it could be read, that was taken in."
    )


class Empty(Damaged):
    """There is nothing in it."""

    code = "empty"
    text = sentence("There is nothing in the {what}.")
    remedy = sentence("Look whether it was saved or copied in full; if it was, leave it out.")


class TooLarge(CannotRead):
    """Past a limit that keeps the rest of the work going."""

    code = "too_large"
    text = sentence("The {what} is larger than {limit}.")
    remedy = sentence("Split it into smaller parts and send those in.")


class Dangerous(CannotRead):
    """Made to do harm, or so shaped that it could."""

    code = "dangerous"
    text = sentence("The {what} was not opened: {why}")
    remedy = sentence("If you trust it, unpack it yourself and send in what is inside.")


class MappingNeeded(CannotRead):
    """A table whose columns nobody has named yet. ``proposal`` reads as ``--map`` wants it."""

    code = "mapping_needed"
    text = sentence("It is a table, and it is not yet said which column holds what.")
    remedy = sentence("Send it in again with --map ({proposal}), or with --yes to take this proposal.")
    retry_helps = True


class EngineNeeded(CannotRead):
    """Readable as soon as an engine is installed; until then it waits. Its hints are what would not be known when its
    turn comes (its neighbours), given back as ``Wishes.hints``."""

    code = "engine_needed"
    text = sentence("It waits for {engine}.")
    remedy = sentence("Install it ({how}); then try again.")
    retry_helps = True


class EngineTurn(EngineNeeded):
    """An engine is installed and reads it as soon as its turn has come."""

    code = "engine_turn"
    text = sentence("It waits its turn for {engine}.")
    remedy = sentence("Nothing has to be done: the worker reads it, one after another.")
    retry_helps = True


class EngineFailed(CannotRead):
    """The engine stopped, fell silent or took too much; the item is marked and the others go on."""

    code = "engine_failed"
    text = sentence("{engine} stopped while reading it: {why}")
    remedy = sentence("Open it yourself; if it looks well, try again, or send in a cleaner copy.")
    retry_helps = True


class CannotReach(GehoorError):
    """The other side of a source is away, or refuses. ``why`` is a sentence."""

    code = "cannot_reach"
    text = sentence("{where} could not be reached: {why}")
    remedy = sentence("Check the address and, where it asks for them, name and password; Gehoor tries again by itself.")
    retry_helps = True


class DeliveryUnsure(CannotReach):
    """A message was handed over whole, and no answer came: it may have gone out or not. Whoever sends decides."""

    code = "delivery_unsure"
    text = sentence("{where} fell silent just when it had the whole message: it may have gone out or not.")
    remedy = sentence(
        "Look in the mailbox that gets a copy, or in the mail server's own log, before it is sent again; otherwise "
        "someone may get it twice."
    )
    retry_helps = False


class CannotDeliver(GehoorError):
    """One message cannot go to one person: the address is refused, or there is none. ``why`` is a sentence."""

    code = "cannot_deliver"
    text = sentence("This could not be delivered: {why}")
    remedy = sentence("Look whether the address is right, or reach this person in another way.")


class NotAllowed(GehoorError):
    """This user may not do this."""

    code = "not_allowed"
    text = sentence("Your role does not allow this.")
    remedy = sentence("Under Users an administrator can give you the role that does.")


class NotFound(GehoorError):
    """No such thing, or it was erased."""

    code = "not_found"
    text = sentence("There is no such {what} here.")
    remedy = sentence("It may have been erased or merged; search for it again.")


class Refused(GehoorError):
    """The state of things forbids this action."""

    code = "refused"
    text = sentence("This cannot be done: {why}")
    remedy = sentence("Look at how things stand now and choose again.")
