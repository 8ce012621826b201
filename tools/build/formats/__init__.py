"""The book in one file: as a PDF, as an EPUB, and as a zip of its site."""
