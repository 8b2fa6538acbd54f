"""Why a car cannot come at a time. The docstrings are what people read when a drag snaps back."""

from services.refusals import Refusal, SlotTaken


class GarageClosed(Refusal):
    """The garage is closed at that time."""


class ClosedDay(Refusal):
    """The garage is closed on that day: {reason}."""


class OffGrid(Refusal):
    """Times begin on the quarter of an hour: 9:00, 9:15, 9:30, 9:45."""


class NobodySkilled(Refusal):
    """Nobody here has the skill for this: {skill}."""


class OnlyOneSkilled(Refusal):
    """This takes two people, and only one here has the skill: {skill}."""


class NoSuchBay(Refusal):
    """The garage has no bay for this: {kind}."""


class WrongBay(Refusal):
    """{bay} does not fit: the job needs another kind of bay ({kind})."""


class LacksSkill(Refusal):
    """{name} does not have the skill for this: {skill}."""


class NotAtWork(Refusal):
    """{name} is not at work for the whole of that time (shift, break or absence)."""


class NobodyAtWork(Refusal):
    """Nobody who can do this is at work for the whole of that time (shifts, breaks, absence)."""


class BayTaken(SlotTaken):
    """{bay} is taken at that time. Please choose another."""


class PersonTaken(SlotTaken):
    """{name} has another car at that time. Please choose another."""


class TooLarge(Refusal):
    """These jobs take {hours} hours: more than fits into the next {days} days. Book them in two visits."""
