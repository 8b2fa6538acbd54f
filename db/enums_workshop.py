"""Named choices of the workshop: what was found, what slipped, what a check said, how parts move."""

from db.choice import Choice


class Risk(Choice):
    """Whether a car will be ready when it was promised, judged by the work that is left on it."""

    ON_TIME = "on_time", "On time", "green", "schedule"
    TIGHT = "tight", "At risk", "orange", "timer"
    LATE = "late", "Late", "red", "alarm"


class BarKind(Choice):
    """What a stretch of the day plan is."""

    BOOKED = "booked", "Booked", "blue", "event"
    PLANNED = "planned", "Not started", "gray", "schedule"
    RUNS = "runs", "In work", "primary", "build"
    STANDS = "stands", "Stopped", "orange", "pause_circle"
    DONE = "done", "Work done", "green", "check"


class SymptomSeen(Choice):
    """Whether the technician could confirm what the customer described."""

    SEEN = "seen", "Confirmed", "green", "check"
    SOMETIMES = "sometimes", "Comes and goes", "orange", "sync_problem"
    NOT_SEEN = "not_seen", "Not found", "red", "search_off"


class CheckMark(Choice):
    """What a check says of one point."""

    PASS = "pass", "In order", "green", "check"
    FAIL = "fail", "Not in order", "red", "close"
    NOT_APPLICABLE = "not_applicable", "Does not apply", "gray", "remove"


class ReworkCause(Choice):
    """Why a car goes back to rework."""

    WORK = "work", "Work not done properly", "red", "handyman"
    FORGOTTEN = "forgotten", "Something left out", "red", "playlist_remove"
    PART = "part", "Faulty part", "orange", "settings"
    DIAGNOSIS = "diagnosis", "Fault not found", "orange", "troubleshoot"
    DAMAGE = "damage", "Damaged during the work", "red", "car_crash"
    NOT_CLEAN = "not_clean", "Not clean", "gray", "cleaning_services"


class DelayReason(Choice):
    """Why work takes longer than promised."""

    HARDER = "harder", "Harder than planned", "orange", "fitness_center"
    MORE = "more", "More was found", "orange", "add_circle"
    PARTS = "parts", "Parts are late", "violet", "inventory_2"
    PEOPLE = "people", "Nobody free", "orange", "group_off"
    TOOL = "tool", "Tool or bay not free", "orange", "construction"
    OUTSIDE = "outside", "Outside work is late", "orange", "outbound"


class DelayAnswer(Choice):
    """What the customer said to a new time."""

    AGREES = "agrees", "Agrees to the new time", "green", "thumb_up"
    SOONER = "sooner", "Needs it sooner", "red", "bolt"
    FETCHES = "fetches", "Collects it as it is", "orange", "directions_car"
    NOT_REACHED = "not_reached", "Not reached", "orange", "phone_missed"


class AdviceEnd(Choice):
    """What became of something recommended for later."""

    DONE = "done", "Done", "green", "check"
    DECLINED = "declined", "The customer does not want it", "gray", "close"
    OBSOLETE = "obsolete", "No longer needed", "gray", "remove"


class RequisitionStatus(Choice):
    """Where parts asked for by the workshop stand."""

    ASKED = "asked", "To pick", "blue", "shopping_basket"
    PICKED = "picked", "Ready at the counter", "violet", "inventory"
    ISSUED = "issued", "Issued", "green", "outbox"
    CANCELLED = "cancelled", "Withdrawn", "gray", "cancel"


class PriceSource(Choice):
    """Where a part's new price or cost comes from."""

    BY_HAND = "by_hand", "By hand", "gray", "edit"
    GOODS_IN = "goods_in", "Goods in", "gray", "package_2"
    LIST = "list", "Price list", "gray", "upload_file"
