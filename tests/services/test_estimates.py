"""What an order comes to."""

from decimal import Decimal

from db.enums import Answer, LineKind, Payer
from db.models import Garage, OrderLine
from services.estimates import NOTHING, Total, by_payer, total_of
from services.settlement import reckon


def make_garage(included: bool = True, currency: str = "GBP") -> Garage:
    return Garage(
        name="G", zone="UTC", currency=currency, language="en", tax_percent=Decimal(20), tax_included=included
    )


def make_line(
    price: str,
    quantity: str = "1",
    discount: str = "0",
    payer: Payer = Payer.CUSTOMER,
    answer: Answer = Answer.PENDING,
) -> OrderLine:
    return OrderLine(order_id=1, order_job_id=1, kind=LineKind.LABOUR, title="x", quantity=Decimal(quantity),
                     unit_price=Decimal(price), discount=Decimal(discount), payer=payer, answer=answer)  # fmt: skip


def test_a_line_is_quantity_times_price_less_discount_to_the_coin() -> None:
    assert total_of(make_line("9.50", "4.5", "2.75"), "GBP") == Decimal("40.00")
    assert total_of(make_line("0.01", "0.5"), "GBP") == Decimal("0.01")
    assert total_of(make_line("333", "1.5"), "JPY") == Decimal(500)


def test_tax_is_taken_out_of_prices_that_include_it() -> None:
    assert reckon([make_line("60"), make_line("9.50", "4.5")], make_garage()) == Total(
        Decimal("85.62"), Decimal("17.13"), Decimal("102.75")
    )


def test_tax_comes_on_top_of_prices_without_it() -> None:
    assert reckon([make_line("60")], make_garage(included=False)) == Total(Decimal(60), Decimal(12), Decimal(72))


def test_every_payer_gets_a_sum_and_declined_lines_cost_nothing() -> None:
    lines = [
        make_line("60"),
        make_line("50", payer=Payer.WARRANTY),
        make_line("48", answer=Answer.DECLINED),
        make_line("30", payer=Payer.INSURER, answer=Answer.DECLINED),
    ]
    assert {payer: sums.total for payer, sums in by_payer(lines, make_garage()).items()} == {
        Payer.CUSTOMER: Decimal(60),
        Payer.WARRANTY: Decimal(50),
    }


def test_no_lines_cost_nothing() -> None:
    assert reckon([], make_garage()) == NOTHING
    assert by_payer([], make_garage()) == {}
