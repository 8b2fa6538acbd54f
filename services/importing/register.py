"""Who and what was met so far, so that one customer and one car come out once however often a list names them."""

from dataclasses import dataclass

from services.importing.values import RowValues, Why
from services.normalize import name_key


@dataclass(eq=False)
class Owner:
    """A customer. Without a phone a name alone says too little: such a person is known by the car only."""

    key: str
    phone: str | None
    customer_id: int | None = None

    def is_same(self, values: RowValues) -> bool:
        """Whether the row can mean this person, given that it names the same car."""
        return self.key == name_key(values.name) and (not self.phone or not values.phone or self.phone == values.phone)


@dataclass(eq=False)
class Car:
    """A car; `vehicle_id` when the garage has it already."""

    owner: Owner
    plate_key: str | None
    vin: str | None
    vehicle_id: int | None = None


class Register:
    """The customers and cars met so far: in the garage's own records, then in the rows accepted."""

    def __init__(self) -> None:
        self._people: dict[tuple[str, str], Owner] = {}
        self._plates: dict[str, Car] = {}
        self._vins: dict[str, Car] = {}

    def know_owner(self, owner: Owner) -> None:
        """A customer from before. Of two with the same name and phone the first stands for both."""
        if owner.phone:
            self._people.setdefault((owner.key, owner.phone), owner)

    def know_car(self, car: Car) -> None:
        """A car from before, or one that was just completed."""
        if car.plate_key:
            self._plates.setdefault(car.plate_key, car)
        if car.vin:
            self._vins.setdefault(car.vin, car)

    def conflict(self, values: RowValues) -> Why | None:
        """Why the row contradicts what is known already, or None."""
        by_plate, by_vin = self._plates.get(values.plate_key or ""), self._vins.get(values.vin or "")
        if by_plate and not by_plate.owner.is_same(values):
            return Why.OTHERS_PLATE
        if by_vin and not by_vin.owner.is_same(values):
            return Why.OTHERS_VIN
        if by_vin and by_vin is not by_plate and values.plate_key and (by_plate or by_vin.plate_key):
            return Why.OTHER_PLATE
        if by_plate and values.vin and by_plate.vin not in (None, values.vin):
            return Why.OTHER_VIN
        return None

    def add(self, values: RowValues) -> Car:
        """The car of a row without conflict; the first row that names it makes it, later ones complete it."""
        car = self._plates.get(values.plate_key or "") or self._vins.get(values.vin or "")
        car = car or Car(Owner(name_key(values.name), None), None, None)
        if values.phone and not car.owner.phone:
            self._learn_phone(car, values.phone)
        car.plate_key, car.vin = car.plate_key or values.plate_key, car.vin or values.vin
        self.know_car(car)
        return car

    def _learn_phone(self, car: Car, phone: str) -> None:
        """The owner was known by the car only; now the phone may show that it is somebody met before.

        A car in the garage's records keeps its owner, who gets the phone.
        """
        met_before = self._people.setdefault((car.owner.key, phone), car.owner)
        if car.owner.customer_id is None:
            car.owner = met_before
        car.owner.phone = phone
