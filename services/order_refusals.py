"""What can stand in the way of a car's next step. The docstrings are what people read under a greyed button."""

from services.refusals import Refusal


class NotGreeted(Refusal):
    """The customer has not been greeted yet."""


class InspectionMissing(Refusal):
    """The walk-around is missing: odometer and fuel are not recorded."""


class DeclineNotSigned(Refusal):
    """The customer declined the walk-around and has not signed for that yet."""


class NoJobs(Refusal):
    """The order has no priced job yet."""


class PromiseMissing(Refusal):
    """No promised time yet."""


class ConsentMissing(Refusal):
    """The customer has not answered about: {lines}."""


class MoneyHeld(Refusal):
    """{sum} of the customer's money is still here. Give it back first."""


class NothingAgreed(Refusal):
    """The customer has not agreed to any work."""


class NotHandedOver(Refusal):
    """Reception has not handed the car over to the workshop yet."""


class KeyTagMissing(Refusal):
    """The key has no tag yet."""


class QuestionOpen(Refusal):
    """The workshop asked reception something about this car; the answer is still to come."""


class ClaimNotAgreed(Refusal):
    """Customer, insurer and garage have not all agreed to the assessment. Ask them, or note why it goes on without."""


class NobodyAssigned(Refusal):
    """Nobody has been given this car yet."""


class ClockRunning(Refusal):
    """A clock is still running on this car."""


class WorkUndone(Refusal):
    """Not finished yet: {jobs}."""


class StillOut(Refusal):
    """Still out at a supplier: {lines}."""


class PartsOut(Refusal):
    """The store has given out for this car: {lines}. Take it back first."""


class OwnWork(Refusal):
    """You worked on this car, so somebody else has to check it."""


class FinalInspectionMissing(Refusal):
    """Final inspection missing."""


class DeliveryCheckMissing(Refusal):
    """Pre-delivery check missing."""


class CustomerNotTold(Refusal):
    """The customer has not been told yet."""


class StatementMissing(Refusal):
    """The statement has not been issued yet."""


class PriceMissing(Refusal):
    """The price is still missing: {lines}."""


class MoneyOwed(Refusal):
    """Still owed: {sum}. Take payment, or ask the manager for credit."""


class ExitPassMissing(Refusal):
    """The exit pass has not been issued yet."""
