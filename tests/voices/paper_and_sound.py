"""Scans and recordings made on the spot: every word with its place on the page, every second with a tone of its own."""

import io
import math
import struct
import wave

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT, MARGIN, LINE, SIZE = 1240, 1754, 150, 50, 33


def scanned(pages, kind="PDF"):
    """Bytes of a scan of these pages (each a list of lines), the whole text, and its words with page and box."""
    font = ImageFont.load_default(SIZE)
    images, words, text = [], [], ""
    for number, lines in enumerate(pages, start=1):
        image = Image.new("L", (WIDTH, HEIGHT), 252)
        drawing, top = ImageDraw.Draw(image), MARGIN
        text += "\n\n" if text else ""
        for line in lines:
            left = float(MARGIN)
            for at, word in enumerate(line.split()):
                drawing.text((left, top), word, font=font, fill=30)
                wide = drawing.textlength(word, font=font)
                start = len(text) + (1 if at else 0)
                text += (" " if at else "") + word
                box = [left / WIDTH, top / HEIGHT, (left + wide) / WIDTH, (top + SIZE * 1.25) / HEIGHT]
                words.append([start, start + len(word), 0.95, number, [round(side, 4) for side in box], None, None])
                left += wide + drawing.textlength(" ", font=font)
            text += "\n"
            top += LINE
        text = text.rstrip("\n") + ("\n" if lines and lines[-1] == "" else "")
        images.append(image)
    return _saved(images, kind), text, words


def _saved(images, kind):
    stream = io.BytesIO()
    if kind == "PDF":
        images[0].save(stream, "PDF", save_all=True, append_images=images[1:], resolution=150)
    elif kind == "TIFF":
        images[0].save(stream, "TIFF", save_all=True, append_images=images[1:], compression="tiff_adobe_deflate")
    else:
        images[0].save(stream, kind)
    return stream.getvalue()


def recorded(seconds, rate=8_000):
    """A WAV recording of soft tones."""
    stream = io.BytesIO()
    with wave.open(stream, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        tones = (
            int(1500 * math.sin(2 * math.pi * (220 + 40 * int(at / rate)) * at / rate)) for at in range(seconds * rate)
        )
        sound.writeframes(b"".join(struct.pack("<h", tone) for tone in tones))
    return stream.getvalue()
