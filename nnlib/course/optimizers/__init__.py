"""Chapter 08: its `figures`, `exercises` and `questions`."""
