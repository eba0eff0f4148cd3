"""What kind of document it is, by its first bytes."""

PDF, PNG, JPEG, TIFF = "application/pdf", "image/png", "image/jpeg", "image/tiff"


def media_type_of(head: bytes) -> str:
    """What the first bytes say it is; ``""`` for no paper."""
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    return TIFF if head.startswith((b"II*\0", b"MM\0*")) else ""
