"""Why extra work is needed: tapped words are kept as they were said, and said to everybody in their own language."""

from services.i18n import LANGUAGES, N_, translate

WHY = (N_("Worn out"), N_("Leaking"), N_("Broken"), N_("Noise"), N_("Due by distance or date"))
BETWEEN = " – "  # the tapped reason, and what else was found


def said(language: str, reason: str) -> str:
    """A reason in the reader's language as far as it was tapped; what somebody typed stays as it is."""
    first, dash, rest = reason.partition(BETWEEN)
    known = next((text for text in WHY if any(translate(one, text) == first for one in LANGUAGES)), None)
    return f"{translate(language, known)}{dash}{rest}" if known else reason
