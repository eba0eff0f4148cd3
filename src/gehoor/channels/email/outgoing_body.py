"""The text of a mail in its two forms: plain, and simple HTML in one column that loads nothing from elsewhere."""

import re
from collections.abc import Iterator, Mapping
from html import escape
from types import MappingProxyType

from gehoor.channels.outgoing import Letterhead, Outgoing
from gehoor.channels.phrases import ASKING, CLOSING, CustomerLanguage

_LEAVE: Mapping[CustomerLanguage, str] = MappingProxyType(
    {
        "nl": "Wilt u hierover geen berichten meer van ons? Laat het ons hier weten:",
        "en": "Would you rather not hear from us about this? Tell us here:",
    }
)
_LEAVE_LINK: Mapping[CustomerLanguage, str] = MappingProxyType(
    {"nl": "Geen berichten meer ontvangen", "en": "Stop these messages"}
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_LINK = re.compile(r"https?://[^\s<>\"'()\[\]{}]+[^\s<>\"'()\[\]{}.,;:!?]")
_PARTED = re.compile(r"\n[ \t]*\n\s*")

_SANS = "Seravek,'Gill Sans Nova',Ubuntu,Calibri,'Segoe UI','Helvetica Neue',Arial,sans-serif"
_INK, _SOFT, _LINE, _ACCENT = "#2a2521", "#655a4f", "#e2d8c8", "#14595a"
_DARK = (
    "@media (prefers-color-scheme:dark){"
    ".sheet{background:#1b1916!important}.ink{color:#ece5d9!important}.soft{color:#b5a999!important}"
    ".line{border-color:#3b352e!important}.accent{color:#86cbbf!important}}"
)


def as_text(message: Outgoing, letterhead: Letterhead) -> str:
    """The plain form: the text, who signs it, and at the foot who we are and how to hear no more."""
    signers = _signers(message, letterhead)
    pieces = [*_paragraphs(message.text), *(["\n".join([CLOSING[message.language], "", *signers])] if signers else [])]
    contact = [*(_clean(each) for each in (letterhead.phone, letterhead.email, letterhead.website) if each)]
    foot = [f"{ASKING[message.language]}\n{message.asks}"] if message.asks else []
    foot += [" | ".join(contact)] if contact else []
    if message.unsubscribe:
        foot.append(f"{_LEAVE[message.language]}\n{message.unsubscribe}")
    if foot:
        pieces.append("-- \n" + "\n\n".join(foot))
    return "\n\n".join(pieces) + "\n"


def as_html(message: Outgoing, letterhead: Letterhead) -> str:
    """The same as HTML, every style beside its element, since mail programs drop what stands elsewhere."""
    body = "".join(_paragraph(each) for each in _paragraphs(message.text))
    return (
        f'<!DOCTYPE html><html lang="{message.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">'
        f"<title>{escape(_clean(message.subject))}</title><style>:root{{color-scheme:light dark}}{_DARK}</style></head>"
        f'<body class="sheet" style="margin:0;padding:0;background:#ffffff">'
        '<div role="article" style="max-width:36em;margin:0 auto;padding:28px 20px 36px;'
        f'font-family:{_SANS};font-size:16px;line-height:1.6;overflow-wrap:anywhere">'
        f'<div class="line" style="border-bottom:1px solid {_LINE};padding:0 0 12px;margin:0 0 24px">'
        f'<span class="accent" style="color:{_ACCENT};font-weight:600">{escape(_clean(letterhead.name))}</span></div>'
        f'<div class="ink" style="color:{_INK}">{body}'
        f"{_closing(message, letterhead)}</div>"
        f"{_foot(message, letterhead)}</div></body></html>\n"
    )


def _closing(message: Outgoing, letterhead: Letterhead) -> str:
    """Nothing where the text closes by itself."""
    signers = _signers(message, letterhead)
    if not signers:
        return ""
    others = "".join(f'<br><span class="soft" style="color:{_SOFT}">{escape(each)}</span>' for each in signers[1:])
    who = f'<strong style="font-weight:600">{escape(signers[0])}</strong>'
    return f'<p style="margin:24px 0 0">{escape(CLOSING[message.language])}<br><br>{who}{others}</p>'


def _foot(message: Outgoing, letterhead: Letterhead) -> str:
    """Nothing where there is nothing to say."""
    contact = [_contact(each) for each in (letterhead.phone, letterhead.email, letterhead.website) if each]
    lines = []
    if message.asks:
        asked = escape(ASKING[message.language])
        lines.append(f"{asked} {_link(message.asks, escape(message.asks), 'accent', _ACCENT)}")
    lines += [" &nbsp;·&nbsp; ".join(contact)] if contact else []
    if message.unsubscribe:
        lines.append(_link(message.unsubscribe, escape(_LEAVE_LINK[message.language]), "soft", _SOFT))
    if not lines:
        return ""
    style = f"border-top:1px solid {_LINE};margin:32px 0 0;padding:12px 0 0;font-size:14px;color:{_SOFT}"
    rows = "".join(f'<p style="margin:0 0 6px">{line}</p>' for line in lines)
    return f'<div class="line soft" style="{style}">{rows}</div>'


def _contact(given: str) -> str:
    text = _clean(given)
    if re.fullmatch(r"[^\s<>\"@/]+@[^\s<>\"@/]+", text):
        return _link(f"mailto:{text}", escape(text), "soft", _SOFT)
    if re.fullmatch(r"(https?://)?[\w-]+(\.[\w-]+)+(/\S*)?", text):
        return _link(text if text.startswith("http") else f"https://{text}", escape(text), "soft", _SOFT)
    return escape(text)


def _signers(message: Outgoing, letterhead: Letterhead) -> list[str]:
    """Who signs, what they do, and for whom; at least the organisation. Nobody where the text closes by itself."""
    if message.signed_by == "":
        return []
    own = letterhead.signed_by and message.signed_by in {None, letterhead.signed_by}
    named = [letterhead.signed_by, letterhead.signed_as] if own else [message.signed_by or ""]
    return [_clean(each) for each in (*named, letterhead.name) if each] or [""]


def _paragraphs(text: str) -> list[str]:
    cleaned = _clean(text).strip()
    return ["\n".join(line.rstrip() for line in each.split("\n")) for each in _PARTED.split(cleaned)] if cleaned else []


def _clean(text: str) -> str:
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _paragraph(text: str) -> str:
    return f'<p style="margin:0 0 16px">{"".join(_with_links(text))}</p>'


def _with_links(text: str) -> Iterator[str]:
    """Escaped, with web addresses to click on."""
    at = 0
    for found in _LINK.finditer(text):
        yield _escaped(text[at : found.start()])
        yield _link(found.group(), escape(found.group()), "accent", _ACCENT)
        at = found.end()
    yield _escaped(text[at:])


def _escaped(text: str) -> str:
    return escape(text).replace("\n", "<br>\n")


def _link(address: str, shown: str, name: str, colour: str) -> str:
    return f'<a class="{name}" href="{escape(address)}" style="color:{colour}">{shown}</a>'
