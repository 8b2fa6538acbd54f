"""All tables."""

from db.models.appointments import Appointment, AppointmentJob, Reservation
from db.models.care import Complaint, ContactAttempt, FollowUp, FollowUpAnswer
from db.models.catalogue import Job, JobPart, Part, StockMovement
from db.models.checks import Check, ClockEntry, DamageMark, Inspection
from db.models.consents import Consent, ConsentItem
from db.models.customers import ContactConsent, Customer, Vehicle
from db.models.garage import Bay, ClosingDay, Garage, OpeningHours
from db.models.journal import Attachment, Event, Message, NumberSeries, Once
from db.models.orders import OrderJob, OrderLine, WorkOrder
from db.models.people import Absence, Shift, SignInSession, Staff, StaffRole, StaffSkill
from db.models.settlement import ExitPass, Payment, Statement, StatementLine

__all__ = [
    "Absence",
    "Appointment",
    "AppointmentJob",
    "Attachment",
    "Bay",
    "Check",
    "ClockEntry",
    "ClosingDay",
    "Complaint",
    "Consent",
    "ConsentItem",
    "ContactAttempt",
    "ContactConsent",
    "Customer",
    "DamageMark",
    "Event",
    "ExitPass",
    "FollowUp",
    "FollowUpAnswer",
    "Garage",
    "Inspection",
    "Job",
    "JobPart",
    "Message",
    "NumberSeries",
    "Once",
    "OpeningHours",
    "OrderJob",
    "OrderLine",
    "Part",
    "Payment",
    "Reservation",
    "Shift",
    "SignInSession",
    "Staff",
    "StaffRole",
    "StaffSkill",
    "Statement",
    "StatementLine",
    "StockMovement",
    "Vehicle",
    "WorkOrder",
]
