"""What was said (voices), what we said back (replies) or to all (broadcasts), originals, and what was understood."""

from gehoor.rooms.voices.models.originals import Attachment, Container, Original
from gehoor.rooms.voices.models.said import Broadcast, Conversation, LaterVersion, Reply, Voice
from gehoor.rooms.voices.models.thresholds import ThresholdTable
from gehoor.rooms.voices.models.transcribed import Transcription
from gehoor.rooms.voices.models.understood import Ask, KindCorrection, Understanding

__all__ = [
    "Ask",
    "Attachment",
    "Broadcast",
    "Container",
    "Conversation",
    "KindCorrection",
    "LaterVersion",
    "Original",
    "Reply",
    "ThresholdTable",
    "Transcription",
    "Understanding",
    "Voice",
]
