"""How a message is signed: closing words with a name, a device's line, disclaimers, a list's footer."""

import re
from collections.abc import Sequence
from itertools import groupby

from gehoor.channels.email.lines import Line, Role
from gehoor.channels.email.separators import is_rule
from gehoor.kernel.patterns import regex

_DELIMITER = regex(r"^\s?(?:--|—-|––)[ \xa0]?$")
_DEVICE = regex(
    r"^(?:sent from (?:my|mail|outlook|yahoo|proton|samsung|android|iphone|ipad|windows)|sent (?:with|via|using)|"
    r"(?:verzonden|verstuurd|gestuurd) (?:vanaf|vanuit|via|met|door)|get outlook for|outlook voor|download outlook|"
    r"gesendet (?:von|mit)|von mein\w+ \w+ gesendet|holen sie sich outlook|envoyé (?:de|depuis|avec)|"
    r"enviado desde|inviato da|sendt fra|skickat från|wysłano z|odesláno z|hent outlook|télécharger outlook)\b"
    r"[^,;!?]{0,90}$",
    re.IGNORECASE,
)
_GREETING = regex(
    r"^(?:(?:met|with|mit|med)? ?(?:een |de )?(?:zeer |heel |most )?"
    r"(?:vriendelijke|vriendelijk|hartelijke|hartelijk|beste|lieve|sportieve|zonnige|warme|warm|kind|kindest|best|many|"
    r"freundlichen?|besten?|lieben?|vielen?|herzlichen?|venlig|vänliga?|bästa|bedste)?,? ?"
    r"(?:groet(?:en|jes)?|groetje|regards|greetings|wishes|grüßen?|gruß|gruss|grüssen?|hilsen|hilsner|hälsningar|hälsning)"
    r"|m\.?v\.?r?\.?g\.?|mvh|vriendelijk groetend|hoogachtend|met hoogachting|met de meeste hoogachting|"
    r"yours (?:sincerely|faithfully|truly)|sincerely(?: yours)?|regards|cordialement|bien à vous|salutations\b.*|"
    r"saludos|un saludo|atentamente|cordiali saluti|distinti saluti|hochachtungsvoll|kh|kn?us|cheers|gr|grt?\.?jes|"
    r"pozdrawiam|z poważaniem|z powazaniem|s pozdravem|s úctou)\b(?P<rest>.{0,40})$",
    re.IGNORECASE,
)
_THANKS = regex(
    r"^(?:(?:alvast |hartelijk |many )?(?:bedankt|dank|dank u(?: wel)?|thanks|thank you|danke|merci|tak|tack|gracias)"
    r"(?: (?:alvast|vast|en groet|again|in advance|& regards|and regards|and best regards))?)\s?[,!]?$",
    re.IGNORECASE,
)
_NAME_ONLY = regex(r"^[-/~–—] ?(?:[A-Z]\w+|de|van|der|den|ten|ter)(?: (?:[A-Z][\w.]*|de|van|der|den|ten|ter)){0,4}$")
_DISCLAIMER = regex(
    r"^\W{0,4}(?:disclaimer|caution|vertrouwelijkheid|confidentiality|confidential notice|privileged notice)\b\W|"
    r"^\W{0,4}disclaimer\W*$|"
    r"(?:dit|deze|this|the|diese|ce) (?:e-?mail|bericht|mailbericht|message|nachricht|communication)\b.{0,300}"
    r"\b(?:bestemd|geadresseerde|vertrouwelijk|intended|confidential|recipient|vertraulich|confidentiel)|"
    r"(?:informatie|information|inhoud|contents?)\b.{0,30}\b(?:dit|deze|this)\b.{0,40}\b(?:e-?mail|bericht|message|"
    r"communication)\b.{0,300}\b(?:bestemd|geadresseerde|vertrouwelijk|intended|confidential|recipient)|"
    r"(?:denk|think|consider).{0,30}\b(?:milieu|environment)\b.{0,60}\b(?:print|afdruk)|"
    r"(?:this|deze|dit) (?:e-?mail|message|bericht) (?:has been|is|werd) (?:scanned|gescand|gecontroleerd)",
    re.IGNORECASE,
)
_LEGAL_WORD = regex(
    r"mail|bericht|message|milieu|environment|nachricht|communicat|disclaimer|caution|vertrouw|confid|sender|afzender",
    re.IGNORECASE,
)
_BANNER = regex(
    r"^\W{0,4}(?:caution|warning|let op|waarschuwing|external|extern)\b.{0,80}\b(?:e-?mail|bericht|message|afzender|"
    r"sender)\b|^\W{0,4}(?:this|deze|dit) (?:e-?mail|message|bericht) (?:originated|is (?:afkomstig|sent|verzonden)|"
    r"komt) (?:from |van |vanuit )?(?:outside|buiten|an external|een externe)",
    re.IGNORECASE,
)
_AFTERTHOUGHT = regex(r"^\W{0,2}(?:p\.? ?s\.?|n\.? ?b\.?)(?:[\s:.]|$)", re.IGNORECASE)
_SENTENCE = regex(r"[.?!…]\W{0,3}$")
_WORDS_OF_A_SENTENCE = 6
_LOWER_IN_A_SENTENCE = 0.6
_LONGEST_GREETING = 90
_LIST_FOOTER = regex(r"mailing ?list|@lists?\.|/mailman/|/listinfo|unsubscribe|uitschrijven|afmelden", re.IGNORECASE)
_RULE_FROM = 10
_WIDEST_PARAGRAPH = 2_000


def sign_roles(lines: Sequence[Line], roles: list[Role]) -> None:
    """Give role SIGNATURE, within each run of new lines, to what signs it."""
    end, said = 0, False
    for new, group in groupby(list(roles), key=lambda role: role is Role.NEW):
        begin, end = end, end + len(list(group))
        if new:
            for number in _signed(lines[begin:end], said=said):
                roles[begin + number] = Role.SIGNATURE
        said = True


def _signed(lines: Sequence[Line], *, said: bool) -> set[int]:
    """Which of these lines, all new, sign the message. ``said`` tells whether anything stands above them."""
    signed: set[int] = set()
    signing = False
    for paragraph in _paragraphs(lines):
        text = " ".join(lines[number].text.strip() for number in paragraph)[:_WIDEST_PARAGRAPH]
        if _is_footer(text, said=said or bool(signed), lines=[lines[number].text for number in paragraph]):
            signed.update(range(paragraph[0], len(lines)))
            break
        if _LEGAL_WORD.search(text) and (_BANNER.search(text) or _DISCLAIMER.search(text)):
            signed.update(paragraph)
            signing = signing or said
            continue
        begin = _begin_of_signature(lines, paragraph, said=said, signing=signing)
        if begin is None:
            said, signing = True, False
            continue
        if _DELIMITER.match(lines[begin].text):
            signed.update(range(begin, len(lines)))
            break
        said = said or begin > paragraph[0]
        resumed = _resumption(lines, begin, paragraph[-1] + 1)
        signed.update(range(begin, resumed))
        signing = resumed > paragraph[-1] and not _is_device(lines, begin)
    return signed


def _paragraphs(lines: Sequence[Line]) -> list[list[int]]:
    """The numbers of the visible lines, a list for each stretch without a blank one."""
    numbered = groupby(range(len(lines)), key=lambda number: lines[number].blank)
    return [list(group) for blank, group in numbered if not blank]


def _begin_of_signature(lines: Sequence[Line], paragraph: list[int], *, said: bool, signing: bool) -> int | None:
    """The first line in the paragraph that signs; all of it when the paragraph before signed and this says nothing."""
    for number in paragraph:
        own = lines[number].text.strip()
        if _DELIMITER.match(lines[number].text) or (_DEVICE.match(own) and not _is_sentence(own)):
            return number
        above = said or number > paragraph[0]
        if above and (_is_greeting(own) or (_NAME_ONLY.match(own) and number == paragraph[0])):
            return number
    if signing and not any(_is_sentence(lines[number].text) for number in paragraph):
        return paragraph[0]
    return None


def _is_device(lines: Sequence[Line], number: int) -> bool:
    return bool(_DEVICE.match(lines[number].text.strip()))


def _resumption(lines: Sequence[Line], begin: int, end: int) -> int:
    """The first line after ``begin`` that says something again; ``end`` when none does."""
    following = range(begin + 1, end)
    return next((number for number in following if _is_sentence(lines[number].text)), end)


def _is_greeting(text: str) -> bool:
    if len(text) > _LONGEST_GREETING:
        return False
    found = _GREETING.match(text)
    return bool(_THANKS.match(text)) or (found is not None and _is_name(found["rest"].strip(" ,.!;:-")))


def _is_name(rest: str) -> bool:
    """Whether what follows the closing words on their line is a name or a place: "Groeten uit Assen", not "Gr. met"."""
    return not rest or rest[0].isupper() or rest.lower().startswith(("van ", "uit ", "namens ", "from "))


def _is_sentence(text: str) -> bool:
    """Whether a line still says something, rather than giving a name, a function or an address."""
    text = text.strip()
    if _AFTERTHOUGHT.match(text):
        return True
    words = text.split()
    if len(words) < _WORDS_OF_A_SENTENCE:
        return text.endswith("?")
    lower = sum(word[0].islower() for word in words)
    return bool(_SENTENCE.search(text)) or lower >= len(words) * _LOWER_IN_A_SENTENCE


def _is_footer(text: str, *, said: bool, lines: list[str]) -> bool:
    """The footer that a mailing list adds under a drawn line."""
    drawn = is_rule(lines[0]) and len(lines[0].strip()) >= _RULE_FROM
    return said and drawn and bool(_LIST_FOOTER.search(text))
