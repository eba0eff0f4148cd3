"""How mail programs say, in the languages that reach a Dutch organisation, that older words follow."""

import re

_STARTS = (
    "op|on|am|le|el|il|em|den|dnia|w dniu|dne|à|at|"
    "ma|di|wo|do|vr|za|zo|mån|tis|ons|tor|fre|lör|sön|man|tir|mon|tue|wed|thu|fri|sat|sun"
)
_VERBS = (
    r"schreef|geschreven|wrote|writes|schrieb|geschrieben|a écrit|écrit|escribió|ha scritto|scrisse|escreveu|skrev|"
    r"napisał|napisał\(a\)|napisała|nadesłał|napsal|napsal\(a\)|kirjoitti|написал|пише|yazdı"
)
_START = re.compile(rf"^\W{{0,3}}(?:{_STARTS})\b\.?,?\s.*\d", re.IGNORECASE)
_VERB = re.compile(rf"(?<![^\W\d_])(?:{_VERBS})(?![^\W\d_])", re.IGNORECASE)
_OLD_GMAIL = re.compile(r"^\d{4}-\d\d-\d\d \d\d?:\d\d\b.*<[^<>\s]+@[^<>\s]+>\s*:$")
_EAST = re.compile(r"^\d{4}\s?[年년].*(?:<[^<>\s]+@[^<>\s]+>|写道|寫道|작성하였습니다|작성)\s?[:：]$")
_CLOCK = re.compile(r"\d{1,2}\s?[:.hu]\s?\d{2}|@")
LONGEST_ATTRIBUTION = 400
MOST_ATTRIBUTION_LINES = 5

_TITLES = (
    r"original message|original appointment|forwarded message|begin forwarded message|oorspronkelijk bericht|"
    r"oorspronkelijke bericht|origineel bericht|doorgestuurd bericht|begin doorgestuurd bericht|"
    r"ursprüngliche nachricht|original-?nachricht|weitergeleitete nachricht|"
    r"anfang der weitergeleiteten (?:nachricht|e-mail)|message d['’]origine|message original|message transféré|"
    r"début du message (?:réexpédié|transféré)|mensaje original|mensaje reenviado|inicio del mensaje reenviado|"
    r"messaggio originale|messaggio inoltrato|inizio messaggio inoltrato|oprindelig meddelelse|videresendt meddelelse|"
    r"vidarebefordrat meddelande|ursprungligt meddelande|wiadomość oryginalna|oryginalna wiadomość"
)
_RULED = re.compile(rf"^\W{{0,3}}[-=_*]{{2,}}\s*(?:{_TITLES})\s*[-=_*]{{2,}}\W*$", re.IGNORECASE)
_BEGIN = re.compile(rf"^(?:{_TITLES})\s*:$", re.IGNORECASE)
_DAVID = re.compile(r"^\W{0,2}original message processed by david", re.IGNORECASE)
_ABOVE = re.compile(
    r"(?:above this line|boven deze (?:regel|lijn))\W*(?:to reply|om te (?:antwoorden|reageren))?\W*$", re.IGNORECASE
)
_RULE = re.compile(r"^\s*[-_=*—–]{3,}\s*$")

_FROM = "from|van|von|de|da|fra|från|od|afzender|差出人|发件人|보낸 사람|보낸사람"
_SUBJECT = "subject|onderwerp|betreff|objet|asunto|oggetto|emne|ämne|temat|předmět|assunto|件名|主题|제목"
_OTHER = (
    "sent|date|to|cc|bcc|verzonden|datum|aan|gesendet|an|kopie|envoyé|à|enviado|enviado el|fecha|para|inviato|data|a|"
    "sendt|dato|til|skickat|till|kopia|wysłano|do|dw|odesláno|komu|reply-to|beantwoorden aan|antwoord aan|bijlagen|"
    "attachments|priority|prioriteit|importance|urgentie|organization|organisatie|送信日時|宛先|发送时间|收件人|抄送"
)
_LABEL = re.compile(
    rf"^[\s>|*_]{{0,6}}(?:(?P<by>{_FROM})|(?P<about>{_SUBJECT})|(?P<other>{_OTHER}))[*_\s\xa0]{{0,4}}[:：](?!//)",
    re.IGNORECASE,
)
_WIDEST_GAP = 2
_LONGEST_BLOCK = 24


def is_attribution(text: str, *, quote_follows: bool) -> bool:
    """Whether ``text`` is a line such as "Op 3 januari om 10:11 schreef Jan <...>:".

    Without a visible quote after it, it must name a time or an address: "Op 3 januari schreef u mij:" may well be the
    customer's own sentence.
    """
    text = text.rstrip("> \t\xa0*_")
    if not text.endswith((":", "：")) or len(text) > LONGEST_ATTRIBUTION:
        return False
    if _OLD_GMAIL.match(text) or _EAST.match(text):
        return True
    if not _VERB.search(text):
        return False
    return bool(_CLOCK.search(text)) or (quote_follows and bool(_START.match(text)))


def may_begin_attribution(line: str) -> bool:
    """Whether an attribution that is broken over lines may begin here."""
    return len(line) <= LONGEST_ATTRIBUTION and (bool(_START.match(line)) or line.rstrip().endswith("<"))


def is_title(line: str) -> bool:
    """Whether everything below is history: "-----Oorspronkelijk bericht-----" and its like."""
    line = line.strip()
    if not line or len(line) > 120:
        return False
    if line.endswith(":"):
        return bool(_BEGIN.match(line))
    if line[-1] in "-=_*":
        return bool(_RULED.match(line) or _ABOVE.search(line))
    return bool(_DAVID.match(line) or _ABOVE.search(line))


def is_rule(line: str) -> bool:
    """A line that is only drawn."""
    return len(line) < 200 and bool(_RULE.match(line))


def header_block(lines: list[str]) -> int:
    """How many of ``lines`` (from the first on) are a pasted mail header ("Van: ... Verzonden: ... Onderwerp: ...").

    0 when they are none: that takes three different labels, one of them a sender, and a subject or an address (a
    parcel too has "Van", "Aan" and "Datum").
    """
    labels: set[str] = set()
    kinds: set[str] = set()
    last, gap = 0, 0
    for number, line in enumerate(lines[:_LONGEST_BLOCK]):
        found = _LABEL.match(line[:80])
        if found is None:
            gap += bool(line.strip())
            if number == 0 or gap > _WIDEST_GAP:
                break
            continue
        labels.add(found[0].strip(" \t*_>|:\xa0：").lower())
        kinds.add(found.lastgroup or "")
        last, gap = number + 1, 0
    sure = len(labels) >= 3 and "by" in kinds and ("about" in kinds or "@" in "".join(lines[:last]))
    return last if sure else 0
