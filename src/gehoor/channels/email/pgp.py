"""PGP armour inside a text: what is only signed is read, what is encrypted is not."""

from collections.abc import Sequence

from gehoor.channels.email.lines import Line, Role

_SIGNED = "-----BEGIN PGP SIGNED MESSAGE-----"
_BLOCKS = {
    "-----BEGIN PGP SIGNATURE-----": "-----END PGP SIGNATURE-----",
    "-----BEGIN PGP PUBLIC KEY BLOCK-----": "-----END PGP PUBLIC KEY BLOCK-----",
}
_ENCRYPTED = ("-----BEGIN PGP MESSAGE-----", "-----END PGP MESSAGE-----")


def without_armour(lines: Sequence[Line]) -> list[Line]:
    """The lines, those of a PGP signature or key marked as signature."""
    marked: list[Line] = []
    until = ""
    heading = False
    for line in lines:
        text = line.text.strip()
        heading = text == _SIGNED or (heading and bool(text))
        until = until or _BLOCKS.get(text, "")
        marked.append(Line(line.text, Role.SIGNATURE) if until or heading else line)
        if text == until:
            until = ""
    return marked


def is_encrypted(lines: Sequence[Line]) -> bool:
    """Whether everything that can be seen is one encrypted block."""
    visible = [line.text.strip() for line in lines if not line.blank]
    return len(visible) > 1 and visible[0] == _ENCRYPTED[0] and visible[-1] == _ENCRYPTED[1]
