"""Tests, one file per module of the application."""
