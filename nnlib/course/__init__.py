"""One module a chapter: its live pieces and its exercises.  The point of a chapter stands in its notebook."""
