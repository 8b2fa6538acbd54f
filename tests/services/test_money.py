"""Rounding to the coin, and tax in or on top."""

from decimal import Decimal

import pytest

from db.enums import PaymentMethod
from services.i18n import best_language, translate
from services.money import Sum, coin, line_total, show, split_tax, to_coin


@pytest.mark.parametrize(("currency", "smallest"), [("CNY", "0.01"), ("JPY", "1"), ("KWD", "0.001"), ("GBP", "0.01")])
def test_every_currency_has_its_coin(currency: str, smallest: str) -> None:
    assert coin(currency) == Decimal(smallest)


@pytest.mark.parametrize(
    ("amount", "rounded"), [("1.005", "1.01"), ("1.004", "1.00"), ("-1.005", "-1.01"), ("2.5", "2.50")]
)
def test_halves_are_rounded_away_from_zero(amount: str, rounded: str) -> None:
    assert to_coin(Decimal(amount), "CNY") == Decimal(rounded)


def test_a_line_is_quantity_times_price_less_discount() -> None:
    assert line_total(Decimal("4.5"), Decimal("9.99"), Decimal("1.00"), "GBP") == Decimal("43.96")


def test_tax_included_adds_up_to_the_total() -> None:
    assert split_tax(Decimal("113.00"), Decimal(13), True, "CNY") == (Decimal("100.00"), Decimal("13.00"))


def test_tax_on_top_leaves_the_net_alone() -> None:
    assert split_tax(Decimal("99.99"), Decimal(20), False, "GBP") == (Decimal("99.99"), Decimal("20.00"))


def test_sums_are_written_as_the_reader_writes_them() -> None:
    assert (show(Decimal("1234.5"), "CNY", "zh_CN"), show(Decimal("1234.5"), "GBP", "en")) == ("¥1,234.50", "£1,234.50")
    assert translate("en", "{sum} owed", sum=Sum(Decimal(5), "GBP")) == "£5.00 owed"


def test_labels_are_translated_inside_a_sentence_but_typed_text_is_not() -> None:
    assert translate("zh_CN", "on hold: {reason}", reason=PaymentMethod.CASH.label) == "挂起：现金"
    assert translate("zh_CN", "on hold: {reason}", reason="Cash") == "挂起：Cash"


@pytest.mark.parametrize(
    ("wanted", "language"),
    [("zh-CN,zh;q=0.9", "zh_CN"), ("en-GB", "en"), ("fr,zh-TW;q=0.5", "zh_CN"), ("de", "en"), (None, "en"), ("", "en")],
)
def test_the_browser_s_language_is_met_as_well_as_we_can(wanted: str | None, language: str) -> None:
    assert best_language(wanted) == language
