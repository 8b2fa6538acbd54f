"""Judging booking (B16): how well wishes become bookings, bookings become visits, and what the desk did on time.

Two groups of bookings are judged: those asked for in the span of days (by when they were made), and those due in it (by the
time they were booked for).
"""

from datetime import datetime, timedelta

from db.enums import AppointmentStatus as S
from db.enums_desk import TaskKind, TaskOutcome
from services.bay_load import BayLoad
from services.booking_rows import Booked, arrivals, asked, due
from services.i18n import N_
from services.indicators import Indicator, Row, Span, Unit, count, mean, middle, share
from services.work import Work

STOCK_TIME = timedelta(minutes=5)
_FIRST = ("success", "booked", "show_up", "no_shows")  # what is asked for first
_STANDS = (S.CONFIRMED, S.ARRIVED, S.NO_SHOW)
_ANSWERS = (TaskOutcome.DONE, TaskOutcome.IN_STOCK, TaskOutcome.ORDER, TaskOutcome.NO)


def judge_booking(work: Work, span: Span) -> list[Indicator]:
    """Every indicator of the booking desk for a span of days. Nine queries, whatever lies before it."""
    start, end = span.bounds(work.zone)
    wishes, visits = asked(work, start, end), due(work, start, end)
    over = work.now - timedelta(minutes=work.garage.grace_minutes)
    found = [
        *_of_wishes([one for one in wishes if one.status != S.REQUESTED], work.now),
        *_of_visits(visits, over),
        _booked_share(arrivals(work, start, end)),
        _reminded(work, visits, over),
    ]
    return sorted(found, key=lambda one: _FIRST.index(one.key) if one.key in _FIRST else len(_FIRST))


def _of_wishes(wishes: list[Booked], now: datetime) -> list[Indicator]:
    """`wishes`: all that were asked for, those still open left out."""
    made = [one for one in wishes if one.status != S.UNMET]
    ahead = [one.row(True, at=one.first_at, other=one.created_at, minutes=_ahead(one)) for one in made if one.first_at]
    lead = {"at": N_("Booked for"), "other": N_("Made"), "minutes": N_("Lead time")}
    return [
        share("success", N_("Booking success"), N_("Bookings made ÷ everyone who asked (bookings made and wishes not met)"),
              [one.row(one.status != S.UNMET, *_why(one), other=one.created_at) for one in wishes], 1, other=N_("Asked"),
              words=N_("Reason")),
        count("unmet", N_("Wishes not met"), N_("Wishes not met, of everyone who asked; each with its reason"),
              [one.row(one.status == S.UNMET, *_why(one), other=one.created_at) for one in wishes], -1, other=N_("Asked"),
              words=N_("Reason")),
        share("as_asked", N_("Wish met as asked"), N_("Bookings at the very time wished ÷ bookings made with a time wished"),
              [one.row(one.wished_at == one.first_at, at=one.first_at, other=one.wished_at) for one in made if one.wished_at],
              1, at=N_("Booked for"), other=N_("Wished")),
        middle("lead", N_("Lead time, typical"),
               N_("From the call to the time booked: half of the bookings made lie below, half above (median)"), ahead, 0, **lead),
        mean("lead_mean", N_("Lead time, mean"), N_("All lead times together ÷ bookings made"), ahead, 0, **lead),
        share("overrides", N_("Exceptions"), N_("Bookings with an exception to the rules ÷ bookings made"),
              [one.row(bool(one.excused), *one.excused, at=one.first_at) for one in made], -1, at=N_("Booked for"),
              words=N_("Reason")),
        share("called", N_("Garage called first"), N_("Bookings from the garage's own calls ÷ bookings made"),
              [one.row(one.garage_called, one.channel.label, other=one.created_at) for one in made], 1, other=N_("Made"),
              words=N_("Channel")),
        share("stock", N_("Stock answered in time"),
              N_("Questions whether a part is there answered within 5 minutes ÷ all such questions"),
              _answers(wishes, now), 1, at=N_("Answered"),
              other=N_("Asked"), minutes=N_("Took")),
    ]  # fmt: skip


def _of_visits(visits: list[Booked], over: datetime) -> list[Indicator]:
    """`visits`: what was booked for the span. `over`: who was booked before it should have come by now."""
    expected = [one for one in visits if _was_due(one, over)]
    stood = [one for one in visits if one.status not in (S.REQUESTED, S.UNMET)]
    return [
        share("show_up", N_("Show-up"), N_("Booked cars that came ÷ bookings whose time has come, cancelled ones left out"),
              [one.row(one.status == S.ARRIVED, one.status.label, at=one.starts_at) for one in expected], 1,
              at=N_("Booked for"), words=N_("Status")),
        count("no_shows", N_("No-shows"), N_("Bookings recorded as no-show, of those whose time has come"),
              [one.row(one.status == S.NO_SHOW, one.status.label, at=one.starts_at) for one in expected], -1,
              at=N_("Booked for"), words=N_("Status")),
        share("cancelled", N_("Cancelled"), N_("Bookings cancelled ÷ all booked for these days"),
              [one.row(one.status == S.CANCELLED, *_why(one), at=one.starts_at) for one in stood], -1,
              at=N_("Booked for"), words=N_("Reason")),
        share("moved", N_("Moved"), N_("Bookings moved to another time at least once ÷ all booked for these days"),
              [one.row(bool(one.moves), at=one.starts_at, other=one.first_at if one.moves else None) for one in stood], -1,
              at=N_("Booked for"), other=N_("At first")),
    ]  # fmt: skip


def _booked_share(came: list[Row]) -> Indicator:
    return share("booked", N_("Came with a booking"), N_("Cars that came with a booking ÷ all cars that came"), came, 1,
                 at=N_("Came"))  # fmt: skip


def load_indicator(load: BayLoad) -> Indicator:
    """The share of the bays' open time that is taken, with a row for each day."""
    value = load.taken / load.open if load.open else None
    titles = {"at": N_("Day"), "minutes": N_("Taken"), "words": N_("Share")}
    return Indicator("load", N_("Load of the bays"), N_("Time the bays are taken ÷ time the bays are open"),
                     Unit.SHARE, value,
                     load.taken * 15, load.open * 15, 0, load.rows, titles)  # fmt: skip


def _reminded(work: Work, visits: list[Booked], over: datetime) -> Indicator:
    """Only who booked on an earlier day can be reminded."""
    told = [_reminder(one) for one in visits if _was_due(one, over) and _earlier_day(work, one)]
    return share("reminded", N_("Reminded in time"),
                 N_("Customers reached by a reminder before their time ÷ those who booked on an earlier day and were due"), told, 1,
                 at=N_("Booked for"), other=N_("Reminded"))  # fmt: skip


def _was_due(one: Booked, over: datetime) -> bool:
    return one.status in _STANDS and one.starts_at is not None and (one.status != S.CONFIRMED or one.starts_at < over)


def _earlier_day(work: Work, one: Booked) -> bool:
    return one.starts_at is not None and work.local(one.created_at).date() < work.local(one.starts_at).date()


def _why(one: Booked) -> tuple[str, ...]:
    """The reason of a wish not met or of a cancelled booking, in our words and in the person's own."""
    if one.status not in (S.UNMET, S.CANCELLED):
        return ()
    return tuple(word for word in (one.unmet_reason.label if one.unmet_reason else "", one.reason) if word)


def _ahead(one: Booked) -> int:
    """Minutes from the call to the time agreed first."""
    return int(((one.first_at or one.created_at) - one.created_at).total_seconds() // 60)


def _answers(wishes: list[Booked], now: datetime) -> list[Row]:
    """One row for each question; one asked a moment ago and not answered yet is not late."""
    found = []
    for one in wishes:
        if asked_at := one.stock_asked_at:
            told = (result.at for result in one.results if result.kind == TaskKind.STOCK and result.outcome in _ANSWERS)
            at = next((at for at in told if at >= asked_at), None)
            took = (at or now) - asked_at
            if at or took > STOCK_TIME:
                minutes = int(took.total_seconds() // 60) if at else None
                found.append(one.row(took <= STOCK_TIME, at=at, other=asked_at, minutes=minutes))
    return found


def _reminder(one: Booked) -> Row:
    """By a call noted or by a message; a reminder of another time than the one that stands was for nothing."""
    kinds = (TaskKind.REMIND, TaskKind.REMIND_EARLY)
    told = [
        result.at
        for result in one.results
        if result.kind in kinds and result.outcome == TaskOutcome.DONE and result.about_at in (None, one.starts_at)
    ]
    first = min((*told, *one.reminders), default=None)
    return one.row(
        first is not None and one.starts_at is not None and first < one.starts_at, at=one.starts_at, other=first
    )
