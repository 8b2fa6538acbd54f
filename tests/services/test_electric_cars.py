"""Electric cars are told by their names."""

import pytest

from services.electric_cars import sounds_electric


@pytest.mark.parametrize(
    ("make", "model"),
    [("Tesla", "Model 3"), ("MG", "MG4 EV"), ("Volkswagen", "ID.3"), ("KIA", "Niro EV"), ("特斯拉", "Model Y"),
     ("比亚迪", "海豚"), ("广汽埃安", "AION S"), ("大众", "ID.4 CROZZ")],
)  # fmt: skip
def test_an_electric_car(make: str, model: str) -> None:
    assert sounds_electric(make, model)


@pytest.mark.parametrize(
    ("make", "model"),
    [("Ford", "Focus"), ("Kia", "Niro Hybrid"), ("比亚迪", "宋PLUS DM-i"), ("大众", "朗逸"), ("BMW", "X3"), ("", "")],
)
def test_any_other_car(make: str, model: str) -> None:
    assert not sounds_electric(make, model)
