"""Cars at the till by the hundred: random lines, shares, rates, discounts, deposits, payments, mistakes and credit notes in four
currencies; after every act each sum is reckoned anew. How many acts were done and refused, and what was not right to the coin.

`python -m benchmarks.money` runs it alone; numbers behind it are the cases and the seed.
"""

import shutil
import sys
import traceback
from collections import Counter
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from time import perf_counter

from hypothesis import HealthCheck, Phase, given, seed, settings

from benchmarks.figures import Figure, alone
from db.engine import make_engine
from db.migrate import upgrade
from services.workspace import Workspace
from tests.factories import make_garage
from tests.services.money_cases import cases
from tests.services.money_walk import CURRENCIES, Case, play

CASES = 400
EACH = 100  # cases of one garage: every statement, payment and drawer of it is asked about after each act


def measure(folder: Path, most: int = CASES, first: int = 1) -> Iterator[Figure]:
    """All cases, a hundred to a garage of each currency."""
    began, counts, wrong, played = perf_counter(), Counter[str](), list[str](), 0
    for number in count(first):
        if played >= most:
            break
        shops = _garages(folder / f"money_{number}")
        played += _play(shops, number, min(EACH, most - played), counts, wrong)
        for shop in shops.values():
            shop.engine.dispose()
    yield Figure("money_cases", played, "count")
    yield Figure("money_done", sum(n for what, n in counts.items() if what.endswith(" done")), "count")
    yield Figure("money_refused", sum(n for what, n in counts.items() if " refused: " in what), "count")
    yield Figure("money_violations", len(wrong), "count", 0)
    yield Figure("money_seconds", perf_counter() - began, "s")
    for said in wrong:
        print(said, file=sys.stderr)


def _play(shops: dict[str, Workspace], number: int, most: int, counts: Counter[str], wrong: list[str]) -> int:
    plates = count(1)

    @seed(number)
    @settings(
        max_examples=most,
        deadline=None,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases())
    def one(case: Case) -> None:
        try:
            counts.update(play(shops[case.currency], case, f"M{next(plates):05}"))
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            wrong.append(f"{type(error).__name__} {error} at {where.name}:{where.lineno} {where.line}: {case}")

    one()
    return next(plates) - 1


def _garages(folder: Path) -> dict[str, Workspace]:
    """An empty garage for each currency."""
    folder.mkdir(parents=True)
    empty = make_engine(f"sqlite:///{folder / 'empty.db'}")
    upgrade(empty)
    empty.dispose()
    made = {}
    for currency in CURRENCIES:
        path = shutil.copyfile(folder / "empty.db", folder / f"{currency}.db")
        made[currency] = make_garage(make_engine(f"sqlite:///{path}"), folder / "data")
    return made


if __name__ == "__main__":
    alone(measure)
