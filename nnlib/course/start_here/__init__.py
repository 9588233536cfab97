"""Chapter 00: its `figures` and `exercises`."""
