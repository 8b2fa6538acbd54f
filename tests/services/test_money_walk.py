"""Random money: whatever is charged, given away, taken, given back and taken back, every sum is right to the coin."""

from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from db.engine import make_engine
from services.workspace import Workspace
from tests.factories import make_garage
from tests.services.money_cases import cases
from tests.services.money_walk import CURRENCIES, Case, play

_numbers = count(1)


@pytest.fixture(scope="module")
def garages(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Workspace]:
    """A garage for each currency, on SQLite: what is judged is arithmetic, not the database."""
    folder = tmp_path_factory.mktemp("money")
    made = {}
    for currency in CURRENCIES:
        path = folder / f"{currency}.db"
        path.write_bytes(sqlite_template.read_bytes())
        made[currency] = make_garage(make_engine(f"sqlite:///{path}"), folder)
    return made


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(case=cases())
def test_whatever_is_done_at_the_till_every_sum_is_right_to_the_coin(garages: dict[str, Workspace], case: Case) -> None:
    play(garages[case.currency], case, f"M{next(_numbers):05}")
