"""Named choices. Each member knows its label (English source text), colour and icon; screens ask it, never compare."""

from db.choice import Choice


class Role(Choice):
    """Who a person is in the process (process.md, Roles)."""

    ADVISOR = "advisor", "Service advisor"
    SUPERVISOR = "supervisor", "Workshop supervisor"
    TECHNICIAN = "technician", "Technician"
    TEAM_LEADER = "team_leader", "Team leader"
    INSPECTOR = "inspector", "Quality inspector"
    PARTS_CLERK = "parts_clerk", "Parts clerk"
    WARRANTY_CLERK = "warranty_clerk", "Warranty clerk"
    CASHIER = "cashier", "Cashier"
    FOLLOW_UP = "follow_up", "Follow-up clerk"
    MANAGER = "manager", "Manager"
    TRAINER = "trainer", "Trainer"


class Skill(Choice):
    """What a job asks of the person who does it."""

    SERVICE = "service", "Routine service"
    BRAKES = "brakes", "Brakes"
    ENGINE = "engine", "Engine"
    ELECTRICS = "electrics", "Electrics"
    TYRES = "tyres", "Tyres"
    AIR_CONDITIONING = "air_conditioning", "Air conditioning"
    DIAGNOSIS = "diagnosis", "Diagnosis"
    BODY = "body", "Body and paint"
    EV = "ev", "High voltage"


class BayKind(Choice):
    """What a bay can be used for."""

    LIFT = "lift", "Lift"
    QUICK = "quick", "Quick service"
    ALIGNMENT = "alignment", "Wheel alignment"
    DIAGNOSIS = "diagnosis", "Diagnosis bay"
    BODY = "body", "Body shop"


class Channel(Choice):
    """How garage and customer reach each other."""

    PHONE = "phone", "Phone", "gray", "call"
    WALK_IN = "walk_in", "At the desk", "gray", "person"
    WEB = "web", "Web", "gray", "language"
    SMS = "sms", "SMS", "gray", "sms"
    WECHAT = "wechat", "WeChat", "gray", "chat"
    EMAIL = "email", "E-mail", "gray", "mail"


class AppointmentStatus(Choice):
    """Where a booking stands."""

    REQUESTED = "requested", "Requested", "blue", "help"
    CONFIRMED = "confirmed", "Confirmed", "blue", "event_available"
    WAITING_PARTS = "waiting_parts", "Waiting for parts", "violet", "inventory_2"
    ARRIVED = "arrived", "Arrived", "green", "directions_car"
    CANCELLED = "cancelled", "Cancelled", "gray", "event_busy"
    NO_SHOW = "no_show", "No-show", "red", "person_off"
    UNMET = "unmet", "Wish not met", "orange", "sentiment_dissatisfied"


# A car that is booked and has not come yet: it holds its place and its parts.
EXPECTED = (AppointmentStatus.REQUESTED, AppointmentStatus.CONFIRMED, AppointmentStatus.WAITING_PARTS)


class OrderStatus(Choice):
    """Where a car stands in the shop."""

    RECEPTION = "reception", "Reception", "blue", "concierge"
    AWAITING_APPROVAL = "awaiting_approval", "Awaiting approval", "orange", "signature"
    AWAITING_DISPATCH = "awaiting_dispatch", "To dispatch", "blue", "inbox"
    IN_WORK = "in_work", "In work", "primary", "build"
    ON_HOLD = "on_hold", "On hold", "orange", "pause_circle"
    SELF_CHECK = "self_check", "Self-check", "primary", "task_alt"
    TEAM_CHECK = "team_check", "Team-leader check", "primary", "fact_check"
    FINAL_INSPECTION = "final_inspection", "Final inspection", "primary", "verified"
    REWORK = "rework", "Rework", "red", "replay"
    WASH = "wash", "Wash", "primary", "local_car_wash"
    READY = "ready", "Ready", "green", "check_circle"
    DELIVERED = "delivered", "Delivered", "gray", "key"
    CLOSED = "closed", "Closed", "gray", "done_all"
    CANCELLED = "cancelled", "Cancelled", "gray", "cancel"


class HoldReason(Choice):
    """Why work on a car stands still."""

    PARTS = "parts", "Waiting for parts", "violet", "inventory_2"
    APPROVAL = "approval", "Waiting for the customer's approval", "orange", "phone_in_talk"
    OUTSIDE = "outside", "Outside work", "orange", "outbound"
    TOOL = "tool", "Tool or bay not free", "orange", "construction"
    BREAK = "break", "Break", "gray", "coffee"


class LineKind(Choice):
    """What an order line charges for."""

    LABOUR = "labour", "Labour", "gray", "engineering"
    PART = "part", "Parts", "gray", "settings"
    OUTSIDE = "outside", "Outside work", "gray", "outbound"
    FEE = "fee", "Fee", "gray", "receipt"


class Payer(Choice):
    """Who pays a line."""

    CUSTOMER = "customer", "Customer"
    WARRANTY = "warranty", "Warranty"
    INSURER = "insurer", "Insurer"
    GOODWILL = "goodwill", "Goodwill"
    INTERNAL = "internal", "Internal"


class Answer(Choice):
    """The customer's word on a line."""

    PENDING = "pending", "Not asked yet", "orange", "help"
    AGREED = "agreed", "Agreed", "green", "check"
    DECLINED = "declined", "Declined", "gray", "close"


class ConsentMethod(Choice):
    """How the customer gave an answer."""

    SIGNED = "signed", "Signed here", "gray", "signature"
    PHONE = "phone", "By phone", "gray", "call"
    MESSAGE = "message", "By message", "gray", "sms"
    BEFOREHAND = "beforehand", "Agreed beforehand", "gray", "fact_check"
    LINK = "link", "On the private page", "gray", "link"


class DamageKind(Choice):
    """What is marked on the outline of a car."""

    SCRATCH = "scratch", "Scratch", "orange", "gesture"
    DENT = "dent", "Dent", "red", "adjust"
    CRACK = "crack", "Crack", "red", "broken_image"
    PAINT = "paint", "Paint damage", "orange", "format_paint"
    RUST = "rust", "Rust", "orange", "grain"
    MISSING = "missing", "Missing part", "red", "do_not_disturb_on"


class CheckLevel(Choice):
    """The three checks, and the advisor's own before the customer comes."""

    SELF = "self", "Self-check", "gray", "task_alt"
    TEAM = "team", "Team-leader check", "gray", "fact_check"
    FINAL = "final", "Final inspection", "gray", "verified"
    DELIVERY = "delivery", "Pre-delivery check", "gray", "checklist"


class PaymentMethod(Choice):
    """How money comes in."""

    CASH = "cash", "Cash", "gray", "payments"
    CARD = "card", "Card", "gray", "credit_card"
    WECHAT = "wechat", "WeChat Pay", "gray", "qr_code"
    ALIPAY = "alipay", "Alipay", "gray", "qr_code"
    TRANSFER = "transfer", "Bank transfer", "gray", "account_balance"


class FollowUpStatus(Choice):
    """Where a follow-up call stands."""

    DUE = "due", "Call due", "blue", "call"
    NOT_REACHED = "not_reached", "Not reached", "orange", "phone_missed"
    REACHED = "reached", "Reached", "primary", "phone_in_talk"
    SATISFIED = "satisfied", "Satisfied", "green", "sentiment_satisfied"
    COMPLAINT = "complaint", "Complaint", "red", "report"


class ComplaintStatus(Choice):
    """Where a complaint stands."""

    RECEIVED = "received", "Received", "red", "report"
    CLASSIFIED = "classified", "Classified", "orange", "category"
    PLANNED = "planned", "Planned", "orange", "event_note"
    HANDLED = "handled", "Handled", "primary", "handyman"
    ANSWERED = "answered", "Answered", "primary", "mark_email_read"
    CLOSED = "closed", "Closed", "gray", "done_all"


class ComplaintKind(Choice):
    """What a complaint is about."""

    REPAIR = "repair", "Quality of repair"
    SERVICE = "service", "Attitude and service"
    PRICE = "price", "Price"
    TIME = "time", "Waiting or delay"
    PARTS = "parts", "Parts"
    DAMAGE = "damage", "Damage to the car"
    OTHER = "other", "Other"


class UnmetReason(Choice):
    """Why a customer's wish for a time could not be met."""

    NO_PLACE = "no_place", "No free place"
    NO_PART = "no_part", "Part not in stock"
    PRICE = "price", "Price"
    TIME = "time", "Time does not suit"
    NO_SKILL = "no_skill", "Nobody with the skill"
    OTHER = "other", "Other"


class MessageState(Choice):
    """Where a message to a customer stands."""

    QUEUED = "queued", "To send", "blue", "schedule_send"
    SENT = "sent", "Sent", "green", "done"
    FAILED = "failed", "Failed", "red", "error"
    BY_HAND = "by_hand", "Sent by hand", "green", "front_hand"
    DROPPED = "dropped", "No longer needed", "gray", "cancel_schedule_send"


class MovementKind(Choice):
    """Why stock changed."""

    INITIAL = "initial", "Opening stock"
    RECEIPT = "receipt", "Goods in"
    ISSUE = "issue", "Issued to an order"
    RETURN = "return", "Returned"
    COUNT = "count", "Count"
    TO_SUPPLIER = "to_supplier", "Back to the supplier"


class Urgency(Choice):
    """How soon work found on the car should be done."""

    NOW = "now", "Now", "red", "priority_high"
    SOON = "soon", "Soon", "orange", "schedule"
    LATER = "later", "Later", "gray", "event"
