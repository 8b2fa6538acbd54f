"""The demo garage's content: complete, consistent, and the same shape in both languages."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import phonenumbers
import pytest
from babel.numbers import get_currency_name

from db.enums import BayKind, Role, Skill
from db.models import Complaint, Customer, DamageMark, Job, Part, Staff
from services.demo.content import LANGUAGES, Content, load
from services.demo.garage_content import Fuel
from services.demo.records import build

HANZI = re.compile(r"[\u4e00-\u9fff]")
HANDS = {Role.TECHNICIAN, Role.TEAM_LEADER}
SAME_IN_BOTH = {"code", "job", "key", "bay_kind", "skill", "hours", "kind", "diagnosis", "urgency", "safety"}


@dataclass(frozen=True)
class Fuelled:
    fuel: Fuel


@pytest.fixture(params=LANGUAGES)
def content(request: pytest.FixtureRequest) -> Content:
    return load(request.param)


def texts(value: Any) -> Iterable[str]:
    if is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)
    elif type(value) is str:
        yield value


def test_counts_are_those_of_a_real_small_garage(content: Content) -> None:
    garage = content.garage
    assert (len(garage.bays), len(garage.people), len(content.jobs), len(content.parts)) == (6, 10, 62, 205)
    assert len(content.models) >= 40
    assert len(content.concerns) >= 40
    assert {role for person in garage.people for role in person.roles} == set(Role)
    assert [bay.kind for bay in garage.bays].count(BayKind.LIFT) == 3


def test_codes_and_names_are_unique(content: Content) -> None:
    for rows in (
        [job.code for job in content.jobs],
        [job.name for job in content.jobs],
        [part.code for part in content.parts],
        [part.name for part in content.parts],
        [part.place for part in content.parts],
        [found.key for found in content.diagnoses],
        [concern.text for concern in content.concerns],
        [(model.make, model.model) for model in content.models],
        [person.name for person in content.garage.people],
        [person.phone for person in content.garage.people],
        [bay.name for bay in content.garage.bays],
        list(content.market.surnames),
        list(content.market.given_names),
    ):
        assert len(rows) == len(set(rows))


def test_every_code_leads_to_a_job_a_part_or_a_diagnosis(content: Content) -> None:
    named = [code for concern in content.concerns for code in concern.jobs]
    named += [code for found in content.diagnoses for code in found.jobs]
    named += [one.job for one in content.extra_work] + [one.job for one in content.recommendations]
    assert set(named) <= set(content.job)
    assert {use.code for job in content.jobs for use in job.parts} <= set(content.part)
    assert {concern.diagnosis for concern in content.concerns} - {None} == set(content.diagnosis)


def test_a_diagnosis_cures_what_the_customer_came_for(content: Content) -> None:
    for concern in content.concerns:
        if concern.diagnosis:
            assert set(concern.jobs) & set(content.diagnosis[concern.diagnosis].jobs)


def test_every_job_has_a_bay_and_two_people_who_can_do_it(content: Content) -> None:
    bays = {bay.kind for bay in content.garage.bays}
    hands = [person for person in content.garage.people if HANDS & set(person.roles)]
    for job in content.jobs:
        assert job.bay_kind in bays
        assert sum(job.skill in person.skills for person in hands) >= 2
    assert {skill for person in content.garage.people for skill in person.skills} == set(Skill)


def test_somebody_who_did_not_do_the_work_can_inspect_it(content: Content) -> None:
    inspectors = [person for person in content.garage.people if Role.INSPECTOR in person.roles]
    assert len(inspectors) == 2
    assert not any(Role.TECHNICIAN in person.roles for person in inspectors)


def test_prices_are_sensible(content: Content) -> None:
    for part in content.parts:
        assert Decimal(0) < part.cost < part.price
        assert part.minimum <= part.stock
    for job in content.jobs:
        assert job.minutes > 0
        assert job.price <= job.hours * content.garage.labour_rate * Decimal("1.5")
        assert all(use.quantity > 0 for use in job.parts)


@pytest.mark.parametrize("fuel", Fuel)
def test_every_drive_has_its_service_and_its_troubles(content: Content, fuel: Fuel) -> None:
    routine = [job for job in content.jobs if job.every_km and job.bay_kind is BayKind.LIFT and job.fits(fuel)]
    assert routine
    assert len(content.concerns_for(fuel)) >= 20
    assert len(content.extra_work_for(fuel)) >= 10
    assert len(content.recommendations_for(fuel)) >= 5


def test_an_electric_car_gets_no_oil_change() -> None:
    english = load("en")
    codes = {code for concern in english.concerns_for(Fuel.EV) for code in concern.jobs}
    assert "EV-01" in codes
    assert not codes & {"SVC-01", "SVC-03", "ENG-01", "TRN-02"}


def test_feedback_is_good_and_bad_and_its_scores_fit(content: Content) -> None:
    assert sum(one.good for one in content.feedback) >= 10
    assert sum(not one.good for one in content.feedback) >= 5
    for one in content.feedback:
        scores = (one.quality, one.attitude, one.punctuality, one.price, one.cleanliness)
        assert 0 <= one.recommend <= 10
        assert all(1 <= score <= 5 for score in scores)
        assert one.good == (min(scores) >= 3)


def test_damage_lies_on_the_car(content: Content) -> None:
    assert {mark.view for mark in content.damage} == {"left", "right", "front", "rear", "top"}
    assert all(0 < mark.x < 1000 and 0 < mark.y < 1000 for mark in content.damage)


def test_the_garage_is_of_its_country() -> None:
    english, chinese = load("en").garage, load("zh_CN").garage
    assert (english.country, english.currency, english.tax_percent, english.tax_included) == (
        "GB",
        "GBP",
        Decimal(20),
        False,
    )
    assert (chinese.country, chinese.currency, chinese.tax_percent, chinese.tax_included) == (
        "CN",
        "CNY",
        Decimal(13),
        True,
    )
    for garage in (english, chinese):
        assert ZoneInfo(garage.zone).key == garage.zone
        assert get_currency_name(garage.currency, locale="en") != garage.currency
        assert [day.weekday for day in garage.hours] == [0, 1, 2, 3, 4, 5]
        assert all(day.opens < day.closes for day in garage.hours)
        for phone in (garage.phone, *(person.phone for person in garage.people)):
            assert phonenumbers.is_valid_number(phonenumbers.parse(phone))


def test_english_has_no_chinese_in_it_and_chinese_sentences_are_chinese() -> None:
    assert [text for text in texts(load("en")) if HANZI.search(text)] == []
    chinese = load("zh_CN")
    told = (chinese.concerns, chinese.extra_work, chinese.damage, chinese.complaints, chinese.feedback, chinese.rework)
    longer = [text for text in texts(told) if len(text) > 12]
    assert [text for text in longer if not HANZI.search(text)] == []


def shape(value: Any, name: str = "") -> Any:
    """What must be equal in both languages: structure, codes and choices, but no words and no prices."""
    if is_dataclass(value):
        return {field.name: shape(getattr(value, field.name), field.name) for field in fields(value)}
    if isinstance(value, tuple):
        return [shape(item, name) for item in value]
    return value if name in SAME_IN_BOTH else type(value) is not type(None) and bool(value)


@pytest.mark.parametrize("name", ["jobs", "parts", "concerns", "diagnoses", "extra_work", "damage", "recommendations"])
def test_both_languages_are_parallel(name: str) -> None:
    english, chinese = (shape(getattr(load(language), name)) for language in LANGUAGES)
    if name == "jobs":
        for job in (*english, *chinese):
            del job["every_km"], job["every_months"], job["price"]
    assert english == chinese


def test_lists_are_equally_long_in_both_languages() -> None:
    english, chinese = (load(language) for language in LANGUAGES)
    for field in fields(Content):
        value = getattr(english, field.name)
        if isinstance(value, tuple) and field.name != "models":
            assert len(value) == len(getattr(chinese, field.name)), field.name


def test_nothing_is_empty(content: Content) -> None:
    assert [text for text in texts(content) if not text.strip()] == []


def test_texts_fit_their_columns(content: Content) -> None:
    for table, column, found in (
        (Job, "name", [job.name for job in content.jobs]),
        (Job, "group", [job.group for job in content.jobs]),
        (Part, "name", [part.name for part in content.parts]),
        (Part, "place", [part.place for part in content.parts]),
        (Staff, "name", [person.name for person in content.garage.people]),
        (DamageMark, "note", [mark.note for mark in content.damage]),
        (Complaint, "text", [story.text for story in content.complaints]),
        (Customer, "call_when", list(content.call_times)),
    ):
        width = table.metadata.tables[str(table.__tablename__)].c[column].type.length  # type: ignore[attr-defined]
        assert max(map(len, found)) <= width


def test_the_desk_names_only_what_the_catalogue_has(content: Content) -> None:
    desk = content.desk
    assert {code for package in desk.packages for code in package.jobs} <= content.job.keys()
    assert {campaign.job for campaign in desk.campaigns} <= content.job.keys()
    assert {limit.group for limit in desk.limits} <= {job.group for job in content.jobs}
    assert {(c.make, c.model) for c in desk.campaigns if c.make} <= {(m.make, m.model) for m in content.models}
    assert len(desk.stock_questions) == len(desk.free_parts)
    assert {term.group for term in content.money.guarantees} - {None} <= {job.group for job in content.jobs}
    assert {free.make for free in content.money.free_services} <= {m.make for m in content.models}


def test_any_other_language_gets_the_english_garage() -> None:
    assert load("fr").garage == load("en").garage


def test_a_record_with_an_unknown_name_is_refused() -> None:
    with pytest.raises(TypeError, match="colour"):
        build(Fuelled, {"fuel": "petrol", "colour": "red"})


def test_a_record_with_an_unknown_choice_is_refused() -> None:
    with pytest.raises(ValueError, match="steam"):
        build(Fuelled, {"fuel": "steam"})
