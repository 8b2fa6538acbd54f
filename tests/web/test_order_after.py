"""The private page once the car has left: what was done, the next service, the warranty, statement and delivery sheet."""

import io

from pypdf import PdfReader
from starlette.testclient import TestClient

from db.enums import Role, Urgency
from db.models import Recommendation, WorkOrder
from services.demo.drawing import signature
from services.exit_passes import pass_out
from services.guarantees import set_term
from services.handover import deliver
from services.order_links import order_link
from services.work import unit_of_work
from services.workspace import Workspace
from tests.at_delivery import make_ready, paid
from tests.factories import as_role

PAPERS = ("/statement.pdf", "/delivery.pdf")


def test_what_to_take_home_stands_there_with_both_papers_but_only_after_the_car_has_left(
    client: TestClient, garage: Workspace
) -> None:
    with unit_of_work(as_role(garage, Role.MANAGER)) as work:
        set_term(work, "", days=365, km=20000)
    key = make_ready(garage)
    paid(garage, key)
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        path = f"/order/{order_link(work, key).token}"
        car = work.get(WorkOrder, key).vehicle_id
        work.add(
            Recommendation(
                vehicle_id=car, order_id=key, text="Rear pads", urgency=Urgency.SOON, due_km=50000, at=work.now
            )
        )
    assert "56,250 km" not in client.get(path).text
    assert [client.get(path + paper).status_code for paper in PAPERS] == [404, 404]
    with unit_of_work(as_role(garage, Role.ADVISOR)) as work:
        pass_out(work, key)
        deliver(work, key, signature=signature())
    said = {
        "en": ("Oil service", "Tuesday 23 November 2027 or 56,250 km", "until Tuesday 23 November 2027 or 61,250 km",
               "Rear pads · Soon · 50,000 km", "Delivery sheet"),
        "zh_CN": ("2027年11月23日 星期二 或 56,250 公里", "维修质保", "后续建议", "交车单"),
    }  # fmt: skip
    for language, words in said.items():
        text = client.get(path, params={"lang": language}).text
        assert [one for one in words if one not in text] == []
        sheet = client.get(path + "/delivery.pdf", params={"lang": language})
        read = "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(sheet.content)).pages).split())
        assert [one for one in words[:3] if "".join(one.split()) not in read] == []
    assert client.get(path + "/statement.pdf").content.startswith(b"%PDF")
