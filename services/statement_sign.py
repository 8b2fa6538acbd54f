"""The customer's signature on a statement, drawn on the tablet and kept as evidence."""

from db.models import Attachment, Statement, WorkOrder
from services import permissions as may
from services.consent_rows import Signature
from services.files import attach_signature, attachments
from services.refusals import Refusal
from services.settlement import standing, statements
from services.work import Work


class StatementGone(Refusal):
    """Statement {number} was taken back meanwhile. Have the new one signed."""


class AlreadySigned(Refusal):
    """Statement {number} is signed already."""


def sign_statement(work: Work, statement_id: int, *, signature: Signature) -> Attachment:
    """Keep the customer's signature on a statement, once.

    Refuses with NotAllowed, StatementGone when it no longer counts, AlreadySigned, SignatureUnreadable, TooLittleInk.
    """
    work.needs(*may.TAKES_MONEY)
    statement = work.get(Statement, statement_id)
    order = work.lock(WorkOrder, statement.order_id)  # a credit note waits for it, and so does a second signature
    counts = standing(statements(work, order.id))
    if counts is None or counts.id != statement.id:
        raise StatementGone(number=statement.number)
    if attachments(work, statement, "signature"):
        raise AlreadySigned(number=statement.number)
    work.note(order, "statement_signed", statement=statement.number)
    return attach_signature(work, statement, signature.png, signature.strokes)
