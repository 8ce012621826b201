"""Exercises on forecasts: two scores, honesty, calibration, order and temperature."""

from .tasks import (
    auc as auc,
    cooled as cooled,
    ece as ece,
    expected_brier as expected_brier,
    nearly_zero as nearly_zero,
    two_scores as two_scores,
)
