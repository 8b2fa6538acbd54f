"""The demo's store before its first day: suppliers, what they sell at what cost, and the cars some parts fit."""

from decimal import Decimal

from db.enums import Role
from db.models import Part, Supplier
from services.demo.shop_content import SupplierStory
from services.demo.stage import Stage
from services.part_fits import add_fit
from services.suppliers import SupplierTyped, put_source, put_supplier

DEARER = Decimal("1.06")  # what the second supplier of a part asks more


def put_store(stage: Stage) -> None:
    """Every part has its sources; those for one make say which cars they fit."""
    work = stage.at(stage.work.now, stage.one(Role.PARTS_CLERK))
    for story in stage.content.shop.suppliers:
        row = put_supplier(work, None, _typed(story))
        for code, part in stage.parts.items():
            if code.split("-")[0] in story.groups:
                _sells(stage, row, story, part)
    for part in stage.parts.values():
        _fits(stage, part)


def _fits(stage: Stage, part: Part) -> None:
    """A part whose name says a make, or a model of it, is for that."""
    work, named = stage.work, {one.make for one in stage.content.models if one.make in part.name}
    for make in sorted(named):
        models = sorted({one.model for one in stage.content.models if one.make == make and one.model in part.name})
        for model in models or [""]:
            add_fit(work, part.id, make=make, model=model)


def _typed(story: SupplierStory) -> SupplierTyped:
    return SupplierTyped(
        name=story.name, contact=story.contact, phone=story.phone, email=story.email, delivery_days=story.days
    )


def _sells(stage: Stage, row: Supplier, story: SupplierStory, part: Part) -> None:
    """The first who sells a part is asked first; whoever comes later asks more."""
    first = next(one for one in stage.content.shop.suppliers if part.code.split("-")[0] in one.groups)
    cost = part.cost if first is story else (part.cost * DEARER).quantize(Decimal("0.01"))
    put_source(stage.work, part.id, row.id, code=f"{story.name[:1]}{part.id:05d}", cost=cost, preferred=first is story)
