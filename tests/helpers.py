"""Valid input for any loss of the catalogue."""

# How far from a kink a drawn example stays, so that its slope can be measured.
CLEARANCE = 0.05


def draw(loss, rng, n=12):
    """Labels and predictions that `loss` accepts, away from its kinks."""
    if loss.labels == "numbers":
        return rng.normal(size=n), 3 * rng.normal(size=n)
    raise NotImplementedError(f"draw() knows no labels {loss.labels!r}")
