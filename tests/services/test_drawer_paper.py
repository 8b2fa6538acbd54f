"""The day closing on paper, in either language, with everything a manager signs for."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from db.enums import PaymentMethod, Role
from db.enums_money import DrawerKind
from services.cash_drawer import close_drawer, count_again, count_drawer
from services.drawer_hand import move_cash
from services.drawer_paper import closing_pdf
from services.drawer_rows import NotClosed, current
from services.payments import pay
from services.takings import look_at
from services.work import reading, unit_of_work
from services.workspace import Workspace
from tests.at_delivery import billed, make_ready
from tests.factories import MONDAY_9, as_role

D = Decimal


def test_the_sheet_says_what_was_counted_taken_issued_and_by_whom(ws: Workspace) -> None:
    order_id = make_ready(ws)
    billed(ws, order_id)
    till = as_role(ws, Role.CASHIER)
    with pytest.raises(NotClosed), reading(till) as work:
        closing_pdf(work, 1, language="en")
    with unit_of_work(till) as work:
        pay(work, order_id, method=PaymentMethod.CASH, amount=D("102.75"))
        move_cash(work, DrawerKind.PAID_OUT, amount=D("2.75"), reason="Milk")
        drawer = current(work)
        assert drawer
        count_drawer(work, drawer.id, counted=D(900))
        count_again(work, drawer.id)
        count_drawer(work, drawer.id, counted=D("1098.50"), pieces={"50": 21, "0.50": 97})
    with unit_of_work(till.at(MONDAY_9 + timedelta(hours=9))) as work:
        close_drawer(work, reason="Wrong change given")
        assert look_at(work, drawer).counted_before == [D(900)]
    with reading(till) as work:
        english, chinese = (_words(closing_pdf(work, 1, language=one)) for one in ("en", "zh_CN"))
    for wanted in ("Day closing", "Z2026-00001", "Cass Cashier", "£1,000.00", "£102.75", "Milk", "-£2.75", "£1,100.00", "£900.00",
                   "£1,098.50", "-£1.50", "Wrong change given", "21 × £50.00", "S2026-00001", "£85.62", "£17.13", "R2026-00001",
                   "AB12 CDE", "Checked by"):  # fmt: skip
        assert wanted in english, wanted
    for wanted in ("日结单", "备用金", "应有现金", "此前清点", "清点现金", "差额", "税率", "复核人"):
        assert wanted in chinese, wanted


def _words(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
