"""Study: questions that answer back and cards to turn, written once as data."""

from .cards import cards as cards
from .chooser import chooser as chooser
from .progress import progress as progress
from .quiz import quiz as quiz
from .records import (
    Answer as Answer,
    Card as Card,
    Choice as Choice,
    Mistake as Mistake,
    Question as Question,
)
from .self_test import self_test as self_test
