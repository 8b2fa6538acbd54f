"""Claims: what must be handed in, what do they still owe us, and where are the old parts?"""

from ui.head import head
from ui.here import guard
from ui.payer_claim_record import claim_record
from ui.payer_claim_screens import screens
from ui.record import order_record
from ui.text import t

guard("claims")
order_record()
claim_record()

with head(t("Claims")):
    screens.choice()
screens.draw()
