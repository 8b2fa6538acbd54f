"""Twenty writers book into the last places for three seconds; `make bench` lets them race for a minute."""

from pathlib import Path

from benchmarks.race import race


def test_nobody_gets_a_place_twice_and_every_loser_is_offered_others(database_url: str, tmp_path: Path) -> None:
    found = race(database_url, tmp_path, seconds=3)
    assert found["writers"] == 20
    assert found["booked"] > 0
    assert found["refused"] > 0
    assert found["refused_with_offers"] == found["refused"]
    assert [found[what] for what in ("errors", "overlaps", "bookings_without_place", "full")] == [0, 0, 0, 0]
    assert found["standing"] == found["booked"] - found["cancelled"]
