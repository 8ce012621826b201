"""The topics: one word each, which names a chapter, its questions, cards and exercises.

What has something on each topic takes its list from here.  Those of the course have a
dialogue, a narration, a lesson to watch, exam items and a place in the self-test, too.
"""

COURSE = ("what_is_a_loss", "cross_entropy", "mean_squared_error", "hinge", "choosing")

FURTHER: tuple[str, ...] = (
    # The part "Further losses": a line for each, in the order of the contents.
    "numbers",
    "forecasts",
    "rare_and_small",
    "similarity",
    "language_models",
)

TOPICS = (*COURSE, *FURTHER)
