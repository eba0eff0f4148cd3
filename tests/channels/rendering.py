"""Letters rendered for tests and benchmarks: PDF written by hand, and scans of it made by PDFium.

Only the fonts that every PDF reader brings are used (Helvetica, Times, Courier), so that a fresh machine renders them.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageFilter

A4 = (595, 842)
FACES = ("Helvetica", "Times-Roman", "Courier", "Helvetica-Bold")

Grey = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Said:
    """One line on a page: where it begins (points from the left and the top), its face and its size."""

    left: float
    top: float
    text: str
    face: str = "Times-Roman"
    size: float = 12.0
    hidden: bool = False


Page = Sequence[Said]


def lines(text: str, left: float = 70, top: float = 80, *, face: str = "Times-Roman", size: float = 12.0) -> list[Said]:
    """A block of lines, one below the other; an empty line leaves room."""
    step = size * 1.3
    return [Said(left, top + at * step, line, face, size) for at, line in enumerate(text.split("\n")) if line]


def pdf(pages: Sequence[Page], images: Sequence[bytes] = ()) -> bytes:
    """A PDF with a text layer; ``images`` are JPEGs that fill the pages, under the text."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    fonts = b" ".join(b"/F%d %d 0 R" % (at, 3 + at) for at in range(len(FACES)))
    for face in FACES:
        described = f"<< /Type /Font /Subtype /Type1 /BaseFont /{face} /Encoding /WinAnsiEncoding >>"
        objects.append(described.encode())
    kids: list[int] = []
    for at, page in enumerate(pages):
        drawn, picture = b"", b""
        if at < len(images):
            objects.append(_picture(images[at]))
            drawn, picture = b"q %d 0 0 %d 0 0 cm /I Do Q\n" % A4, b" /XObject << /I %d 0 R >>" % len(objects)
        content = drawn + b"".join(_shown(said) for said in page)
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Resources << /Font << %s >>%s >> /Contents %d 0 R >>"
            % (*A4, fonts, picture, len(objects))
        )
        kids.append(len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    return _written(objects)


def _picture(jpeg: bytes) -> bytes:
    width, height = Image.open(io.BytesIO(jpeg)).size
    described = b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray" % (width, height)
    return b"%s /BitsPerComponent 8 /Filter /DCTDecode /Length %d >>\nstream\n%s\nendstream" % (
        described,
        len(jpeg),
        jpeg,
    )


def _shown(said: Said) -> bytes:
    text = said.text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    mode = 3 if said.hidden else 0
    return b"BT /F%d %.2f Tf %d Tr 1 0 0 1 %.2f %.2f Tm (%s) Tj ET\n" % (
        FACES.index(said.face),
        said.size,
        mode,
        said.left,
        A4[1] - said.top,
        text,
    )


def _written(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places: list[int] = []
    for number, each in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def scanned(page: Page, dpi: int = 200) -> Grey:
    """A page as a clean scan, grey."""
    document = pdfium.PdfDocument(pdf([page]))
    try:
        return np.asarray(document[0].render(scale=dpi / 72, grayscale=True).to_pil().convert("L"))
    finally:
        document.close()


def tilted(image: Grey, degrees: float) -> Grey:
    """The page as it lies when it was fed in askew."""
    turned = Image.fromarray(image).rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255)
    return np.asarray(turned)


def noisy(image: Grey, seed: int, strength: float = 18.0) -> Grey:
    """Grain, specks of dust, and ink that is not quite sharp."""
    rng = np.random.default_rng(seed)
    soft = np.asarray(Image.fromarray(image).filter(ImageFilter.GaussianBlur(0.6)), dtype=np.float32)
    grain = soft + rng.normal(0, strength, image.shape).astype(np.float32)
    specks = rng.random(image.shape)
    grain[specks < 0.0005] = 0
    grain[specks > 0.9995] = 255
    return np.clip(grain, 0, 255).astype(np.uint8)


def shadowed(image: Grey, darkest: float = 0.35) -> Grey:
    """Light that falls off towards one corner, on paper that is not white."""
    height, width = image.shape
    fall = np.linspace(0, 1, width)[None, :] * 0.6 + np.linspace(0, 1, height)[:, None] * 0.4
    return (image * 0.92 * (1 - (1 - darkest) * fall)).astype(np.uint8)


def stained(image: Grey, seed: int) -> Grey:
    """Rings of coffee and a fold."""
    height, width = image.shape
    rng = np.random.default_rng(seed)
    mask = Image.new("L", (width, height), 0)
    draw = ImageDraw.Draw(mask)
    for _ in range(3):
        x, y, r = rng.integers(0, width), rng.integers(0, height), width // 8
        draw.ellipse([x - r, y - r, x + r, y + r], outline=70, width=max(width // 100, 2), fill=25)
    draw.line([0, height // 3, width, height // 3], fill=90, width=max(height // 600, 1))
    soft = np.asarray(mask.filter(ImageFilter.GaussianBlur(width / 400)), dtype=np.int16)
    return np.clip(image.astype(np.int16) - soft, 0, 255).astype(np.uint8)


def as_file(image: Grey, kind: str = "PNG", dpi: int = 200, **how: int | str) -> bytes:
    """The bytes of a scan as a scanner saves them."""
    held = io.BytesIO()
    Image.fromarray(image).save(held, kind, dpi=(dpi, dpi), **how)
    return held.getvalue()
