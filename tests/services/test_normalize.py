"""What people type comes out in one form, and what cannot be read is refused."""

from datetime import date

import pytest

from services.normalize import (
    BadDay,
    BadOdometer,
    BadPhone,
    VinWarning,
    clean_text,
    day,
    more_than_phone,
    name_key,
    odometer,
    phone,
    pinyin_initials,
    plate,
    plate_shown,
    search_keys,
    split_extension,
    vin,
    vin_warnings,
)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("沪A·12345", "沪A12345"),
        ("鲁ＥＤＺ９５２３", "鲁EDZ9523"),
        (" 浙g dl5303 ", "浙GDL5303"),
        ("苏B•R6383", "苏BR6383"),
        ("京・A-D.1234", "京AD1234"),
        ("ab12 cde", "AB12CDE"),
        ("B–MW 123", "BMW123"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_plate_is_one_word_of_letters_and_digits(typed: str | None, read: str) -> None:
    assert plate(typed) == read


def test_a_vin_is_half_width_upper_case_without_separators() -> None:
    assert vin(" lhgcm4wp4-2R33 ７３３６ ") == "LHGCM4WP42R337336"
    assert vin(None) == ""


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("1HGCM82633A004352", []),
        ("１ｈｇｃｍ８２６３３a004352", []),
        (None, []),
        ("", []),
        ("LRW3YSBK3LR46731", [VinWarning.LENGTH]),
        ("OFV3SMYD7PM091351", [VinWarning.LETTERS]),
        ("IOQ", [VinWarning.LENGTH, VinWarning.LETTERS]),
        ("沪A123456789012345", [VinWarning.LETTERS]),
        ("1HGCM82633A004353", [VinWarning.CHECK_DIGIT]),
        ("WVWZZZ1JZXW000001", [VinWarning.CHECK_DIGIT]),
    ],
)
def test_a_doubtful_vin_is_warned_of_and_never_refused(typed: str | None, found: list[VinWarning]) -> None:
    assert vin_warnings(typed) == found


@pytest.mark.parametrize(
    ("typed", "region", "read"),
    [
        ("138 1049 2777", "CN", "+8613810492777"),
        ("+86 17726024168", "CN", "+8617726024168"),
        ("8613969123122", "CN", "+8613969123122"),
        ("'15863129761", "CN", "+8615863129761"),
        ("１３８１０４９２７７７", "CN", "+8613810492777"),
        ("0755-83657680转801", "CN", "+8675583657680"),
        ("0755-83657680 (ext. 12)", "CN", "+8675583657680"),
        ("020 7946 0018 x5", "GB", "+442079460018"),
        ("123 / 13810492777", "CN", "+8613810492777"),
        ("13810492777、13810492778", "CN", "+8613810492777"),
        ("+44 20 7946 0018", "CN", "+442079460018"),
        ("0711/1234567", "DE", "+497111234567"),
        ("07700 900123", "GB", "+447700900123"),
    ],
)
def test_a_phone_number_is_kept_in_e164(typed: str, region: str, read: str) -> None:
    assert phone(typed, region) == read


@pytest.mark.parametrize("typed", ["123", "abc", "—", "1380013800", "", None, "转801"])
def test_a_phone_number_that_cannot_be_read_is_refused(typed: str | None) -> None:
    with pytest.raises(BadPhone):
        phone(typed, "CN")


def test_the_extension_is_told_apart_from_the_number() -> None:
    assert split_extension("0755-83657680转801") == ("0755-83657680", "801")
    assert split_extension("13810492777") == ("13810492777", "")


def test_a_cell_that_says_more_than_one_number_is_known() -> None:
    for typed in ("0755-83657680转801", "13810492777、13810492778", "13810492777/0755-83657680"):
        assert more_than_phone(typed, "CN")
    assert not any(more_than_phone(typed, "CN") for typed in ("13810492777", "", None))
    assert not more_than_phone("0711/1234567", "DE")


def test_a_chinese_plate_is_shown_in_one_form_and_others_as_typed() -> None:
    assert plate_shown(" 川ｂ·KU430") == "川BKU430"
    assert plate_shown("ab12  cde ") == "AB12 CDE"
    assert plate_shown(None) == ""


def test_a_name_is_found_by_every_reading_of_its_surname() -> None:
    assert search_keys("曾静") == {"曾静", "zengjing", "cengjing", "zj", "cj"}
    assert {"st", "dt", "shantong"} <= search_keys("单桐")
    assert {"xns", "jns"} <= pinyin_initials("解女士")
    assert "wy" in pinyin_initials("万勇")
    assert "qx" in pinyin_initials("仇欣")


def test_latin_names_are_found_without_case_accents_or_spaces() -> None:
    assert search_keys("José  Ortiz") == {"joseortiz", "ortiz", "jo"}
    assert name_key("ＪＯＳÉ ortiz") == name_key("Jose Ortiz")
    assert search_keys("") == search_keys(None) == search_keys("!?") == set()


def test_names_of_rare_characters_and_of_two_scripts_keep_their_initials() -> None:
    assert "yhj" in pinyin_initials("于𬭎静")
    assert "za" in pinyin_initials("曾 Anna")
    assert "az" not in pinyin_initials("曾 Anna")


@pytest.mark.parametrize(
    ("typed", "km"),
    [
        ("63,500", 63_500),
        ("39500公里", 39_500),
        ("45000 km", 45_000),
        ("0.45万", 4_500),
        ("10万", 100_000),
        ("5.85万公里", 58_500),
        ("63.500 km", 63_500),
        ("63 500", 63_500),
        ("45000.0", 45_000),
        ("０", 0),
        ("1,000,000", 1_000_000),
        ("28,000 mi", 45_062),
        ("100000英里", 160_934),
        ("0.450万", 4_500),
    ],
)
def test_an_odometer_reading_is_kilometres(typed: str, km: int) -> None:
    assert odometer(typed) == km


@pytest.mark.parametrize("typed", ["很多", "-300", "1e9", "", None, "9999999", "12,34", "nan", "1.2.3"])
def test_an_odometer_reading_that_is_none_is_refused(typed: str | None) -> None:
    with pytest.raises(BadOdometer):
        odometer(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "2014年1月11日",
        "2014-01-11",
        "2014.1.11",
        "2014/1/11",
        "２０１４/１/１１",
        "41650",
        "41650.5",
        "20140111",
        "11/1/2014",
        "11.01.2014",
        "2014-01-11T00:00:00",
        "2014-01-11 08:30",
        "11 Jan 2014",
        "11-January-2014",
        "Jan 11th, 2014",
    ],
)
def test_a_day_is_read_in_the_ways_people_write_it(typed: str) -> None:
    assert day(typed) == date(2014, 1, 11)


def test_the_region_decides_whether_the_month_comes_first_unless_the_numbers_do() -> None:
    assert day("3/4/2020", "GB") == date(2020, 4, 3)
    assert day("3/4/2020", "US") == date(2020, 3, 4)
    assert day("13/4/2020", "US") == day("4/13/2020", "GB") == date(2020, 4, 13)


@pytest.mark.parametrize(
    "typed", ["不详", "去年", "2021-13-40", "", None, "2021", "14/1/11", "12345", "99999", "31 Foo 2020", "0000-01-01"]
)
def test_a_day_that_cannot_be_read_is_refused(typed: str | None) -> None:
    with pytest.raises(BadDay):
        day(typed)


def test_text_stays_as_typed_without_what_cannot_be_seen() -> None:
    for typed in ("=1+1", "![x](http://127.0.0.1:9/x.png)", "<b>VIP</b>", "刹车有异响\n下次检查", "ＡＢＣ", "👨‍👩‍👧"):
        assert clean_text(typed) == typed
    assert clean_text(" a\x00b\u202ec\u200b\ufeff\x07 \r\n d\ud800 ") == "abc \n d"
    assert clean_text(None) == ""
