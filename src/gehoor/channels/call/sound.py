"""What kind of sound bytes are. A browser plays all of these as they are."""

from pathlib import PurePosixPath

MEDIA_TYPES = {
    ".wav": "audio/wav",
    ".wave": "audio/wav",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".oga": "audio/ogg",
    ".opus": "audio/ogg",
    ".m4a": "audio/mp4",
}
"""By suffix. What is inside decides, where it shows."""


def media_type(head: bytes, name: str = "") -> str:
    """The media type of a recording that begins with these bytes, else the one of its name; "" when it is none."""
    return _shown(head) or named(name)


def named(name: str) -> str:
    """The media type that a file's name speaks of."""
    return MEDIA_TYPES.get(PurePosixPath(name.lower()).suffix, "")


def likeness(head: bytes, name: str) -> float:
    """How sure it is that a document is a recording: 0 to 1."""
    shown, called = _shown(head), named(name)
    if shown:
        return 0.95 if called or shown != "audio/mpeg" or head.startswith(b"ID3") else 0.1
    return 0.6 if called else 0.0


def _shown(head: bytes) -> str:
    if head[:4] in {b"RIFF", b"RF64", b"RIFX"} and head[8:12] == b"WAVE":
        return "audio/wav"
    if head.startswith(b"OggS") and b"theora" not in head[:128]:
        return "audio/ogg"
    if head[4:8] == b"ftyp" and head[8:12] in {b"M4A ", b"M4B "}:
        return "audio/mp4"
    if head.startswith(b"ID3") or _is_mpeg_frame(head):
        return "audio/mpeg"
    return ""


def _is_mpeg_frame(head: bytes) -> bool:
    """Eleven set bits, then a layer, a bit rate and a sample rate that exist; no other layer than the third."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return False
    return head[1] & 0x18 != 0x08 and head[2] & 0xF0 not in {0, 0xF0} and head[2] & 0x0C != 0x0C
