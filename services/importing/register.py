"""Who and what was met so far, so that one customer and one car come out once however often a list names them."""

from dataclasses import dataclass

from services.importing.values import RowValues, Why
from services.normalize import name_key


@dataclass(eq=False)
class Owner:
    """A customer of the list. Without a phone a name alone says too little: such a person is known by the car only."""

    key: str
    phone: str | None

    def is_same(self, values: RowValues) -> bool:
        """Whether the row can mean this person, given that it names the same car."""
        return self.key == name_key(values.name) and (not self.phone or not values.phone or self.phone == values.phone)


@dataclass(eq=False)
class Car:
    """A car of the list."""

    owner: Owner
    plate_key: str | None
    vin: str | None


class Register:
    """The customers and cars of the rows accepted so far."""

    def __init__(self) -> None:
        self._people: dict[tuple[str, str], Owner] = {}
        self._plates: dict[str, Car] = {}
        self._vins: dict[str, Car] = {}

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
            # The owner was known by the car only; now the phone may show that it is somebody met before.
            car.owner = self._people.setdefault((car.owner.key, values.phone), Owner(car.owner.key, values.phone))
        car.plate_key, car.vin = car.plate_key or values.plate_key, car.vin or values.vin
        if car.plate_key:
            self._plates[car.plate_key] = car
        if car.vin:
            self._vins[car.vin] = car
        return car
