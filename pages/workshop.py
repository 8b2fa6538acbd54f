"""Workshop: what do I work on, what is late?"""

from ui.head import head
from ui.here import guard
from ui.record import order_record
from ui.text import t
from ui.workshop_board import live_board

guard("workshop")
order_record()

head(t("Workshop"))
live_board()
