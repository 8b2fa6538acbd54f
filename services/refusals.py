"""What the business refuses. The docstring of each class is the sentence the user sees."""

import inspect

from services.i18n import translate


class Refusal(Exception):
    """That is not possible."""

    def __init__(self, **params: object) -> None:
        super().__init__(params)
        self.params = params

    @classmethod
    def sentence(cls) -> str:
        """The English source text."""
        return inspect.cleandoc(cls.__doc__ or "")

    def say(self, language: str) -> str:
        """The sentence in `language`, with its details filled in."""
        return translate(language, self.sentence(), **self.params)


class NotAllowed(Refusal):
    """Your role does not allow this. Ask {who}."""


class WrongStatus(Refusal):
    """This was already changed by someone else: it is now “{status}”."""


class NotNow(Refusal):
    """This was already done, or is not possible now."""


class AtOnce(Refusal):
    """Somebody else was changing the same at this very moment. Try once more."""


class Stale(Refusal):
    """{name} changed this at {at} while you had it open. Look at the new state and try again."""


class NotFound(Refusal):
    """There is no such record."""


class AlreadyDone(Refusal):
    """This was already done; the second tap changed nothing."""


class Missing(Refusal):
    """Please fill in: {field}."""


class TooLong(Refusal):
    """{field}: at most {most} characters."""


class OutOfRange(Refusal):
    """{field}: between {least} and {most}."""


class ReasonMissing(Refusal):
    """Please give a reason."""


class InThePast(Refusal):
    """That time has already passed."""


class EndBeforeStart(Refusal):
    """The end lies before the start."""


class SlotTaken(Refusal):
    """That time was just taken. Please choose another."""
