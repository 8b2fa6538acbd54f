"""Named choices of delivery and money: what was said, shown and paid, and what others owe the garage."""

from db.choice import Choice


class PickUpAnswer(Choice):
    """What the customer said when told that the car is ready."""

    COMES = "comes", "Comes at the time agreed", "green", "event_available"
    CALLS_BACK = "calls_back", "Will say when", "orange", "phone_callback"
    BROUGHT = "brought", "Wants it brought", "blue", "local_shipping"
    QUESTION = "question", "Has a question first", "orange", "help"


class PaymentKind(Choice):
    """What a sum of money was taken or given for."""

    PAYMENT = "payment", "Payment", "green", "payments"
    DEPOSIT = "deposit", "Deposit", "blue", "savings"
    REFUND = "refund", "Refund", "orange", "undo"


class DiscountReason(Choice):
    """Why less is charged than the price says."""

    LOYAL = "loyal", "Loyal customer", "green", "favorite"
    PROMOTION = "promotion", "Promotion", "blue", "local_offer"
    APOLOGY = "apology", "To make up for something", "orange", "sentiment_dissatisfied"
    PRICE_MATCH = "price_match", "Price elsewhere", "gray", "compare_arrows"
    ROUND_SUM = "round_sum", "Round sum", "gray", "rounded_corner"
    STAFF = "staff", "Own staff", "gray", "badge"
    OTHER = "other", "Other reason", "gray", "more_horiz"


class DiscountState(Choice):
    """Where a discount stands."""

    ASKED = "asked", "To approve", "orange", "hourglass_top"
    GIVEN = "given", "Given", "green", "check"
    REFUSED = "refused", "Refused", "red", "close"
    WITHDRAWN = "withdrawn", "Withdrawn", "gray", "undo"


class Difference(Choice):
    """Why a line is charged otherwise than the customer agreed."""

    DISCOUNT = "discount", "Discount", "green", "sell"
    LESS_USED = "less_used", "Less was needed", "green", "remove"
    PRICED_LATER = "priced_later", "Priced after diagnosis", "gray", "troubleshoot"
    PAYER = "payer", "Somebody else pays", "blue", "account_balance"
    CHEAPER = "cheaper", "Price became lower", "green", "trending_down"
    LEFT_OUT = "left_out", "Not done", "gray", "block"
    OTHER = "other", "Other reason", "gray", "more_horiz"


class DrawerKind(Choice):
    """Why the sum of a cash drawer changed, or of what came in beside it."""

    FLOAT = "float", "Float", "gray", "account_balance_wallet"
    TAKEN = "taken", "Payment", "green", "payments"
    GIVEN_BACK = "given_back", "Given back", "orange", "undo"
    PAID_IN = "paid_in", "Put in", "blue", "add"
    PAID_OUT = "paid_out", "Taken out", "orange", "remove"
    BANKED = "banked", "To the bank", "gray", "account_balance"


class Age(Choice):
    """How long money is overdue."""

    NOT_DUE = "not_due", "Not due", "gray", "schedule"
    TO_30 = "to_30", "1–30 days", "orange", "schedule"
    TO_60 = "to_60", "31–60 days", "orange", "warning"
    TO_90 = "to_90", "61–90 days", "red", "warning"
    OVER_90 = "over_90", "Over 90 days", "red", "error"


class ClaimStatus(Choice):
    """Where a claim against a manufacturer or an insurer stands."""

    OPEN = "open", "To hand in", "orange", "edit_document"
    SENT = "sent", "Handed in", "blue", "send"
    APPROVED = "approved", "Approved", "primary", "thumb_up"
    SHORT = "short", "Cut", "orange", "content_cut"
    REJECTED = "rejected", "Rejected", "red", "thumb_down"
    PAID = "paid", "Paid", "green", "check"
    WRITTEN_OFF = "written_off", "Written off", "gray", "money_off"
    TAKEN_BACK = "taken_back", "Taken back", "gray", "undo"


class ClaimRejection(Choice):
    """Why a claim was cut or rejected."""

    TOO_LATE = "too_late", "Handed in too late", "red", "event_busy"
    NOT_COVERED = "not_covered", "Not covered", "red", "shield"
    PAPERS = "papers", "Papers or photos missing", "orange", "description"
    OLD_PART = "old_part", "Old part missing", "orange", "settings"
    TIME = "time", "Labour time cut", "orange", "timer"
    PRICE = "price", "Price of parts cut", "orange", "sell"
    WEAR = "wear", "Wear or misuse", "red", "warning"
    OTHER = "other", "Other reason", "gray", "more_horiz"


class OldPartState(Choice):
    """Where a part taken out of a car is."""

    KEPT = "kept", "Put aside", "blue", "inventory_2"
    GIVEN = "given", "Given to the customer", "green", "person"
    SENT = "sent", "Sent to who pays", "violet", "local_shipping"
    SCRAPPED = "scrapped", "Disposed of", "gray", "recycling"
