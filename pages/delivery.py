"""Delivery: what can go out, and what is owed?"""

from ui.delivery_board import live_deliveries
from ui.head import head
from ui.here import guard
from ui.record import order_record
from ui.text import t

guard("delivery")
order_record()

head(t("Delivery"))
live_deliveries()
