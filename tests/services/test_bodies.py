"""Which outline a car is drawn with."""

import pytest

from db.enums import Role
from db.enums_reception import BodyType
from db.models import Vehicle
from services.bodies import body_of, guess_body, set_body
from services.work import unit_of_work
from services.workspace import Workspace
from tests.factories import as_role
from tests.services.reception import received


@pytest.mark.parametrize(
    ("make", "model", "body"),
    [
        ("Ford", "Focus", BodyType.SALOON),
        ("", "", BodyType.SALOON),
        ("Toyota", "RAV4", BodyType.SUV),
        ("Nissan", "Qashqai", BodyType.SUV),
        ("BMW", "X5 xDrive40i", BodyType.SUV),
        ("Land Rover", "Discovery", BodyType.SUV),
        ("Hyundai", "Santa Fe", BodyType.SUV),
        ("Ford", "Transit Custom", BodyType.VAN),
        ("Mercedes-Benz", "V-Class", BodyType.VAN),
        ("Ford", "Ranger Wildtrak", BodyType.PICKUP),
        ("Toyota", "Hilux", BodyType.PICKUP),
        ("Ford", "F-150", BodyType.PICKUP),
        ("BMW", "M5", BodyType.SALOON),
        ("Volvo", "V60", BodyType.SALOON),
        ("别克", "GL8", BodyType.VAN),
        ("哈弗", "H6", BodyType.SUV),
        ("大众", "途观L", BodyType.SUV),
        ("长城", "风骏7皮卡", BodyType.PICKUP),
        ("大众", "朗逸", BodyType.SALOON),
    ],
)
def test_the_name_of_a_car_tells_its_body(make: str, model: str, body: BodyType) -> None:
    assert guess_body(make, model) == body


def test_what_was_said_counts_more_than_the_name(ws: Workspace) -> None:
    with unit_of_work(as_role(ws, Role.ADVISOR)) as work:
        order = received(work)
        assert body_of(work.get(Vehicle, order.vehicle_id)) == BodyType.SALOON
        assert body_of(set_body(work, order.id, body=BodyType.PICKUP)) == BodyType.PICKUP
