"""What makes the book's site: `directives` while pages are read, then `site`."""
