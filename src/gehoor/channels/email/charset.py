"""Bytes to text, whatever the sender said the bytes were.

The label is a hint: it is often missing, misspelt or wrong. Valid UTF-8 beyond ASCII is practically never anything
else, so it wins from a single-byte label; a byte that the chosen charset does not know is read as Windows-1252.
"""

import codecs
import re
from functools import cache

from charset_normalizer import from_bytes

_ALIASES = {
    "ansi": "cp1252",
    "ansi_x3.110-1983": "cp1252",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "iso_8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "l1": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-8-i": "iso8859-8",
    "iso-8859-8-e": "iso8859-8",
    "iso-8859-6-i": "iso8859-6",
    "iso-8859-6-e": "iso8859-6",
    "unicode-1-1-utf-7": "utf-7",
    "unicode-2-0-utf-7": "utf-7",
    "unicode-1-1-utf-8": "utf-8",
    "utf8mb3": "utf-8",
    "utf8mb4": "utf-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "euc-kr": "cp949",
    "tis-620": "cp874",
    "macintosh": "mac_roman",
    "x-mac-roman": "mac_roman",
    "x-macroman": "mac_roman",
}
_SAY_NOTHING = frozenset({"us-ascii", "ascii", "ansi_x3.4-1968", "iso-ir-6", "x-user-defined", "binary", "8bit"})
_NOT_A_CHARSET = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"})
_VENDOR = re.compile(r"^(?:x-?|windows-?|win-?|cp-?|ibm-?|dos-?|ms-?|code-?page-?)+(\d{3,5})$")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]+")
_SAMPLE = 20_000
_FOREIGN_SCRIPTS = [
    "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr", "koi8_r", "cp1251", "cp1253", "cp1255", "cp1256",
]  # fmt: skip
_IN_ANOTHER_SCRIPT = 0.3


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    """Codec error handler: the bytes that do not fit are read as Windows-1252, one by one."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return "".join(_windows_1252(byte) for byte in wrong), error.end


def _windows_1252(byte: int) -> str:
    try:
        return bytes((byte,)).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


codecs.register_error("gehoor.windows-1252", _as_windows_1252)


def decode(data: bytes, declared: str = "") -> str:
    """The text of ``data``, labelled ``declared`` (may be anything). Raises nothing; controls and lone
    surrogates go."""
    return clean(_decode(data, codec_of(declared)))


def clean(text: str) -> str:
    """Without what no database and no screen can hold: control characters and lone surrogates. Newlines are ``\\n``."""
    text = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _decode(data: bytes, codec: str) -> str:
    for mark, named in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(named, "replace")
    if data.isascii() and not _needs_decoding(data, codec):
        return data.decode("ascii")
    for candidate in ("utf-8", codec) if _is_single_byte(codec) else (codec, "utf-8"):
        text = _strictly(data, candidate)
        if text is not None:
            return text
    return _leniently(data, codec)


def _strictly(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec) if codec else None
    except (UnicodeError, ValueError):
        return None


def _leniently(data: bytes, codec: str) -> str:
    """When neither the label nor UTF-8 fits to the last byte."""
    if not codec:
        codec = _guess(data)
    try:
        return data.decode(codec, "gehoor.windows-1252")
    except (UnicodeError, ValueError):
        return data.decode("utf-8", "gehoor.windows-1252")


def _guess(data: bytes) -> str:
    """A codec for unlabelled bytes: another script when it looks like one, else UTF-8 (Windows-1252 for the rest)."""
    sample = data[:_SAMPLE]
    high = sum(byte > 0x7F for byte in sample)
    if high / len(sample) < _IN_ANOTHER_SCRIPT:
        return "utf-8"
    best = from_bytes(sample, cp_isolation=_FOREIGN_SCRIPTS).best()
    return best.encoding if best else "utf-8"


def _needs_decoding(data: bytes, codec: str) -> bool:
    """Whether ASCII bytes stand for something else (UTF-7, ISO-2022, EBCDIC; UTF-16 only when it holds NULs)."""
    if not codec:
        return b"\x1b$" in data
    if codec.startswith(("utf-16", "utf-32")):
        return b"\0" in data
    return not _holds_ascii(codec)


@cache
def _holds_ascii(codec: str) -> bool:
    plain = "".join(map(chr, range(128)))
    return not codec.startswith(("utf-7", "iso2022", "hz")) and _strictly(plain.encode(), codec) == plain


@cache
def _is_single_byte(codec: str) -> bool:
    return not codec or (len(bytes(range(160, 256)).decode(codec, "replace")) == 96 and _holds_ascii(codec))


@cache
def codec_of(label: str) -> str:
    """The Python codec for a charset label, ``""`` when the label says nothing usable."""
    name = label.strip().strip("\"'<>").split(";")[0].strip().lower()
    if name in _SAY_NOTHING or len(name) > 40:
        return ""
    vendor = _VENDOR.match(name)
    candidates = (
        _ALIASES.get(name, name),
        f"cp{vendor[1]}" if vendor else "",
        name.removeprefix("x-"),
        re.sub(r"[^a-z0-9]", "", name),
    )
    return next((codec for candidate in candidates if (codec := _known(candidate))), "")


def _known(name: str) -> str:
    try:
        found = codecs.lookup(name).name if name else ""
    except (LookupError, ValueError):
        return ""
    if found.replace("-", "_") in _NOT_A_CHARSET:
        return ""
    try:
        "".encode(found)
    except (LookupError, UnicodeError):
        return ""
    return _ALIASES.get(found, found)
