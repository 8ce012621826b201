"""The solutions, as real code: `Exercise.solution` shows it, and a test runs it."""
