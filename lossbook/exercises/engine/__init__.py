"""How an answer is tried, compared and told: the same for exercises and graded work."""
