"""Checks of the source itself: pure functions from source text to complaints, so that they can be tested too."""
