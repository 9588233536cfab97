"""Chapter 09: its `figures`, `exercises` and `questions`."""
