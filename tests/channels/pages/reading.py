"""What the tests of pages share: documents out of bytes, fixtures, and their mutations."""

import random
from collections.abc import Callable
from importlib import import_module
from io import BytesIO
from pathlib import Path

from gehoor.channels.base import Document, Heard, Identity, NothingSaid, Outcome, Reader, Unreadable, Wishes
from gehoor.kernel.errors import CannotRead

CHANNELS = Path(str(import_module("gehoor.channels").__file__)).parent


def document(data: bytes | str, name: str = "page.html") -> Document:
    held = data.encode() if isinstance(data, str) else data
    return Document(name, len(held), lambda: BytesIO(held))


def fixture(channel: str, name: str) -> bytes:
    return (CHANNELS / channel / "fixtures" / name).read_bytes()


def fixtures(channel: str) -> list[str]:
    return sorted(each.name for each in (CHANNELS / channel / "fixtures").iterdir())


def ours(*names: str) -> Wishes:
    """Wishes of an organisation that these handles, in lower case, belong to."""
    return Wishes(is_own=lambda each: isinstance(each, Identity) and each.value.lower() in names)


def heard(reader: Reader, data: bytes | str, name: str = "page.html", wishes: Wishes | None = None) -> list[Heard]:
    return [each for each in reader.read(document(data, name), wishes or Wishes()) if isinstance(each, Heard)]


def keeps_the_contract(reader: Reader, data: bytes, name: str) -> list[Outcome] | str:
    """The outcomes, or the code of the refusal; anything else that is raised fails the test that asked."""
    whole = document(data, name)
    assert 0 <= reader.recognise(whole, Wishes()).confidence <= 1
    try:
        found = list(reader.read(whole, Wishes()))
    except CannotRead as error:
        return error.code
    for each in found:
        assert isinstance(each, Heard | NothingSaid | Unreadable)
        assert each.position
        assert each.original
        if isinstance(each, Heard):
            each.text.encode()
            assert "\0" not in each.text
    return found


def mutated(data: bytes, seed: int) -> bytes:
    """The bytes with some of them cut, doubled, moved or changed; the same for a seed."""
    chance = random.Random(seed)
    changed = bytearray(data)
    acts: list[Callable[[int, int], None]] = [
        lambda a, b: changed.__delitem__(slice(a, b)),
        lambda a, b: changed.__setitem__(slice(a, a), changed[a:b] * 3),
        lambda a, b: changed.__setitem__(slice(a, b), chance.randbytes(b - a)),
        lambda a, b: changed.__setitem__(slice(a, b), changed[a:b][::-1]),
        lambda a, b: changed.__delitem__(slice(b, None)),
    ]
    for _ in range(chance.randint(1, 6)):
        if len(changed) < 2:
            break
        first = chance.randrange(len(changed))
        acts[chance.choices(range(5), (4, 4, 4, 4, 1))[0]](first, min(first + chance.randint(1, 60), len(changed)))
    return bytes(changed) or b"<"
