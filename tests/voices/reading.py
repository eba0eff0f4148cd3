"""Voices whose text was made out of a scan or a recording, made through the models."""

import re

from gehoor.rooms.voices.models import Attachment, Reply, Transcription

from .conftest import START, conversation, original, say

_WORD = re.compile(r"\S+")


def words_of(text, *, unsure=(), page=1, sound=False, pace=0.4):
    """Every word of a text in the form of ReadWord; those in ``unsure`` were hard to read."""
    found = []
    for number, match in enumerate(_WORD.finditer(text)):
        confidence = 0.4 if match.group().strip(".,?!") in unsure else 0.95
        line, column = divmod(number, 6)
        box = None if sound else [0.1 + column * 0.13, 0.1 + line * 0.05, 0.2 + column * 0.13, 0.13 + line * 0.05]
        times = [number * pace, number * pace + pace * 0.9] if sound else [None, None]
        found.append([*match.span(), confidence, 0 if sound else page, box, *times])
    return found


def transcribe(said, words, *, pages=0, engine="an engine 1.0"):
    whose = {"reply": said} if isinstance(said, Reply) else {"voice": said}
    return Transcription.objects.create(
        **whose, engine=engine, confidence=0.8, pages=pages, text=said.text, words=words
    )


def letter(text, *, unsure=(), data=b"", media_type="application/pdf", pages=1, page_of=None, read=True, **more):
    """A letter that an engine read. ``page_of`` gives the page of each word by its number."""
    kept = original(data, media_type) if data else original(media_type=media_type)
    voice = say(text, channel="letter", original=kept, read=read, **more)
    words = words_of(text, unsure=unsure)
    for number, word in enumerate(words):
        word[3] = page_of(number) if page_of else 1
    transcribe(voice, words, pages=pages)
    return voice


def call(theirs, ours="", *, unsure=(), data=b"RIFF0000WAVEfmt ", **more):
    """A call of two sides: each line is said after the line before it of the other side."""
    together, kept = conversation(), original(data, "audio/wav")
    voice = say(theirs, channel="call", original=kept, conversation=together, duration_seconds=60.0, **more)
    lines, replies = theirs.split("\n"), ours.split("\n") if ours else []
    begin, words, told = 0.0, [], []
    reply = None
    if ours:
        reply = Reply.objects.create(
            channel="call", text=ours, said_at=START, file="x", item="1", original=kept, conversation=together,
            adviser="Anneke", answers=voice,
        )  # fmt: skip
    place = {"theirs": 0, "ours": 0}
    for number in range(max(len(lines), len(replies))):
        for side, those, held in (("theirs", lines, words), ("ours", replies, told)):
            if number < len(those):
                for word in words_of(those[number], unsure=unsure, sound=True):
                    word[0] += place[side]
                    word[1] += place[side]
                    word[5] += begin
                    word[6] += begin
                    held.append(word)
                place[side] += len(those[number]) + 1
                begin += len(those[number].split()) * 0.4 + 1
    transcribe(voice, words)
    if reply is not None:
        transcribe(reply, told)
    return voice, reply


def attach(voice, data, media_type, name="opname.wav"):
    return Attachment.objects.create(voice=voice, name=name, media_type=media_type, original=original(data, media_type))
