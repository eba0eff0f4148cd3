"""Reads telephone calls: transcripts at once, recordings as soon as an engine has listened to them.

A recording with its transcript beside it is read at once: the recording is the original, the transcript is kept with
it. See README.md.
"""

from collections.abc import Callable, Iterator, Sequence

from gehoor.channels.base import Document, EngineState, NothingSaid, Outcome, Recognition, Unreadable, Wishes
from gehoor.channels.call import sound, transcripts
from gehoor.channels.call.companions import facts_about, has_recording, is_list, talk_beside
from gehoor.channels.call.engines import HOW, SPEECH, engine, engines, model_folder
from gehoor.channels.call.facts import Facts
from gehoor.channels.call.listening import listen
from gehoor.channels.call.recording import check_size, probe
from gehoor.channels.call.telling import POSITION, Source, tell
from gehoor.kernel.errors import CannotRead, Damaged, EngineNeeded, EngineTurn
from gehoor.kernel.language import sentence

CHANNEL = "call"
BELONGS = sentence("It belongs to a recording that came with it and was read with it.")
CUT_OFF = sentence("it is cut off, or a part of it is; what could be heard was taken in")
END = "end"
"""The position of what is missing at the end of a recording."""


class CallReader:
    """See README.md beside this file."""

    engine = SPEECH

    def engines(self) -> Sequence[EngineState]:
        """The one for sound."""
        return engines()

    def ready(self) -> bool:
        """Whether there is an engine with a model."""
        return model_folder() is not None

    def recognise(self, document: Document, wishes: Wishes) -> Recognition:
        """Sure of sound and of what platforms write; of a text as far as it has a customer and an adviser in it."""
        if document.path is not None and document.path.is_dir():
            return Recognition(0.0)
        head = document.head()
        recording = sound.likeness(head, document.name)
        if recording or (b"\0" in head[:64] and not head.startswith((b"\xff\xfe", b"\xfe\xff"))):
            return Recognition(recording)
        return Recognition(_likeness(document, head, wishes))

    def read(self, document: Document, wishes: Wishes) -> Iterator[Outcome]:
        """The customer's words and the adviser's. Raises EngineTurn or EngineNeeded for what has to be listened to."""
        head = document.head()
        if is_list(document):
            yield NothingSaid(POSITION, _all(document), "text/csv", BELONGS)
        elif media_type := sound.media_type(head, document.name):
            yield from self._recording(document, wishes, media_type)
        else:
            yield from self._transcript(document, wishes, head)

    def read_slowly(self, document: Document, wishes: Wishes, alive: Callable[[], None]) -> Iterator[Outcome]:
        """Listen to a recording. What could be heard of one that is cut off comes first, then that it is cut off."""
        media_type = sound.media_type(document.head(), document.name)
        check_size(document)
        hears = engine()
        if hears is None:
            raise EngineNeeded(engine=SPEECH, how=HOW)
        facts = Facts.from_hints(wishes.hints).over(facts_about(document))
        talk, is_cut = listen(document, facts, hears, alive)
        source = Source(_all(document), media_type, wishes.channel or CHANNEL)
        yield from tell(talk, Facts(duration_seconds=talk.duration_seconds).over(facts), source)
        if is_cut:
            error = Damaged(what=sentence("recording"), why=CUT_OFF)
            yield Unreadable(END, source.original, media_type, error)

    def _recording(self, document: Document, wishes: Wishes, media_type: str) -> Iterator[Outcome]:
        check_size(document)
        beside = talk_beside(document)
        seconds, error = _probed(document)
        facts = facts_about(document)
        if beside is None:
            raise error or self._turn(facts)
        talk, attachments = beside
        whole = Facts(duration_seconds=seconds).over(facts)
        source = Source(_all(document), media_type, wishes.channel or CHANNEL, attachments)
        yield from tell(talk, whole, source)
        if error is not None:
            yield Unreadable(END, source.original, media_type, error)

    def _turn(self, facts: Facts) -> CannotRead:
        """What a recording waits for; what is known of it goes with it."""
        turn = EngineTurn(engine=SPEECH) if self.ready() else EngineNeeded(engine=SPEECH, how=HOW)
        turn.hints = facts.as_hints()
        return turn

    def _transcript(self, document: Document, wishes: Wishes, head: bytes) -> Iterator[Outcome]:
        data = transcripts.bytes_of(document)
        kind = transcripts.kind_of(document.name, head)
        if not kind:
            raise Damaged(what=sentence("transcript"), why=sentence("it is neither sound nor a transcript"))
        talk = transcripts.talk_in(data, kind)
        media_type = transcripts.MEDIA_TYPES[kind]
        if has_recording(document):
            yield NothingSaid(POSITION, data, media_type, BELONGS)
        else:
            yield from tell(talk, facts_about(document), Source(data, media_type, wishes.channel or CHANNEL))


def _probed(document: Document) -> tuple[float | None, CannotRead | None]:
    """How long a recording says to last, or why it cannot be heard."""
    try:
        return probe(document), None
    except CannotRead as error:
        return None, error


def _likeness(document: Document, head: bytes, wishes: Wishes) -> float:
    """How sure it is that this is a transcript, or a list of calls."""
    kind = transcripts.kind_of(document.name, head)
    if not kind:
        return 0.97 if is_list(document) else 0.0
    judged = transcripts.is_known(kind, head)
    if kind == ".txt" and has_recording(document):
        return 0.9
    if kind == ".txt" and wishes.channel not in {"", CHANNEL}:
        return 0.0
    return max(judged, 0.6) if judged and wishes.channel == CHANNEL else judged


def _all(document: Document) -> bytes:
    with document.open() as stream:
        return stream.read()


READER = CallReader()
