"""Gate: may this car leave?"""

from ui.gate import gate, opened_by_code
from ui.head import head
from ui.here import guard
from ui.text import t

guard("gate")
opened_by_code()
head(t("Gate"))
gate()
