"""Commands on an assignment.  Each module says what one may be told, and runs it."""
