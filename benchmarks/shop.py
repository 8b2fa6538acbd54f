"""A whole shop for a day, forty cars and ten people, all actions by all roles: steps, what was refused, and what did not hold.

First one tap after the other, every condition asked after each; then ten people at ten tablets at once, the conditions asked at
the end. `python -m benchmarks.shop` runs it alone; numbers behind it are the day (seed), taps, taps of each person, and cars.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from random import Random
from time import perf_counter

from benchmarks.figures import Figure, alone
from db.engine import make_engine
from db.migrate import upgrade
from services.workspace import Workspace
from tests import pg
from tests.factories import make_garage
from tests.services.shop_crowd import crowd
from tests.services.shop_walk import Shop

CARS, TAPS, EACH = 40, 1500, 120
Walk = Counter[str]


def measure(folder: Path, seed: int = 1, taps: int = TAPS, each: int = EACH, cars: int = CARS) -> Iterator[Figure]:
    """Both walks on SQLite and, where its server runs, on PostgreSQL."""
    with ExitStack() as stack:
        server = stack.enter_context(pg.running_server()) if sys.platform == "linux" else None
        for name, walk, count in (("walk", _one_by_one, taps), ("crowd", crowd, each)):
            urls = {"sqlite": f"sqlite:///{folder / name}.db"}
            if server:
                urls["postgresql"] = server.create(name)
            for database, url in urls.items():
                began = perf_counter()
                shop = Shop(_garage(url, folder), Random(seed))
                walk(shop, cars, count)
                yield from _told(f"shop_{name}_{database}", shop, perf_counter() - began)
                shop.ws.engine.dispose()


def _garage(url: str, folder: Path) -> Workspace:
    engine = make_engine(url)
    upgrade(engine)
    return make_garage(engine, folder / "data")


def _one_by_one(shop: Shop, cars: int, taps: int) -> None:
    """The day; then every car is brought to its end. What does not hold is noted, and the walk goes on."""
    for _ in range(taps):
        shop.watched(lambda: shop.tap(cars))
    shop.watched(shop.finish_all)


def _told(name: str, shop: Shop, seconds: float) -> Iterator[Figure]:
    yield Figure(f"{name}_cars", len(shop.cars), "count")
    yield Figure(f"{name}_steps", shop.counts.total(), "count")
    yield Figure(f"{name}_refused", shop.counts["refused"], "count")
    yield Figure(f"{name}_gave_way", shop.counts["gave way"], "count")
    yield Figure(f"{name}_ended", len(shop.cars) - len(shop.left()), "count")
    yield Figure(f"{name}_violations", len(shop.violations), "count", 0)
    yield Figure(f"{name}_seconds", seconds, "s")
    for said in shop.violations:
        print(said, file=sys.stderr)


if __name__ == "__main__":
    alone(measure)
