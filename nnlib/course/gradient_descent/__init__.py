"""Chapter 07: its `figures`, `exercises` and `questions`."""
