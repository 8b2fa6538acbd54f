"""The parts of the claims' screen, one tap from each other; the address keeps which one (`?view=old_parts`)."""

from services.i18n import N_
from ui.old_part_store import old_part_store
from ui.payer_claim_figures import figures
from ui.payer_claim_list import claim_list
from ui.screens import Part, Screens

PARTS = {
    "list": Part(N_("Claims"), claim_list),
    "old_parts": Part(N_("Old parts"), old_part_store),
    "figures": Part(N_("Figures"), figures),
}

screens = Screens("claims_screen", PARTS)
