"""The steps of the workshop: what needs only a tap, what needs a form, and the sections of the record."""

from collections.abc import Callable

from db.enums import CheckLevel
from services.clocks import finish, resume, start
from services.handing import accept
from services.i18n import N_
from services.order_facts import OrderFacts
from services.work import Work
from ui.ask_back import ask_back_form
from ui.checks_section import checks_section
from ui.knowledge import knowledge_section
from ui.parking import park_form, wash_form
from ui.parts_ask import ask_form
from ui.recommend_form import recommend_form
from ui.workshop_answer import answer_form
from ui.workshop_checks import check_form
from ui.workshop_clocks import finish_form, hold_form, pause_form, start_form
from ui.workshop_delay import delay_form
from ui.workshop_diagnosis import diagnose_form
from ui.workshop_dispatch import dispatch_form, reassign_form
from ui.workshop_extra import extra_form
from ui.workshop_outside import back_form, send_form
from ui.workshop_price import price_form
from ui.workshop_sections import work_section
from ui.workshop_store import give_back_form
from ui.workshop_take_over import verify_form

DIRECT: dict[str, tuple[Callable[[Work, int], object], str]] = {
    "accept": (accept, N_("The workshop has taken it in")),
    "start": (start, N_("Your clock runs.")),
    "resume": (resume, N_("Work goes on.")),
    "finish": (finish, N_("All done: the self-check is next.")),
}
_CHECKED = (CheckLevel.SELF, CheckLevel.TEAM, CheckLevel.FINAL)
FORMS: dict[str, Callable[[OrderFacts], None]] = {
    "ask_back": ask_back_form,
    "dispatch": dispatch_form,
    "reassign": reassign_form,
    "verify": verify_form,
    "diagnose": diagnose_form,
    "pause": pause_form,
    "hold": hold_form,
    "finish_job": finish_form,
    "start": start_form,
    "report_delay": delay_form,
    "add_extra": extra_form,
    "answer_extra": answer_form,
    "ask_parts": ask_form,
    "issue": ask_form,
    "give_back": give_back_form,
    "send_out": send_form,
    "take_back": back_form,
    "price_line": price_form,
    "washed": wash_form,
    "park": park_form,
    "recommend": recommend_form,
    **{f"{verb}_{level.value}": check_form(level) for level in _CHECKED for verb in ("pass", "fail")},
}
SECTIONS: dict[str, Callable[[OrderFacts], None]] = {
    "work": work_section,
    "checks": checks_section,
    "known": knowledge_section,
}
