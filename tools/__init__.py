"""The parts of course.py: setting up, opening, testing and looking after it.  Standard library only."""
