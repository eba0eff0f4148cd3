"""Words that WhatsApp itself writes into an export, in the languages that it speaks."""

import re

from gehoor.channels.chat.message import Sort

MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Marks of direction, which WhatsApp strews about."""
LTR = "\u200e"
_LONGEST = 300

_DELETED_BY_YOU = re.compile(
    r"(?:you deleted this message|(?:u|je|jij) (?:hebt?|heeft) dit bericht verwijderd|du hast diese nachricht gelöscht|"
    r"vous avez supprimé ce message|(?:has eliminado|eliminaste) este mensaje|você apagou (?:esta|essa) mensagem|"
    r"apagou esta mensagem|hai eliminato questo messaggio|du (?:slettede|slettet|raderade) (?:denne|denna|dette) \w+|"
    r"bu mesajı sildiniz|usunięto tę wiadomość|вы удалили данное сообщение|anda menghapus pesan ini|"
    r"لقد حذفت هذه الرسالة|poistit tämän viestin)\.?",
    re.IGNORECASE,
)
_DELETED = re.compile(
    r"(?:this message was deleted|dit bericht (?:is|werd) verwijderd|diese nachricht wurde gelöscht|"
    r"ce message a été supprimé|(?:se eliminó este mensaje|este mensaje fue eliminado|este mensaje se eliminó)|"
    r"(?:esta |essa )?mensagem (?:foi )?apagada|questo messaggio è stato eliminato|"
    r"den(?:ne|na) (?:besked|melding|meddelande|meldingen) (?:blev|ble|är|har) \w+|"
    r"dette? \w+ (?:blev|ble) slettet|bu mesaj silindi|ta wiadomość została usunięta|"
    r"данное сообщение удалено|pesan ini (?:telah )?dihapus|تم حذف هذه الرسالة|tämä viesti poistettiin)\.?",
    re.IGNORECASE,
)
_ENCRYPTED = re.compile(
    r"end-to-end|eind-tot-eind|ende-zu-ende|bout en bout|extremo a extremo|ponta a ponta|end to end|uçtan uca|"
    r"crittografia|szyfrowan|шифрован|enkripsi|مشفرة|端到端|端对端|エンドツーエンド|종단간|salattu|krypter",
    re.IGNORECASE,
)
_EDITED = re.compile(
    r"\s*<[^<>\n]{0,40}(?:edited|bewerkt|bearbeitet|modifié|editado|editada|editó|modificato|redigera|rediger|edytowan|"
    r"düzenlendi|изменено|muokat|diedit|تعديل|已编辑|編集|수정)[^<>\n]{0,30}>\s*\Z",
    re.IGNORECASE,
)
_ATTACHED = re.compile(
    r"<[^<>:\n]{2,30}: ?([^<>\n/\\]{1,200}\.\w{1,5})>|\A([^\n/\\:]{1,200}\.\w{1,5}) \([^()\n]{3,40}\)(?=\n|\Z)"
)
_ANGLED = re.compile(r"\A<[^<>\n]{3,60}>\Z")
_OMITTED = re.compile(
    r"\A(?:image|photo|video|video note|audio|sticker|gif|document|contact card|media|afbeelding|foto|contactkaart|"
    r"videobericht|bestand|bild|dokument|kontaktkarte|medien|imagen|documento|mídia|imagem|immagine|image|vidéo) "
    r"(?:omitted|weggelaten|weggelassen|ausgeschlossen|omise?s?|absente?s?|omitid[oa]s?|ocult[oa]s?|omess[oaie])\Z",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"\A(?:missed (?:group )?(?:voice|video) call|(?:gemiste|gemist) (?:spraak|video|groeps)\w*|"
    r"verpasster? (?:sprach|video)anruf|appel (?:vocal|vidéo) manqué|llamada perdida|waiting for this message.*|"
    r"wachten op dit bericht.*|null)\.?\Z",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """Without marks of direction and space around it."""
    return MARKS.sub("", text).strip()


def is_encryption_notice(text: str) -> bool:
    """Whether WhatsApp says here that nobody else can read the chat."""
    return len(text) < _LONGEST * 2 and bool(_ENCRYPTED.search(text))


def without_edited(text: str) -> str:
    """The text without the note that it was edited."""
    return _EDITED.sub("", text)


def files_in(text: str) -> tuple[tuple[str, ...], str]:
    """The names of the files that a text brings, and what is said beside them."""
    names = tuple(first or second for first, second in _ATTACHED.findall(text))
    return names, _ATTACHED.sub("", text).strip() if names else text


def sort_of(text: str, *, is_marked: bool) -> Sort:
    """What a text of a person is, when it stands by itself; ``is_marked``: it began with WhatsApp's own mark."""
    if _DELETED_BY_YOU.fullmatch(text):
        return Sort.DELETED_BY_US
    if _DELETED.fullmatch(text):
        return Sort.DELETED
    if _ANGLED.match(text) or _OMITTED.match(text):
        return Sort.FILE
    if _CALLED.match(text) or (is_marked and is_encryption_notice(text)):
        return Sort.SYSTEM
    if is_marked and "\n" not in text and len(text) <= _LONGEST:
        return Sort.SYSTEM
    return Sort.SAID if text else Sort.FILE
