"""Named choices of the booking desk: its tasks, the calls the garage makes, purchases, links given out."""

from db.choice import Choice


class TaskKind(Choice):
    """What a booking desk must not forget. Follows from where a booking stands (services/desk_tasks.py)."""

    STOCK = "stock", "Answer whether the part is there", "violet", "inventory_2"
    TELL = "tell", "Part cannot be had: tell the customer", "orange", "call"
    CONFIRM = "confirm", "Confirm the booking", "blue", "event_available"
    REPORT = "report", "Car comes back: look at it", "red", "report"
    REMIND_EARLY = "remind_early", "Remind, booked long ahead", "blue", "notifications"
    REMIND = "remind", "Remind of tomorrow", "blue", "notifications"
    CONFIRM_ARRIVAL = "confirm_arrival", "Ask whether they are on the way", "blue", "call"
    GREET = "greet", "Go out and greet", "green", "waving_hand"
    PART_LATE = "part_late", "Part is not in yet: agree a later time", "orange", "pending_actions"
    PART_IN = "part_in", "Part is in: call back", "violet", "package_2"
    MISSING = "missing", "Has not come: try to reach them", "orange", "phone_missed"
    REBOOK = "rebook", "Did not come: offer a new time", "orange", "event_repeat"
    DECIDE = "decide", "Wish not met: decide", "orange", "gavel"
    OFFER = "offer", "Manager wants it: offer a new time", "orange", "event_repeat"


class TaskOutcome(Choice):
    """What came of a task."""

    DONE = "done", "Done", "green", "check"
    NOT_REACHED = "not_reached", "Not reached", "orange", "phone_missed"
    IN_STOCK = "in_stock", "In stock", "green", "check"
    ORDER = "order", "Must be ordered", "violet", "shopping_cart"
    NO = "no", "Customer does not want to", "gray", "thumb_down"


class ReturnKind(Choice):
    """Why a car comes back and the manager must know."""

    COMPLAINT = "complaint", "Open complaint", "red", "report"
    REWORK = "rework", "Comes back after our work", "red", "replay"


class PurchaseStatus(Choice):
    """Where a part to buy stands."""

    PLANNED = "planned", "To order", "violet", "shopping_cart"
    ORDERED = "ordered", "Ordered", "blue", "local_shipping"
    ARRIVED = "arrived", "Has arrived", "green", "package_2"
    DROPPED = "dropped", "Not needed", "gray", "remove_shopping_cart"


class LinkPurpose(Choice):
    """What a private link opens."""

    WELCOME = "welcome", "Welcome board", "gray", "tv"
    FEED = "feed", "Calendar feed", "gray", "rss_feed"
    APPOINTMENT = "appointment", "Booking for the customer", "gray", "event"
    ORDER = "order", "Work order for the customer", "gray", "receipt_long"


class CampaignKind(Choice):
    """Why the maker or the garage calls cars in."""

    RECALL = "recall", "Recall", "red", "campaign"
    CAMPAIGN = "campaign", "Campaign", "blue", "campaign"


class CampaignStand(Choice):
    """Where a campaign stands."""

    AHEAD = "ahead", "not begun", "blue", "schedule"
    RUNNING = "running", "running", "green", "play_arrow"
    OVER = "over", "over", "gray", "stop"


class OutreachReason(Choice):
    """Why the garage calls first."""

    RECALL = "recall", "Recall", "red", "campaign"
    DECLINED = "declined", "Declined work now due", "orange", "build_circle"
    SERVICE = "service", "Service due", "blue", "build"
    FIRST_SERVICE = "first_service", "First service", "blue", "fiber_new"
    INSPECTION = "inspection", "Inspection expires", "orange", "assignment"
    INSURANCE = "insurance", "Insurance expires", "orange", "shield"
    CAMPAIGN = "campaign", "Campaign", "blue", "campaign"
    ABSENT = "absent", "Not seen for long", "gray", "hourglass"


class OutreachResult(Choice):
    """What came of a call the garage made."""

    BOOKED = "booked", "Booked", "green", "event_available"
    LATER = "later", "Call again later", "blue", "schedule"
    NOT_REACHED = "not_reached", "Not reached", "orange", "phone_missed"
    NO = "no", "Said no", "gray", "thumb_down"
    DONE_ELSEWHERE = "done_elsewhere", "Done elsewhere", "gray", "storefront"
    NEVER = "never", "Wants no calls", "red", "do_not_disturb_on"


class Arrival(Choice):
    """Where a booked car stands, said to its driver on the welcome board."""

    EXPECTED = "expected", "We expect you", "blue", "schedule"
    ARRIVED = "arrived", "Welcome, please take a seat", "green", "directions_car"
    IN_WORK = "in_work", "In the workshop", "primary", "build"
    READY = "ready", "Ready to collect", "green", "check_circle"
