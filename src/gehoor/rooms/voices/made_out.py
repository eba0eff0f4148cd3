"""What a screen shows of a voice that was made out of a scan or a recording: the page or the sound beside the words."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.db.models import Q

from gehoor.rooms.accounts.models import User
from gehoor.rooms.accounts.roles import May
from gehoor.rooms.voices.conversing import Turn, turns_of
from gehoor.rooms.voices.correcting import Version, versions_of
from gehoor.rooms.voices.marking import Piece, Span
from gehoor.rooms.voices.models import Transcription, Voice
from gehoor.rooms.voices.scans import Sheet, sheets_of
from gehoor.rooms.voices.sounds import sound_of

Asked = tuple[str, int]
"""What someone wants to correct: a word or a passage, by its number on the page."""


@dataclass(frozen=True, slots=True)
class Target:
    """What is being corrected: ``text`` stands at these places in this version of what was said."""

    what: str
    number: int
    said: UUID
    version: int
    start: int
    end: int
    text: str
    passage: int


@dataclass(frozen=True, slots=True)
class History:
    """The versions of one of the texts, newest first. ``ours``: of what the organisation said."""

    said: UUID
    ours: bool
    versions: list[Version]


@dataclass(frozen=True, slots=True)
class MadeOut:
    """``sheets`` of a scan, or the ``turns`` of a call; ``sound`` says whether it can be heard. ``merged`` are the
    replies whose words stand among the turns."""

    voice: Voice
    version: int
    sheets: list[Sheet] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    sound: bool = False
    histories: list[History] = field(default_factory=list)
    merged: frozenset[UUID] = frozenset()
    may_correct: bool = False
    target: Target | None = None
    unsure: int = 0
    names_speakers: bool = True


def made_out_of(voice: Voice, viewer: User, marks: Sequence[Span] = (), asked: Asked | None = None) -> MadeOut | None:
    """None for a voice that was written as it stands: one query tells, one or two more where there is something."""
    all_versions = _versions(voice)
    if not all_versions:
        return None
    standing = _standing(all_versions)
    own = next((read for read in standing if read.reply_id is None), None)
    if own is None:
        return None
    may_correct = viewer.may(May.CORRECT)
    sheets = sheets_of(own, marks) if own.pages else []
    adviser = next((read.reply.adviser for read in standing if read.reply), "") if viewer.may(May.SEE_PEOPLE) else ""
    turns = [] if own.pages else turns_of(standing, marks, adviser)
    made = MadeOut(
        voice=voice,
        version=own.pk,
        sheets=sheets,
        turns=turns,
        sound=not own.pages and sound_of(voice) is not None,
        histories=_histories(voice, all_versions),
        merged=frozenset(read.reply.public_id for read in standing if read.reply and turns),
        may_correct=may_correct,
        unsure=sum(1 for piece, *_ in _numbered(sheets, turns, voice, own.pk)),
        names_speakers=any(turn.side != "unknown" for turn in turns),
    )
    target = _target(made, asked) if asked and may_correct else None
    return replace(made, target=target)


def _versions(voice: Voice) -> list[Transcription]:
    """Every version of the voice and of what was answered in the same recording, oldest first, without their words."""
    of_answer = Q(reply__answers=voice, reply__original=voice.original_id)
    found = Transcription.objects.filter(Q(voice=voice) | of_answer).select_related("actor", "reply").order_by("pk")
    return list(found.defer("words"))


def _standing(versions: Sequence[Transcription]) -> list[Transcription]:
    """The newest of each, with its words."""
    newest = {(each.voice_id, each.reply_id): each for each in versions}
    words = dict(Transcription.objects.filter(pk__in=[each.pk for each in newest.values()]).values_list("pk", "words"))
    for each in newest.values():
        each.words = words.get(each.pk, [])
    return list(newest.values())


def _histories(voice: Voice, versions: Sequence[Transcription]) -> list[History]:
    by_said: dict[int | None, list[Transcription]] = {}
    for each in versions:
        by_said.setdefault(each.reply_id, []).append(each)
    found = []
    for those in by_said.values():
        said = those[0].reply or voice
        if kept := versions_of(those):
            found.append(History(said.public_id, those[0].reply is not None, kept))
    return found


Found = tuple[Piece, UUID, int, int]
"""An unsure word, of what it is part, in which version, in which passage."""


def _numbered(sheets: Sequence[Sheet], turns: Sequence[Turn], voice: Voice, version: int) -> list[Found]:
    found: list[Found] = []
    for sheet in sheets:
        held = [piece for paragraph in sheet.paragraphs for piece in paragraph]
        found += [(piece, voice.public_id, version, sheet.number) for piece in held if piece.number]
    for turn in turns:
        held = [piece for each in turn.sentences for piece in each.pieces]
        found += [(piece, turn.said, turn.version, turn.number) for piece in held if piece.number]
    return found


def _target(made: MadeOut, asked: Asked) -> Target | None:
    what, number = asked
    if what == "word":
        for piece, said, version, passage in _numbered(made.sheets, made.turns, made.voice, made.version):
            if piece.number == number:
                return Target(what, number, said, version, piece.start, piece.end, piece.text, passage)
        return None
    for sheet in made.sheets:
        if sheet.number == number:
            said = made.voice.public_id
            return Target(what, number, said, made.version, sheet.start, sheet.end, sheet.text, number)
    for turn in made.turns:
        if turn.number == number:
            return Target(what, number, turn.said, turn.version, turn.start, turn.end, turn.text, number)
    return None
