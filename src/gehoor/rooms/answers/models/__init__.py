"""What this room keeps."""

from gehoor.rooms.answers.models.book import (
    Answer,
    AnswerNeed,
    AnswerVector,
    Audience,
    Manner,
    Phrasing,
    Proposal,
    PublicBook,
    State,
    Version,
)
from gehoor.rooms.answers.models.checked import Because, Departure
from gehoor.rooms.answers.models.given import Given, Joined, Looked, Question, Righted, Righting, Ruling
from gehoor.rooms.answers.models.visits import Visit, VisitAnswer, VisitState

__all__ = [
    "Answer",
    "AnswerNeed",
    "AnswerVector",
    "Audience",
    "Because",
    "Departure",
    "Given",
    "Joined",
    "Looked",
    "Manner",
    "Phrasing",
    "Proposal",
    "PublicBook",
    "Question",
    "Righted",
    "Righting",
    "Ruling",
    "State",
    "Version",
    "Visit",
    "VisitAnswer",
    "VisitState",
]
