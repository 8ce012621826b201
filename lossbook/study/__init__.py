"""Study: questions that answer back and cards to turn, written once as data."""

from .cards import cards as cards
from .chooser import chooser as chooser
from .confidence import confidence as confidence
from .progress import progress as progress
from .quiz import quiz as quiz
from .records import (
    Answer as Answer,
    Card as Card,
    Choice as Choice,
    Example as Example,
    Line as Line,
    Mistake as Mistake,
    Question as Question,
)
from .self_test import self_test as self_test
from .today import today as today
from .worked import worked as worked
