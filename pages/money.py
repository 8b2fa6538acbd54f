"""Money: what is in the drawer, what is still owed, how the days were closed, what the bookkeeper gets?"""

from ui.head import head
from ui.here import guard
from ui.money_screens import screens
from ui.record import order_record
from ui.text import t

guard("money")
order_record()

with head(t("Money")):
    screens.choice()
screens.draw()
