"""Answers tapped and not yet given for good: they survive a reload and show on the person's other tablet.

They are about one version of the estimate; once there is another one they are forgotten.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete
from sqlmodel import col, select

from db.enums import Answer, ConsentMethod, OrderStatus
from db.models import Consent, Customer, Draft, OrderLine, Staff, WorkOrder
from services import drafts
from services import permissions as may
from services.consents import GIVEN, Signature, approve, still
from services.i18n import LANGUAGES
from services.refusals import WrongStatus
from services.work import Work


@dataclass
class Begun:
    """How far the customer has come: answers by line id, safety explained by job id, and how the answer comes."""

    answers: dict[int, Answer] = field(default_factory=dict)
    warned: set[int] = field(default_factory=set)
    method: ConsentMethod = ConsentMethod.SIGNED
    person: str | None = None
    note: str = ""
    language: str | None = None


def begun(work: Work, order: WorkOrder) -> Begun:
    """What this person has tapped about the order as it is now. One query."""
    data = drafts.take(work, _kind(order.id))
    if data.get("version") != order.estimate_version:
        return Begun()
    said = {int(key): Answer(value) for key, value in dict(data.get("answers", {})).items()}
    method = ConsentMethod(data.get("method", ConsentMethod.SIGNED))
    return Begun(
        said, set(data.get("warned", ())), method, data.get("person"), data.get("note", ""), data.get("language")
    )


def answer(work: Work, order_id: int, version: int, answers: Mapping[int, Answer | None]) -> Begun:
    """Note answers by line id; None takes one back. Refuses with Stale when the estimate is another one by now."""
    now, order = _begin(work, order_id, version)
    for key, said in answers.items():
        now.answers.pop(key, None)
        if said is not None and said != Answer.PENDING:
            now.answers[key] = said
    return _keep(work, order, now)


def warn(work: Work, order_id: int, version: int, order_job_id: int, said: bool) -> Begun:
    """Note that a job's safety was explained, or not yet. Refuses with Stale."""
    now, order = _begin(work, order_id, version)
    now.warned = now.warned | {order_job_id} if said else now.warned - {order_job_id}
    return _keep(work, order, now)


def how(work: Work, order_id: int, version: int, **said: Any) -> Begun:
    """Note method, person, note or language. Refuses with Stale; a language the program has not is left out."""
    now, order = _begin(work, order_id, version)
    for name in ("method", "person", "note", "language"):
        if name in said:
            setattr(now, name, said[name])
    if now.method not in GIVEN:
        now.method = ConsentMethod.SIGNED
    if now.language not in LANGUAGES:
        now.language = None
    return _keep(work, order, now)


def give(work: Work, order_id: int, version: int, signature: Signature | None = None) -> Consent:
    """Give what was tapped for good: the consent is kept, the order goes on, every draft about it is gone.

    Without another name it is the customer who answered. Refuses as `consents.approve` does; then the draft stays.
    """
    order = work.lock(WorkOrder, order_id)
    still(work, order, version)
    now = begun(work, order)
    asked = work.db.exec(select(OrderLine.id).where(OrderLine.order_id == order_id, OrderLine.answer == Answer.PENDING))
    consent = approve(
        work,
        order_id,
        answers={key: now.answers[key] for key in asked if key in now.answers},
        method=now.method,
        person=work.get(Customer, order.customer_id).name if now.person is None else now.person,
        signature=signature,
        note=now.note,
        version=version,
        warned=now.warned,
        language=now.language or "",
    )
    work.db.execute(
        delete(Draft).where(col(Draft.kind) == _kind(order_id)).execution_options(synchronize_session=False)
    )
    return consent


def _begin(work: Work, order_id: int, version: int) -> tuple[Begun, WorkOrder]:
    work.needs(*may.RECEIVES)
    order = work.get(WorkOrder, order_id)
    if order.status != OrderStatus.AWAITING_APPROVAL:  # somebody was faster, or took the estimate back
        raise WrongStatus(status=order.status.label)
    still(work, order, version)
    if work.by.id:
        work.lock(Staff, work.by.id)  # their other tablet may tap another line at this moment
    return begun(work, order), order


def _keep(work: Work, order: WorkOrder, now: Begun) -> Begun:
    said: dict[str, Any] = {"person": now.person, "note": now.note, "language": now.language}
    drafts.keep(
        work,
        _kind(order.id),
        {
            "version": order.estimate_version,
            "answers": {str(key): answer.value for key, answer in now.answers.items()},
            "warned": sorted(now.warned),
            "method": now.method.value,
            **{name: value for name, value in said.items() if value is not None},
        },
    )
    return now


def _kind(order_id: int) -> str:
    return f"agree_{order_id}"
