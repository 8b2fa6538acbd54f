"""The parts of the money screen, one tap from each other; the address keeps which one (`?view=closings`)."""

from services.i18n import N_
from ui.balances import balances
from ui.drawer_board import drawer_board
from ui.drawer_closings import closing_list
from ui.money_export import export
from ui.screens import Part, Screens

PARTS = {
    "drawer": Part(N_("Cash drawer"), drawer_board),
    "balances": Part(N_("Open balances"), balances),
    "closings": Part(N_("Closings"), closing_list),
    "export": Part(N_("For the bookkeeper"), export),
}

screens = Screens("money_screen", PARTS, leaves=("closing",))
