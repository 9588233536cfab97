"""Chapter 01: its `figures`, `exercises` and `questions`."""
