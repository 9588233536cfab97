"""Chapter 06: its `figures`, `exercises` and `questions`."""
