"""What makes the site and its formats, and copies of notebooks for elsewhere."""
