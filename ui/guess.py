"""What was searched for in vain is most of the form for somebody new already."""

from services.normalize import plate


def field_for(words: str) -> str:
    """Which field of a new customer a search was: "phone" for digits, "plate" for letters with digits, "name" for the rest."""
    key = plate(words)
    if key.isdigit():
        return "phone"
    return "plate" if any(char.isdigit() for char in key) else "name"
