"""The demo garage's customers and cars: valid, different, and the same for the same seed and day."""

import re
from datetime import date
from random import Random

import phonenumbers
import pytest

from services import normalize
from services.demo.cars import DemoCar, make_cars
from services.demo.content import LANGUAGES, Content, load
from services.demo.customers import DemoCustomer, make_customers
from services.demo.garage_content import Fuel
from services.demo.plates import british
from services.demo.vins import check_digit, make_vin

TODAY = date(2026, 3, 18)
BRITISH = re.compile(r"[A-HJ-PR-Y]{2}\d{2} [A-HJ-PR-Z]{3}")
COMBUSTION = re.compile(r"[\u4e00-\u9fff][A-Z]·(?=(.*\d){3})[0-9A-HJ-NP-Z]{5}")
NEW_ENERGY = re.compile(r"[\u4e00-\u9fff][A-Z]·[DF][0-9A-HJ-NP-Z]\d{4}")


def made(language: str, seed: int = 7, today: date = TODAY) -> tuple[Content, list[DemoCustomer], list[DemoCar]]:
    content, rng = load(language), Random(seed)
    customers = make_customers(content, rng, 300)
    return content, customers, make_cars(content, rng, customers, 380, today=today)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_seed_gives_the_same_and_another_seed_others(language: str) -> None:
    assert made(language) == made(language)
    assert made(language)[1] != made(language, seed=8)[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_customers_differ_and_can_be_called(language: str) -> None:
    content, customers, _ = made(language)
    assert len({customer.name for customer in customers}) == 300
    assert len({customer.phone for customer in customers}) == 300
    mails = [customer.email for customer in customers if customer.email]
    assert len(mails) == len(set(mails)) > 80
    assert sum(customer.company for customer in customers) == 12
    staff = {person.phone for person in content.garage.people} | {content.garage.phone}
    for customer in customers:
        assert customer.phone not in staff
        assert normalize.phone(customer.phone, content.garage.country) == customer.phone
        assert phonenumbers.region_code_for_number(phonenumbers.parse(customer.phone)) == content.garage.country
        assert set(customer.allowed) <= set(content.market.channels)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_customer_has_a_car_and_firms_have_more(language: str) -> None:
    _, customers, cars = made(language)
    owners = [car.owner for car in cars]
    assert set(owners) == set(range(300))
    firms = [owners.count(place) for place, customer in enumerate(customers) if customer.company]
    assert sum(firms) / len(firms) > 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_cars_differ_and_their_numbers_are_well_formed(language: str) -> None:
    _, _, cars = made(language)
    assert len({normalize.plate(car.plate) for car in cars}) == len({car.vin for car in cars}) == 380
    for car in cars:
        assert normalize.vin(car.vin) == car.vin
        assert re.fullmatch(r"[A-HJ-NPR-Z0-9]{17}", car.vin)
        if car.vin.startswith("L"):
            assert normalize.vin_warnings(car.vin) == []


def test_chinese_plates_tell_new_energy_cars() -> None:
    _, _, cars = made("zh_CN")
    for car in cars:
        new_energy = car.fuel in (Fuel.EV, Fuel.PLUG_IN)
        assert (NEW_ENERGY if new_energy else COMBUSTION).fullmatch(car.plate), car.plate
    assert sum(car.plate.startswith("粤B·") for car in cars) > 200


def test_british_plates_tell_the_half_year() -> None:
    _, _, cars = made("en")
    assert all(BRITISH.fullmatch(car.plate) for car in cars)
    for day, half in (
        (date(2020, 2, 29), "69"),
        (date(2020, 3, 1), "20"),
        (date(2020, 9, 1), "70"),
        (date(2021, 1, 5), "70"),
    ):
        assert british("L", Random(1), day, Fuel.PETROL)[2:4] == half


@pytest.mark.parametrize("language", LANGUAGES)
def test_ages_and_distances_are_plausible(language: str) -> None:
    _, _, cars = made(language)
    for car in cars:
        assert date(2012, 1, 1) <= car.first_registered < TODAY
        assert car.warranty_until.year == car.first_registered.year + 3
        assert 0 < car.odometer_km < 450_000
        assert car.km_on(TODAY) == car.odometer_km
        assert car.km_on(date(2025, 9, 18)) < car.odometer_km < car.km_on(date(2026, 9, 18))
        assert car.km_on(date(2000, 1, 1)) == 0


@pytest.mark.parametrize("today", [date(2028, 2, 29), date(2040, 1, 1)])
def test_it_works_on_any_day(today: date) -> None:
    for language in LANGUAGES:
        assert all(car.first_registered < today for car in made(language, today=today)[2])


def test_more_customers_than_names_are_refused() -> None:
    with pytest.raises(ValueError, match="argument"):
        make_customers(load("zh_CN"), Random(1), 7_000)


def test_the_check_digit_of_a_known_number() -> None:
    assert check_digit("1M8GDM9A_KP042788".replace("_", "0")) == "X"
    assert check_digit("11111111111111111") == "1"


def test_volkswagens_of_europe_fill_with_z() -> None:
    assert make_vin("WVW", 2015, Random(3)).startswith("WVWZZZ")
    assert make_vin("WVW", 2015, Random(3))[8:10] == "ZF"
