"""Today: what is wrong now, and whose is it?"""

from ui.head import head
from ui.here import guard, here, zone
from ui.record import order_record
from ui.text import Safe, joined
from ui.today_parts import today_board
from ui.when import clock, long_day

guard("today")
order_record()

now = here().clock()
head(joined(long_day(now, zone()), Safe(clock(now, zone()))))
today_board()
