"""Mail that a machine sent of itself: nobody says anything in it."""

import re

from gehoor.channels.email.header import people, plain
from gehoor.channels.email.part import Part
from gehoor.kernel.language import sentence

REPORT = sentence("An automatic report about another message (not delivered, delivered or opened).")
AWAY = sentence("An automatic answer, such as an out-of-office notice.")
MACHINE = sentence("Sent by a machine of itself; it says so in its headers.")

OURS = "x-gehoor"
"""The header of what Gehoor sent: a machine did it, but people wrote what it says."""

_AWAY_SUBJECT = re.compile(
    r"^\s*(?:automatic reply|automatisch antwoord|automatische antwoord|automatische antwort|réponse automatique|"
    r"respuesta automática|risposta automatica|out of (?:the )?office|auto(?:matic|mated)?[- ]?(?:reply|response)|"
    r"autoreply|afwezigheids(?:bericht|melding|assistent)|automatisch afwezigheid\w*|abwesenheits\w+|"
    r"buiten kantoor|niet op kantoor|afwezig|vakantiebericht)\b",
    re.IGNORECASE,
)
_BOUNCE_SUBJECT = re.compile(
    r"^\s*(?:undeliver(?:able|ed)|onbestelbaar|niet bezorgd|mail delivery (?:failed|failure|subsystem|system)|"
    r"delivery (?:status notification|failure|report|delayed)|returned mail|failure notice|unzustellbar|"
    r"mail system error|afleveren (?:is )?mislukt|uw bericht is niet (?:bezorgd|afgeleverd)|warning: could not send|"
    r"(?:read|gelezen|not read|ongelezen)\s?:|leesbevestiging)",
    re.IGNORECASE,
)
_MACHINES = re.compile(r"^(?:mailer-daemon|postmaster|mail-daemon|double-bounce|microsoftexchange\w*)@", re.IGNORECASE)
_AUTO_HEADERS = ("x-autoreply", "x-autorespond", "x-auto-reply", "x-autoresponder", "x-mail-autoreply")
_NO = frozenset({"", "no", "none", "false", "0"})


def nobody_speaks(part: Part) -> str | None:
    """Why nobody says anything in this message, as a translatable sentence; None when somebody may.

    Sure signs decide alone. Signs that newsletters and forms carry too (Precedence, X-Auto-Response-Suppress, an empty
    return path, a telling subject) decide only two at a time. A form that sends what a customer typed
    (``auto-generated``, with another Reply-To) is somebody's word, and so is an answer of ours that Gehoor sent.
    """
    if _is_report(part) or part.header("x-failed-recipients"):
        return REPORT
    submitted = _word(part, "auto-submitted")
    if submitted.startswith("auto-repl") or any(_word(part, name) not in _NO for name in _AUTO_HEADERS):
        return AWAY
    if submitted.startswith(("auto-gen", "auto-not")) and not _speaks_for_another(part):
        return MACHINE
    return _by_weaker_signs(part)


def _by_weaker_signs(part: Part) -> str | None:
    subject = plain(part.header("subject"))
    by_machine = any(_MACHINES.match(address) for _, address in people(part.headers("from")))
    weak = _has_empty_return(part) or bool(part.header("x-auto-response-suppress"))
    if _BOUNCE_SUBJECT.match(subject) and (by_machine or weak):
        return REPORT
    precedence = _word(part, "precedence")
    if precedence in {"auto_reply", "auto-reply"}:
        return AWAY
    weak = weak or by_machine or precedence in {"bulk", "junk", "list"}
    return AWAY if _AWAY_SUBJECT.match(subject) and weak else None


def _is_report(part: Part) -> bool:
    if part.kind in {"message/delivery-status", "message/disposition-notification", "message/feedback-report"}:
        return True
    return part.kind == "multipart/report"


def _has_empty_return(part: Part) -> bool:
    return "".join(part.header("return-path").split()) == "<>"


def _word(part: Part, name: str) -> str:
    return plain(part.header(name)).split(";")[0].strip().lower()


def _speaks_for_another(part: Part) -> bool:
    """Whether answers go to somebody else than the sender, as with a contact form, or a colleague wrote it."""
    if part.header(OURS):
        return True
    senders = {address.lower() for _, address in people(part.headers("from"))}
    return any(address and address.lower() not in senders for _, address in people(part.headers("reply-to")))
