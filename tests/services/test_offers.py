"""What a caller is offered: the wish when it is free, what is nearest, and the quiet hours, always at least two."""

from datetime import UTC, date, datetime, timedelta

import pytest

from db.enums import BayKind, Skill
from db.models import Absence, ClosingDay, Part, Reservation
from services.capacity_refusals import NobodySkilled, TooLarge
from services.catalogue import estimate, find_jobs, groups
from services.free_time import Need
from services.offers import EARLIEST, NEAREST, QUIET, WISH, offers
from services.refusals import Missing, NotFound
from services.work import Work, unit_of_work
from services.workspace import Workspace

SERVICE = [Need(BayKind.LIFT, Skill.SERVICE, 60)]
TUESDAY = date(2026, 11, 24)


def at(hour: int, minute: int = 0, day: date = TUESDAY) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


def take_lifts(work: Work, starts: datetime, ends: datetime) -> None:
    for bay in (1, 2):
        work.add(Reservation(bay_id=bay, starts_at=starts, ends_at=ends))


def test_a_free_wish_comes_first_then_the_nearest_then_a_quiet_hour(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        work.add(Reservation(bay_id=1, starts_at=at(9), ends_at=at(17)))
        found = offers(work, SERVICE, at(10))
        assert [(offer.starts_at, offer.why) for offer in found] == [
            (at(10), WISH),
            (at(9), NEAREST),
            (at(8, day=date(2026, 11, 25)), QUIET),
        ]
        assert found[0].ends_at == at(11)


def test_a_taken_wish_is_answered_with_the_nearest_times(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        take_lifts(work, at(9), at(11))
        found = offers(work, SERVICE, at(9, 30))
        assert [(offer.starts_at, offer.why) for offer in found][:2] == [(at(8), NEAREST), (at(11), NEAREST)]
        assert len(found) == 3


def test_without_a_wish_the_first_free_time_and_quiet_hours_of_other_days_are_offered(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        found = offers(work, SERVICE)
        assert [(offer.starts_at, offer.why) for offer in found] == [
            (at(8), EARLIEST[BayKind.LIFT]),
            (at(8, day=date(2026, 11, 25)), QUIET),
            (at(8, day=date(2026, 11, 26)), QUIET),
        ]


def test_when_the_garage_calls_there_is_one_choice_more(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        assert len(offers(work, SERVICE, garage_called=True)) == 4


def test_offers_stay_between_tomorrow_and_the_last_bookable_day(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        assert offers(work, SERVICE, at(10, day=date(2026, 11, 23)))[0].starts_at == at(8)
        last = offers(work, SERVICE, at(10, day=date(2026, 12, 24)))
        assert last[0].starts_at == at(17, day=date(2026, 11, 30))
        exception = offers(work, SERVICE, at(15, day=date(2026, 11, 23)), around=date(2026, 11, 23))
        assert (exception[0].starts_at, exception[0].why) == (at(15, day=date(2026, 11, 23)), WISH)


def test_two_choices_are_found_even_when_they_lie_close_together(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        for day in range(7):
            take_lifts(work, at(8) + timedelta(days=day), at(16 if day == 0 else 18) + timedelta(days=day))
        assert [offer.starts_at for offer in offers(work, SERVICE)] == [at(16), at(17), at(16, 15)]


def test_nothing_is_offered_when_nothing_is_free(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        for day in range(8):
            work.add(ClosingDay(day=TUESDAY + timedelta(days=day)))
        assert offers(work, SERVICE) == []
    with unit_of_work(ws) as work:
        for person in (3, 4, 5):
            work.add(Absence(staff_id=person, starts_at=at(0), ends_at=at(0) + timedelta(days=9)))
        assert offers(work, SERVICE) == []


def test_what_nobody_can_ever_do_is_refused_with_the_reason(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        with pytest.raises(NobodySkilled):
            offers(work, [Need(BayKind.LIFT, Skill.EV, 60)])
        with pytest.raises(TooLarge):
            offers(work, [Need(BayKind.LIFT, Skill.SERVICE, 300 * 60)])


def test_an_estimate_tells_time_price_and_what_is_short(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        told = estimate(work, [1, 2, 1])
        assert (told.minutes, str(told.price), told.short) == (150, "240.75", [])
        assert [(one.job.code, str(one.price), [part.name for part in one.parts]) for one in told.offered] == [
            ("SVC", "102.75", ["Engine oil 5W-30"]),
            ("BRK", "138.00", ["Front brake pads"]),
        ]
        work.garage.tax_included = False
        with_tax = estimate(work, [1, 2])
        assert (str(with_tax.price), [str(one.price) for one in with_tax.offered]) == ("288.90", ["123.30", "165.60"])
        with pytest.raises(Missing):
            estimate(work, [])
        with pytest.raises(NotFound):
            estimate(work, [1, 99])


def test_parts_that_are_not_in_stock_are_named(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        work.get(Part, 2).on_hand = work.get(Part, 2).on_hand * 0
        assert [part.name for part in estimate(work, [1, 2]).short] == ["Front brake pads"]


def test_jobs_are_found_by_group_and_by_words(ws: Workspace) -> None:
    with unit_of_work(ws) as work:
        assert groups(work) == ["brakes", "electrics", "service"]
        assert [one.job.code for one in find_jobs(work, group="brakes")] == ["BRK"]
        assert [one.job.code for one in find_jobs(work, typed="PADS front")] == ["BRK"]
        assert [one.job.code for one in find_jobs(work, typed="bat")] == ["BAT"]
        assert find_jobs(work, typed="%") == []
