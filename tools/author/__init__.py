"""What writers run: it renews what is committed beside the texts."""
