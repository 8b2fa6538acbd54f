"""Finding a customer among a hundred thousand: searches that fit many of them, and those that fit one or nobody."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random
from statistics import quantiles
from typing import Any

from sqlalchemy import Connection, insert

from benchmarks.figures import Figure, clocked
from benchmarks.garages import MOMENT, Garage
from db.models import Customer, Vehicle
from services.finding import find
from services.pinyin import index_keys
from services.work import reading
from services.workspace import Workspace

CUSTOMERS, LIMIT = 100_000, 50.0
VAGUE = ("zs", "13", "粤B", "li", "smith", "静")
RARE = ("zengj", "曾静", "james smith", "5678", "粤B12345", "13800138000", "LSVAA", "zzzzzz")
_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华国文志海波鹏斌宇"
_LATIN = ("James", "Mary", "John", "Linda", "Smith", "Jones", "Taylor", "Brown", "Wilson", "Evans", "Walker", "Wright")
_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"


@dataclass(frozen=True)
class Crowd:
    """A garage with many customers, in an open database."""

    ws: Workspace

    @classmethod
    def of(cls, garage: Garage, size: int = CUSTOMERS) -> "Crowd":
        """Give a garage so many customers, each with a car."""
        ws = garage.workspace()
        with ws.engine.begin() as connection:
            _fill(connection, size)
        return cls(ws)

    def search(self, typed: str) -> None:
        """One search as the advisor's tablet makes it."""
        with reading(self.ws) as work:
            find(work, typed)


def measure(month: Garage, folder: Path, size: int = CUSTOMERS, rounds: int = 20) -> Iterator[Figure]:
    """The 95th percentile of a search among `size` customers: vague ones and rare ones."""
    crowd = Crowd.of(month.copy(folder / "crowd.db"), size)
    yield Figure("find_customers", size, "customers")
    for kind, typed in (("vague", VAGUE), ("rare", RARE)):
        yield Figure(f"find_{kind}_p95", _p95(crowd, typed, rounds), "ms", LIMIT)


def _p95(crowd: Crowd, searches: Sequence[str], rounds: int) -> float:
    took = [clocked(partial(crowd.search, typed))() for _ in range(rounds) for typed in searches]
    return quantiles(took, n=20)[-1]


def _fill(connection: Connection, size: int) -> None:
    rng = Random(1)
    names = [(name, index_keys(name)) for name in sorted({_name(rng) for _ in range(3000)})]
    people, cars = [], []
    for key in range(1_000_000, 1_000_000 + size):
        name, keys = rng.choice(names)
        people.append({"id": key, "name": name, "name_keys": keys, "phone": f"+861{rng.randrange(3 * 10**9, 10**10)}",
                       "created_at": MOMENT, "version": 1})  # fmt: skip
        cars.append(_car(key, rng))
    connection.execute(insert(Customer), people)
    connection.execute(insert(Vehicle), cars)


def _car(key: int, rng: Random) -> dict[str, Any]:
    plate = "粤" + rng.choice("ABST") + f"{key % 1_000_000:06d}"
    seen = MOMENT - timedelta(minutes=rng.randrange(5_000_000)) if rng.random() < 0.8 else None
    return {"id": key, "customer_id": key, "plate": plate, "plate_key": plate, "vin": "".join(rng.choices(_LETTERS, k=17)),
            "make": "Ford", "model": "Focus", "visited_at": seen, "created_at": MOMENT, "version": 1}  # fmt: skip


def _name(rng: Random) -> str:
    if rng.random() < 0.2:
        return " ".join(rng.choices(_LATIN, k=2))
    return rng.choice(_SURNAMES) + "".join(rng.choices(_GIVEN, k=rng.choice((1, 2))))
