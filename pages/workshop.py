"""Workshop: what do I work on, what is late?"""

from ui.head import head
from ui.here import guard
from ui.record import order_record
from ui.text import t
from ui.workshop_board import live_board
from ui.workshop_views import first_view, offered, searched, view_words

guard("workshop")
order_record()

controls = head(t("Workshop"))
view = controls.segmented_control(
    t("View"),
    offered(),
    default=first_view(),
    required=True,
    format_func=view_words,
    key="workshop_view",
    label_visibility="collapsed",
    width="content",
)
typed = controls.text_input(
    t("Search"),
    placeholder=searched(view or first_view()),
    key="workshop_search",
    label_visibility="collapsed",
    width=230,
    icon=":material/search:",
)
live_board(view or first_view(), typed)
