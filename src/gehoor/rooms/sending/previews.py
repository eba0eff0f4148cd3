"""How a wording looks in each form, for an example person, before it goes out."""

from dataclasses import dataclass

from gehoor.channels.base import Identity
from gehoor.channels.outgoing import Addressee, Outgoing, PostalAddress
from gehoor.kernel.errors import Refused
from gehoor.kernel.language import sentence
from gehoor.rooms.public.letterhead import current_letterhead
from gehoor.rooms.sending.checking import minutes_on_the_phone
from gehoor.rooms.sending.filling import LANGUAGES, Language, has
from gehoor.rooms.sending.models import Wording
from gehoor.rooms.sending.outgoing import message, today
from gehoor.rooms.sending.senders import printer_for

EXAMPLE = Addressee(
    "Mevrouw J. de Vries",
    Identity("email", "j.devries@example.org"),
    PostalAddress("Voorbeeldstraat 12", "1234 AB", "Voorbeeldstad"),
)


@dataclass(frozen=True, slots=True)
class Preview:
    """One language of a wording as people get it."""

    language: Language
    mail: Outgoing
    letter: Outgoing
    call: Outgoing

    @property
    def minutes(self) -> float:
        """How long the talking points take to say."""
        return minutes_on_the_phone(self.call.points)

    @property
    def paragraphs(self) -> list[str]:
        """The mail's paragraphs."""
        return [each.strip() for each in self.mail.text.split("\n\n") if each.strip()]


def previews(wording: Wording) -> list[Preview]:
    """Each language in which there is something to say."""
    return [
        Preview(language, *(example(wording, channel, language) for channel in ("email", "letter", "call")))
        for language in LANGUAGES
        if has(wording, language)
    ]


def example(wording: Wording, channel: str, language: Language) -> Outgoing:
    """The message for the example person."""
    return message(wording, channel=channel, language=language, to=EXAMPLE, key="example", dated=today())


def letter_page(wording: Wording, language: Language) -> bytes:
    """The letter as it comes out of the printer (PDF). Raises Refused where no sender of letters is installed."""
    found = printer_for("letter")
    if found is None:
        raise Refused(why=sentence("no sender of letters is installed"))
    printer, settings = found
    return printer.render(settings, current_letterhead(), [example(wording, "letter", language)])
