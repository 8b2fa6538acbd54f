"""The demo garage: what it consists of, in each language, and how it is made."""
