"""The lessons as data: who says what, for the page and for the ear."""

from .dialogue import (
    CAST as CAST,
    Dialogue as Dialogue,
    Sentence as Sentence,
    Speaker as Speaker,
    dialogue as dialogue,
    topics as topics,
)
from .narration import (
    Narration as Narration,
    Section as Section,
    narrated as narrated,
    narration as narration,
)
from .score import (
    Score as Score,
    score as score,
    scored as scored,
)
