"""Customers: who is this, which cars, what happened here before?"""

from ui.customer_file import customer_record
from ui.customer_list import customer_list
from ui.head import head
from ui.here import guard
from ui.record import order_record
from ui.text import t

guard("customers")
order_record()
customer_record()

head(t("Customers"))
customer_list()
