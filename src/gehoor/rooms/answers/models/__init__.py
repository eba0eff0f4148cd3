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
from gehoor.rooms.answers.models.given import Given, Question, Ruling
from gehoor.rooms.answers.models.visits import Visit, VisitAnswer, VisitState

__all__ = [
    "Answer",
    "AnswerNeed",
    "AnswerVector",
    "Audience",
    "Because",
    "Departure",
    "Given",
    "Manner",
    "Phrasing",
    "Proposal",
    "PublicBook",
    "Question",
    "Ruling",
    "State",
    "Version",
    "Visit",
    "VisitAnswer",
    "VisitState",
]
