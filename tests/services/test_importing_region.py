"""Which country the phone numbers of a list are from."""

import pytest

from services.importing.region import likely_region, region_names


@pytest.mark.parametrize(
    ("phones", "home", "region"),
    [
        (["13800138000", "021-68881234"], "GB", "CN"),
        (["0131 496 0000", "01632 960001"], "CN", "GB"),
        (["13800138000", "13900139000"], "CN", "CN"),
        (["+8613800138000", "+447700900123"], "DE", "DE"),
        (["nonsense", ""], "GB", "GB"),
        ([], "JP", "JP"),
        (["030 901820", "089 233396500"], "DE", "DE"),
    ],
)
def test_the_home_country_counts_unless_most_numbers_are_from_another(
    phones: list[str], home: str, region: str
) -> None:
    assert likely_region(phones, home) == region


def test_countries_are_named_in_the_readers_language() -> None:
    assert region_names("zh_CN")["GB"] == "英国"
    assert region_names("en")["CN"] == "China"
