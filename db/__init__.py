"""Models, column types, engine and migrations."""
