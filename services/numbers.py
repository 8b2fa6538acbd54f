"""Numbers people can say on the phone, without gaps."""

from sqlalchemy import text

from services.work import Work

_NEXT = text(
    "INSERT INTO number_series (kind, period, last) VALUES (:kind, :period, 1) "
    "ON CONFLICT (kind, period) DO UPDATE SET last = number_series.last + 1 RETURNING last"
)


def _next(work: Work, kind: str, period: str) -> int:
    return int(work.db.connection().execute(_NEXT, {"kind": kind, "period": period}).scalar_one())


def daily_number(work: Work, kind: str) -> str:
    """The next number of the local day, such as B261122-07."""
    day = work.local(work.now).strftime("%y%m%d")
    return f"{kind}{day}-{_next(work, kind, day):02d}"


def yearly_number(work: Work, kind: str) -> str:
    """The next number of the local year, such as S2026-00042. A rolled back act gives its number back."""
    year = work.local(work.now).strftime("%Y")
    return f"{kind}{year}-{_next(work, kind, year):05d}"
