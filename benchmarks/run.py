"""All measurements one after the other: JSON lines on the screen and in benchmarks/results.jsonl."""

import gc
import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import finding, free_times, full_board, idle, money, pages, race, shop, tablets
from benchmarks.figures import Figure
from benchmarks.garages import ROOT, garages

RESULTS = ROOT / "benchmarks" / "results.jsonl"


def figures(years: float = 10) -> Iterator[Figure]:
    """Every figure as soon as it is known."""
    month, decade = garages(years)
    with tempfile.TemporaryDirectory(prefix="service-lane-") as name:
        folder = Path(name)
        yield from free_times.measure(month, decade)
        yield from finding.measure(month, folder)
        yield from pages.measure(month, decade)
        yield from pages.taps(month, folder)
        yield from full_board.measure(month, folder)
        yield from idle.measure(full_board.full_board(month), folder)
        yield from tablets.measure(month, folder)
        yield from race.measure(folder)
        yield from shop.measure(folder)
        yield from money.measure(folder)


def main() -> int:
    """Print the figures; 1 when a budget is not kept."""
    os.chdir(ROOT)  # Streamlit reads .streamlit/config.toml from there
    logging.disable(logging.WARNING)  # Streamlit warns that no browser is connected
    gc.collect()
    kept = True
    with RESULTS.open("w") as results:
        for figure in figures():
            print(figure.line(), flush=True)
            results.write(figure.line() + "\n")
            kept &= figure.ok
    print("every budget is kept" if kept else "a budget is not kept", file=sys.stderr)
    return 0 if kept else 1
