"""SCORM 1.2 packages: a page each, with a grade in the learning system."""

from .packaging import build

__all__ = ["build"]
