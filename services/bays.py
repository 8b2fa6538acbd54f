"""Bays: added, renamed, put in order, taken out of use. A bay with history is never deleted."""

from sqlmodel import col, func, select

from db.enums import BayKind
from db.models import Bay
from services import permissions as may
from services import validate
from services.i18n import N_
from services.refusals import Refusal
from services.work import Work


class BayNameTaken(Refusal):
    """There is already a bay called {name}."""


def all_bays(work: Work) -> list[Bay]:
    """Every bay in its order, those out of use last."""
    return list(work.db.exec(select(Bay).order_by(col(Bay.active).desc(), col(Bay.position), col(Bay.id))))


def add_bay(work: Work, *, name: str, kind: BayKind) -> Bay:
    """A new bay at the end. Refuses with NotAllowed, Missing, TooLong or BayNameTaken."""
    work.needs(*may.MANAGES)
    position = (work.db.exec(select(func.max(Bay.position))).one() or 0) + 1
    bay = work.add(Bay(name=_free_name(work, name), kind=kind, position=position))
    work.event(bay, "added", name=bay.name, kind=kind.value)
    return bay


def change_bay(work: Work, bay_id: int, *, name: str, kind: BayKind, active: bool) -> Bay:
    """Rename a bay, give it another kind, take it out of use or back."""
    work.needs(*may.MANAGES)
    bay = work.lock(Bay, bay_id)
    bay.name, bay.kind, bay.active = _free_name(work, name, bay_id), kind, active
    work.db.add(bay)
    work.event(bay, "changed", name=bay.name, kind=kind.value, active=active)
    return bay


def _free_name(work: Work, typed: str, own: int = 0) -> str:
    name = validate.line(typed, N_("Bay"), 40)
    if work.db.exec(select(Bay.id).where(Bay.name == name, Bay.id != own)).first():
        raise BayNameTaken(name=name)
    return name
