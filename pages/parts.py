"""Parts: what is asked for at the counter, what we keep, what has to be bought, from whom."""

from ui.head import head
from ui.here import guard
from ui.part_record import part_record
from ui.parts_screens import screens
from ui.record import order_record
from ui.text import t

guard("parts")
order_record()
part_record()

with head(t("Parts")):
    screens.choice()
screens.draw()
