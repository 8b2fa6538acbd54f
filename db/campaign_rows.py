"""What the campaigns of releases up to 0.2 say of their cars, as the rows cars are found by since."""

import json

from sqlalchemy import Connection, text

_OLD = "SELECT id, make, model, registered_from, registered_to, vins FROM campaign"
_NEW = text(
    "INSERT INTO campaign_range (campaign_id, own, make_key, model_key, registered_from, registered_to, vin_key, vin_from, vin_to)"
    " VALUES (:id, :own, :make, :model, :first, :last, :vin, :vin, :vin)"
)


def put_ranges(connection: Connection) -> None:
    """One row for make, model and registration, one for each VIN listed."""
    for key, make, model, first, last, listed in connection.execute(text(_OLD)).all():
        blank = {"id": key, "own": True, "make": "", "model": "", "first": None, "last": None, "vin": ""}
        rows = []
        if make or first or last:
            rows = [blank | {"make": make.casefold(), "model": model.casefold(), "first": first, "last": last}]
        vins = json.loads(listed) if isinstance(listed, str) else listed
        rows += [blank | {"vin": vin} for vin in vins or ()]
        if rows:
            connection.execute(_NEW, rows)
