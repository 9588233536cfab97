"""Chapter 05: its `figures`, `exercises` and `questions`."""
