"""Taking a car apart to find out what is wrong: a job of its own, which the customer agrees to up to a sum."""

from decimal import Decimal

from db.enums import Skill
from db.models import OrderJob
from services import orders
from services.i18n import N_, translate
from services.order_moves import ORDERS
from services.people import skills
from services.refusals import Missing, Refusal
from services.validate import line
from services.work import Work
from services.workflow import facts_of


class DismantlingThere(Refusal):
    """Dismantling for diagnosis is on the order already."""


def propose_dismantling(
    work: Work, order_id: int, *, up_to: Decimal | None, what: str = "", minutes: int = 60
) -> OrderJob:
    """Put dismantling for diagnosis on the order: priced when it is known, at most `up_to`; `what` is taken apart, in a few words.

    Nobody works on it before the customer agrees, and more than the limit is asked anew. Refuses with Missing without a
    limit, DismantlingThere for the same again, OutOfRange, TooLong, WrongStatus.
    """
    if not up_to:
        raise Missing(field=N_("At most"))
    name = translate(work.garage.language, N_("Dismantling for diagnosis"))
    what = line(what, N_("What is taken apart"), 100, needed=False)
    title = f"{name}: {what}" if what else name
    job = orders.add_job(work, order_id, title=title, minutes=minutes, unpriced=True, up_to=up_to)
    others = (one for one in facts_of(work, ORDERS, order_id).jobs if one.id != job.id)
    if any(one.dismantling and one.title == title for one in others):
        raise DismantlingThere
    job.dismantling = True
    if any(Skill.DIAGNOSIS in held for held in skills(work).values()):  # else whoever repairs here finds out too
        job.skill = Skill.DIAGNOSIS
    return work.add(job)
