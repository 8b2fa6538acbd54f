"""Reception: who stands here, and what do I do next for them?"""

from services.permissions import RECEIVES
from ui.act import notices
from ui.check_in import check_in
from ui.head import head
from ui.here import guard, person, show_record
from ui.reception_lists import reception_lists
from ui.record import order_record
from ui.text import t
from ui.walk_in import walk_in_page

guard("reception")
check_in()
order_record()
walk_in_page()

controls = head(t("Reception"))
controls.button(
    t("Walk-in"),
    icon=":material/add:",
    type="primary",
    key="walk_in",
    on_click=show_record,
    args=("walk_in", 1),
    disabled=not person().has(*RECEIVES),
)
notices("check_in")
notices("reception")
reception_lists()
