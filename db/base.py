"""The base class of every table, with a registry of its own."""

import re
from typing import Any

from sqlalchemy import MetaData
from sqlalchemy.orm import declared_attr, registry
from sqlmodel import SQLModel

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMING)


class Base(SQLModel, registry=registry(metadata=metadata)):
    """Every table derives from this.

    The registry is ours because Streamlit's hot reload would otherwise declare the tables twice on the shared one.
    """

    @declared_attr.directive
    def __tablename__(cls) -> Any:  # noqa: N805
        """`WorkOrder` is stored in `work_order`."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()
