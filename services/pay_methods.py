"""How the garage takes money: which methods, and the pictures customers scan to pay by telephone."""

from collections.abc import Collection

from sqlmodel import select

from db.enums import PaymentMethod
from db.models import PayWay
from services import permissions as may
from services.files import attach_photo, read
from services.i18n import N_
from services.photos import prepare_photo
from services.refusals import Missing, Refusal
from services.work import Work

SCANNED = (PaymentMethod.WECHAT, PaymentMethod.ALIPAY)
SCANNED_IN = ("CN", "HK", "MO")  # where everybody pays so, by ISO country code


class MethodNotTaken(Refusal):
    """{method} is not taken here."""


def methods_taken(work: Work) -> list[PaymentMethod]:
    """The methods offered at the counter; as long as nothing is set, those usual in the garage's country."""
    kept = {row.method: row.taken for row in _rows(work)}
    usual = work.garage.country in SCANNED_IN
    return [method for method in PaymentMethod if kept.get(method, method not in SCANNED or usual)]


def set_methods(work: Work, methods: Collection[PaymentMethod]) -> None:
    """Exactly these are offered from now on. Refuses with NotAllowed, and Missing when there is none."""
    work.needs(*may.MANAGES)
    if not methods:
        raise Missing(field=N_("Paid by"))
    kept = {row.method: row for row in _rows(work)}
    for method in PaymentMethod:
        row = kept.get(method) or PayWay(method=method)
        row.taken = method in methods
        work.db.add(row)
    work.event(work.garage, "changed", methods=[method.value for method in PaymentMethod if method in methods])


def pictures(work: Work) -> dict[PaymentMethod, str]:
    """The SHA-256 of the picture to scan, by method; methods without one are not named."""
    return {row.method: row.picture for row in _rows(work) if row.picture}


def picture(work: Work, method: PaymentMethod) -> bytes | None:
    """The picture to scan for a method; None when the garage has handed none in."""
    found = pictures(work).get(method)
    return read(work.ws.data_dir, found) if found else None


def put_picture(work: Work, method: PaymentMethod, data: bytes | None) -> None:
    """Keep the garage's own QR code for a method; None takes it away. Refuses with NotAllowed, and like `prepare_photo`."""
    work.needs(*may.MANAGES)
    row = work.db.get(PayWay, method) or PayWay(method=method, taken=method in methods_taken(work))
    row.picture = attach_photo(work, work.garage, prepare_photo(data), "pay_code").sha256 if data else ""
    work.db.add(row)
    work.event(work.garage, "changed", code=method.label if data else "")


def _rows(work: Work) -> list[PayWay]:
    return list(work.db.exec(select(PayWay)))
