"""The parts of the store's screen, one tap from each other; the address keeps which one (`?view=buy`)."""

from services.i18n import N_
from ui.old_part_store import old_part_store
from ui.parts_buy import buying
from ui.parts_catalogue import catalogue
from ui.parts_count import counting
from ui.parts_counter import counter
from ui.parts_suppliers import supplier_list
from ui.price_list import price_list
from ui.screens import Part, Screens

PARTS = {
    "counter": Part(N_("Counter"), counter),
    "catalogue": Part(N_("Catalogue"), catalogue),
    "buy": Part(N_("To buy"), buying),
    "suppliers": Part(N_("Suppliers"), supplier_list),
    "count": Part(N_("Count"), counting),
    "old_parts": Part(N_("Old parts"), old_part_store),
}


screens = Screens("parts_screen", PARTS, hidden={"list": price_list})
