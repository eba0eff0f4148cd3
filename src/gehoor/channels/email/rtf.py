"""RTF as Outlook keeps it: compressed (MS-OXRTFCP), and often with HTML or plain text wrapped in it (MS-OXRTFEX)."""

import re
from dataclasses import dataclass, replace

from gehoor.channels.email.charset import clean, decode

_WINDOW = 4096
_DICTIONARY = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans Serif"
    rb"SymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    + b"\r\n"
    + rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
"""What the window of every compressed RTF begins with, by definition of the format."""
LARGEST = 8 * 1024 * 1024
"""Bytes of RTF that are unpacked; what comes later is no text that somebody typed."""
DEEPEST = 500

_TOKEN = re.compile(rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|([^\\{}\r\n]+)|[\r\n]", re.S)
_SKIPPED = frozenset(
    {b"colortbl", b"stylesheet", b"info", b"pict", b"object", b"header", b"footer", b"themedata", b"listtable"}
)
_SIGNS = {
    b"par": "\r\n", b"line": "\r\n", b"tab": "\t", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“",
    b"rdblquote": "”", b"bullet": "•", b"endash": "–", b"emdash": "—", b"cell": "\t", b"row": "\r\n",
}  # fmt: skip
_SYMBOLS = {
    b"\\": "\\",
    b"{": "{",
    b"}": "}",
    b"~": "\u00a0",
    b"_": "\u2011",
    b"-": "\u00ad",
    b"\n": "\r\n",
    b"\r": "\r\n",
}
_CHARSETS = {
    128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255",
    178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip


def decompressed(data: bytes) -> bytes:
    """The RTF in a compressed stream, as far as it goes; ``b""`` when it is none. Raises nothing."""
    if len(data) < 16:
        return b""
    size, kind = int.from_bytes(data[4:8], "little"), data[8:12]
    if kind == b"MELA":
        return data[16 : 16 + size]
    return _unpacked(data[16:], min(size, LARGEST)) if kind == b"LZFu" else b""


def _unpacked(packed: bytes, size: int) -> bytes:
    window = bytearray(_DICTIONARY.ljust(_WINDOW, b" "))
    at, place, out = len(_DICTIONARY), 0, bytearray()
    while place < len(packed) and len(out) < size:
        control = packed[place]
        place += 1
        for bit in range(8):
            if place >= len(packed):
                return bytes(out[:size])
            if not control >> bit & 1:
                piece = packed[place : place + 1]
                place += 1
            else:
                reference = int.from_bytes(packed[place : place + 2].ljust(2, b"\0"), "big")
                place += 2
                start, length = reference >> 4, (reference & 15) + 2
                if start == at:
                    return bytes(out[:size])
                piece = b""
                for step in range(length):  # what is copied may be what is being written
                    sign = window[(start + step) % _WINDOW]
                    window[(at + step) % _WINDOW] = sign
                    piece += bytes((sign,))
            for step, sign in enumerate(piece):
                window[(at + step) % _WINDOW] = sign
            at = (at + len(piece)) % _WINDOW
            out += piece
    return bytes(out[:size])


@dataclass(frozen=True, slots=True)
class _State:
    """What holds within one group of braces."""

    skipped: bool = False
    hidden: bool = False
    """Between ``htmlrtf`` and ``htmlrtf0``: what only a reader of RTF is to see."""
    tag: bool = False
    """Within what is written as it stands: a tag of the HTML."""
    fonts: bool = False
    font: int = 0
    after_unicode: int = 1


def unwrapped(rtf: bytes) -> tuple[str, bool]:
    """The text in ``rtf``, and whether it is HTML that was wrapped in it. Raises nothing."""
    return _Unwrapping(rtf).result()


class _Unwrapping:
    def __init__(self, rtf: bytes) -> None:
        self._rtf = rtf
        self._html = b"\\fromhtml" in rtf[:4096]
        found = re.search(rb"\\ansicpg(\d{1,5})", rtf[:4096])
        self._codepage = f"cp{int(found.group(1))}" if found else "cp1252"
        self._charsets: dict[int, str] = {}
        self._state = _State()
        self._outer: list[_State] = []
        self._pieces: list[str] = []
        self._bytes = bytearray()
        self._charset = ""
        self._to_skip = 0
        self._optional = False

    def result(self) -> tuple[str, bool]:
        place = 0
        while found := _TOKEN.match(self._rtf, place):
            place = found.end()
            word, number, code, symbol, brace, text = found.groups()
            if brace:
                self._group(brace)
            elif word:
                place += self._word(word, int(number) if number else None)
            elif code:
                self._byte(bytes((int(code, 16),)))
            elif symbol:
                self._symbol(symbol)
            elif text:
                self._byte(text)
        self._flush()
        return clean("".join(self._pieces)), self._html

    def _group(self, brace: bytes) -> None:
        self._flush()
        self._to_skip = 0
        self._optional = False
        if brace == b"{" and len(self._outer) < DEEPEST:
            self._outer.append(self._state)
        elif brace == b"}" and self._outer:
            self._state = self._outer.pop()

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self._optional = True
        elif symbol in _SYMBOLS:
            self._write(_SYMBOLS[symbol])

    def _word(self, word: bytes, number: int | None) -> int:
        """Act on a control word; returns how many bytes after it are no text."""
        optional, self._optional = self._optional, False
        match word:
            case b"htmltag":
                self._state = replace(self._state, tag=True, skipped=not self._html)
            case b"htmlrtf":
                self._flush()
                self._state = replace(self._state, hidden=number != 0)
            case b"fonttbl":
                self._state = replace(self._state, fonts=True)
            case b"f":
                self._flush()
                self._state = replace(self._state, font=number or 0)
            case b"fcharset":
                self._charsets[self._state.font] = _CHARSETS.get(number or 0, "")
            case b"u" if number is not None:
                self._write(chr(number % 65_536))
                self._to_skip = self._state.after_unicode
            case b"uc":
                self._state = replace(self._state, after_unicode=max(0, min(number or 0, 8)))
            case b"bin":
                return max(0, number or 0)
            case _ if optional or word in _SKIPPED:
                self._state = replace(self._state, skipped=True)
            case _ if word in _SIGNS:
                self._write(_SIGNS[word])
        return 0

    @property
    def _silent(self) -> bool:
        state = self._state
        return state.skipped or state.fonts or (state.hidden and self._html)

    def _byte(self, text: bytes) -> None:
        skipped = min(self._to_skip, len(text))
        self._to_skip -= skipped
        charset = self._charsets.get(self._state.font) or self._codepage
        if charset != self._charset:
            self._flush()
            self._charset = charset
        if not self._silent:
            self._bytes += text[skipped:]

    def _write(self, text: str) -> None:
        self._flush()
        if not self._silent:
            self._pieces.append(text)

    def _flush(self) -> None:
        if self._bytes:
            self._pieces.append(decode(bytes(self._bytes), self._charset))
            self._bytes.clear()
