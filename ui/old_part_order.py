"""The old parts of one car on its record: what is wanted back or by the warranty and not put aside, and where the rest lies."""

import streamlit as st

from services.old_part_list import places
from services.old_parts import claimed, of_order, to_keep
from services.order_facts import OrderFacts
from ui.here import look
from ui.old_part_rows import old_part_rows, put_aside
from ui.text import Safe, t


def old_parts(facts: OrderFacts) -> None:
    """Nothing where no old part is wanted and none was kept."""
    with look() as work:
        kept = of_order(work, facts.order.id)
        left = to_keep(facts, kept)
        wanted, known = claimed(work, kept), places(work) if kept or left else []
    if not kept and not left:
        return
    st.markdown(Safe(f"**:material/inventory_2: {t('Old parts')}**"))
    place = f"order_{facts.order.id}"
    put_aside(facts.order.id, left, known, place)
    old_part_rows(kept, wanted, known, place)
