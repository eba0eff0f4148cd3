"""Finding voices: the same words in every inflection, on SQLite and on PostgreSQL."""

from gehoor.rooms.voices.search.filters import ORDERS, Filters
from gehoor.rooms.voices.search.finder import find
from gehoor.rooms.voices.search.hits import hits
from gehoor.rooms.voices.search.query import Query, parse

__all__ = ["ORDERS", "Filters", "Query", "find", "hits", "parse"]
