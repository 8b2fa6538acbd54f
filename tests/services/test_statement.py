"""What stands on a statement besides its sums: shares, differences, signature, the first print and its copies."""

import io
from decimal import Decimal

import pytest
from PIL import Image, ImageDraw
from pypdf import PdfReader
from sqlmodel import select

from db.enums import Answer, LineKind, Payer, PaymentMethod, Role
from db.enums_money import Difference
from db.models import ConsentItem, Customer, OrderLine, Statement, WorkOrder
from services.charging_less import charge_less
from services.consent_rows import Signature
from services.delivery import check_delivery
from services.differences import DifferenceUnexplained
from services.files import TooLittleInk
from services.issued import Issued, reversals, standing_issued
from services.order_refusals import PartsOut
from services.payments import pay
from services.refusals import NotAllowed, NotNow, OutOfRange, ReasonMissing
from services.reprints import is_copy
from services.settlement import ComesToElse, bill, credit_note, standing, statement_shares, statements
from services.statement_paper import paper_of
from services.statement_sign import AlreadySigned, StatementGone, sign_statement
from services.validate import NotInList
from services.work import Work, reading, unit_of_work
from services.workspace import Workspace
from tests.at_delivery import EVERYTHING, SERVICE, make_ready
from tests.factories import as_role
from tests.services.at_once import DONE, at_once

D = Decimal
LINES = (
    *SERVICE,  # labour 60, oil 4.5 × 9.50
    (LineKind.PART, "Alternator", "1", "240", Payer.WARRANTY, Answer.AGREED),
    (LineKind.FEE, "Inspection fee", "1", "54.85", Payer.CUSTOMER, Answer.AGREED),
)


@pytest.fixture
def order_id(ws: Workspace) -> int:
    """Three rates: 20 % on labour and alternator, 5 % on oil, none on the fee. Checked, nothing issued."""
    order_id = make_ready(ws, LINES)
    with unit_of_work(ws) as work:
        _, oil, _, fee = _lines(work, order_id)
        oil.tax_percent, fee.tax_percent = D(5), D(0)
    return order_id


def _lines(work: Work, order_id: int) -> list[OrderLine]:
    return list(work.db.exec(select(OrderLine).where(OrderLine.order_id == order_id).order_by(OrderLine.id)))  # type: ignore[arg-type]


def _change(ws: Workspace, order_id: int, place: int, **columns: object) -> int:
    with unit_of_work(ws) as work:
        line = _lines(work, order_id)[place]
        for name, value in columns.items():
            setattr(line, name, value)
        work.db.add(line)
        return line.id


def _issue(ws: Workspace, order_id: int, **more: object) -> Issued:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        if not statements(work, order_id):
            check_delivery(work, order_id, items=EVERYTHING)
        bill(work, order_id, **more)  # type: ignore[arg-type]
    with reading(ws) as work:
        found = standing_issued(work, order_id)
        assert found
        return found


def drawn(dots: bool = False) -> Signature:
    """A signature as the tablet sends it."""
    points = [(20.0 + n * (0.5 if dots else 5), 60.0, n * 10) for n in range(60)]
    picture = Image.new("RGBA", (400, 140))
    ImageDraw.Draw(picture).line([point[:2] for point in points], fill=(0, 0, 60, 255), width=4)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return Signature(out.getvalue(), [[list(point) for point in points]])


def test_the_shares_are_kept_by_payer_and_rate_and_the_credit_note_takes_them_back(
    ws: Workspace, order_id: int
) -> None:
    found = _issue(ws, order_id)
    assert [(s.payer, s.tax_percent, s.net, s.tax, s.total) for s in found.shares] == [
        (Payer.CUSTOMER, D(20), D(50), D(10), D(60)),
        (Payer.CUSTOMER, D(5), D("40.71"), D("2.04"), D("42.75")),
        (Payer.CUSTOMER, D(0), D("54.85"), D(0), D("54.85")),
        (Payer.WARRANTY, D(20), D(200), D(40), D(240)),
    ]
    statement = found.statement
    assert (statement.net, statement.tax, statement.total) == (D("345.56"), D("52.04"), D("397.60"))
    assert statement.customer_share == D("157.60")
    assert {rate: one.tax for rate, one in found.rates.items()} == {D(20): D(50), D(5): D("2.04"), D(0): D(0)}
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        credit_note(work, statement.id, reason="Wrong customer on it")
        note = statements(work, order_id)[-1]
        assert [s.total for s in statement_shares(work, note.id)] == [-s.total for s in found.shares]
        assert [one.number for one in reversals(work, order_id)] == [statement.number, note.number]


def test_what_differs_says_why_by_itself(ws: Workspace, order_id: int) -> None:
    _change(ws, order_id, 0, discount=D(6))
    _change(ws, order_id, 1, quantity=D(4))
    _change(ws, order_id, 3, payer=Payer.GOODWILL, payer_percent=50)
    with unit_of_work(ws) as work:  # who was to pay the fee when it was agreed to
        fee = _lines(work, order_id)[3]
        item = work.db.exec(select(ConsentItem).where(ConsentItem.line_id == fee.id)).one()
        values = item.model_dump(exclude={"id"})
        work.add(ConsentItem(**{**values, "payer": Payer.CUSTOMER}))
    kept = _issue(ws, order_id).lines
    assert [(one.agreed, one.total, one.difference) for one in kept] == [
        (D(60), D(54), Difference.DISCOUNT),
        (D("42.75"), D(38), Difference.LESS_USED),
        (D(240), D(240), None),
        (D("54.85"), D("54.85"), Difference.PAYER),
    ]


def test_a_lower_price_is_explained_before_the_statement_is_issued(ws: Workspace, order_id: int) -> None:
    key = _change(ws, order_id, 0, unit_price=D(50))
    with pytest.raises(DifferenceUnexplained) as refused:
        _issue(ws, order_id)
    assert "Oil service" in refused.value.say("en")
    with pytest.raises(ReasonMissing):
        _issue(ws, order_id, differences={key: (Difference.OTHER, " ")})
    with pytest.raises(NotInList):
        _issue(ws, order_id, differences={key: (Difference.PAYER, "")})
    with reading(ws) as work:
        assert statements(work, order_id) == []
    line = _issue(ws, order_id, differences={key: (Difference.OTHER, "Offer of the week")}).lines[0]
    assert (line.agreed, line.total, line.difference_words) == (D(60), D(50), "Offer of the week")


def test_what_was_not_used_or_done_is_not_charged(ws: Workspace, order_id: int) -> None:
    advisor = as_role(ws, Role.ADVISOR)
    with reading(ws) as work:
        labour, oil, _, fee = (line.id for line in _lines(work, order_id))
    with unit_of_work(advisor) as work:
        charge_less(work, order_id, line_id=oil, quantity=D(4))
        charge_less(work, order_id, line_id=fee, quantity=D(0))
        charge_less(work, order_id, line_id=labour, quantity=D("0.5"))
        charge_less(work, order_id, line_id=labour, quantity=D(1))  # up to what was agreed it can be corrected
    for quantity in (D("1.001"), D(-1)):
        with pytest.raises(OutOfRange), unit_of_work(advisor) as work:
            charge_less(work, order_id, line_id=labour, quantity=quantity)
    _change(ws, order_id, 1, issued=D(4))
    with pytest.raises(PartsOut), unit_of_work(advisor) as work:
        charge_less(work, order_id, line_id=oil, quantity=D(3))
    with pytest.raises(NotAllowed), unit_of_work(as_role(ws, Role.TECHNICIAN)) as work:
        charge_less(work, order_id, line_id=labour, quantity=D(0))
    found = _issue(ws, order_id)
    assert [(one.total, one.difference) for one in found.lines] == [
        (D(60), None), (D(38), Difference.LESS_USED), (D(240), None), (D(0), Difference.LEFT_OUT),
    ]  # fmt: skip
    assert found.statement.customer_share == D(98)
    with pytest.raises(NotNow), unit_of_work(advisor) as work:
        charge_less(work, order_id, line_id=labour, quantity=D(0))


def test_a_statement_over_another_sum_than_the_screen_showed_is_not_issued(ws: Workspace, order_id: int) -> None:
    with pytest.raises(ComesToElse) as refused:
        _issue(ws, order_id, seen=D("150.60"))
    assert "£157.60 now, not £150.60" in refused.value.say("en")
    assert _issue(ws, order_id, seen=D("157.60")).statement.number == "S2026-00001"


def test_an_order_without_lines_has_a_statement_over_nothing(ws: Workspace) -> None:
    declined = tuple(
        (kind, title, quantity, price, payer, Answer.DECLINED) for kind, title, quantity, price, payer, _ in SERVICE
    )
    found = _issue(ws, make_ready(ws, declined))
    assert (found.statement.total, found.lines, found.shares) == (D(0), [], [])


def test_the_signature_is_kept_once_and_only_on_the_statement_that_counts(ws: Workspace, order_id: int) -> None:
    statement, advisor = _issue(ws, order_id).statement, as_role(ws, Role.ADVISOR)
    with pytest.raises(TooLittleInk), unit_of_work(advisor) as work:
        sign_statement(work, statement.id, signature=drawn(dots=True))
    with pytest.raises(NotAllowed), unit_of_work(as_role(ws, Role.TECHNICIAN)) as work:
        sign_statement(work, statement.id, signature=drawn())
    told = at_once([(advisor, lambda work: sign_statement(work, statement.id, signature=drawn()))] * 2)
    assert sorted(told) == sorted([DONE, AlreadySigned(number=statement.number).say("en")])
    with reading(ws) as work:
        found = standing_issued(work, order_id)
        assert found
        assert found.signature
        assert found.signature.strokes
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        credit_note(work, statement.id, reason="Wrong")
        bill(work, order_id)
        now = standing(statements(work, order_id))
        assert now
    with pytest.raises(StatementGone), unit_of_work(advisor) as work:
        sign_statement(work, statement.id, signature=drawn())
    with reading(ws) as work:
        again = standing_issued(work, order_id)
        assert again
        assert (again.statement.id, again.signature) == (now.id, None)


def test_of_two_prints_at_once_one_is_the_original(ws: Workspace, order_id: int) -> None:
    key, copies = _issue(ws, order_id).statement.id, list[bool]()

    def print_(work: Work) -> None:
        copies.append(is_copy(work, work.get(Statement, key)))

    assert at_once([(as_role(ws, Role.CASHIER), print_)] * 2) == [DONE, DONE]
    assert sorted(copies) == [False, True]


def test_the_papers_say_all_of_it_in_both_languages(ws: Workspace, order_id: int) -> None:
    _change(ws, order_id, 1, quantity=D(4))
    with unit_of_work(ws) as work:
        work.garage.tax_number, work.garage.bank = "GB 123 4567 89", "20-00-00 12345678"
        customer = work.get(Customer, work.get(WorkOrder, order_id).customer_id)
        customer.address, customer.tax_number = "7 Orchard Close\nAshford", "GB 999 8888 77"
    statement = _issue(ws, order_id).statement
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        pay(work, order_id, method=PaymentMethod.CARD, amount=D(50))
        sign_statement(work, statement.id, signature=drawn())
    with reading(ws) as work:
        first, copy = (_text(paper_of(work, statement.id, language="en", copy=copy)) for copy in (False, True))
        chinese = _text(paper_of(work, statement.id, language="zh_CN", copy=True))
    for said in (
        "GB 123 4567 89",
        "20-00-00 12345678",
        "7 Orchard Close",
        "GB 999 8888 77",
        "£240.00",
        "£152.85",
        "£102.85",
    ):
        assert said in first
        assert said in chinese
    for said in ("Tax 5 % on £36.19", "agreed £42.75", "Less was needed", "Left to pay", "Warranty"):
        assert said in first
    assert ("Copy" in first, "Copy" in copy, "副本" in chinese) == (False, True, True)
    with unit_of_work(as_role(ws, Role.MANAGER)) as work:
        note = credit_note(work, statement.id, reason="Wrong customer on it")
        work.get(Customer, customer.id).address = "1 New Road"  # moved since
    with reading(ws) as work:
        paper, before = (_text(paper_of(work, key, language="en")) for key in (note.id, statement.id))
    assert note.number in before  # what was taken back says by what
    for said in ("Credit note", note.number, statement.number, "Wrong customer on it", "-£392.85", "7 Orchard Close"):
        assert said in paper
    assert "7 Orchard Close" in before
    assert "Left to pay" not in paper + before


def _text(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
