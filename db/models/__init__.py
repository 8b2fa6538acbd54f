"""All tables."""

from db.models.appointments import Appointment, AppointmentJob, Reservation
from db.models.care import Complaint, ContactAttempt, FollowUp, FollowUpAnswer
from db.models.catalogue import Job, JobPackage, JobPackageItem, JobPart, Part, StockMovement
from db.models.checks import Check, ClockEntry, DamageMark, Inspection
from db.models.consents import Consent, ConsentItem
from db.models.customers import ContactConsent, Customer, SearchLine, Vehicle
from db.models.desk import Draft, PrivateLink, TaskResult
from db.models.garage import Bay, ClosingDay, DayLimit, Garage, OpeningHours
from db.models.journal import Attachment, Event, Message, NumberSeries, Once
from db.models.orders import OrderJob, OrderLine, WorkOrder
from db.models.outreach import Campaign, CampaignCar, CarDue, OutreachCall
from db.models.parts import (
    PartFit,
    PartSupplier,
    PriceChange,
    PurchaseOrder,
    Requisition,
    RequisitionLine,
    Supplier,
)
from db.models.people import Absence, Shift, SignInSession, Staff, StaffRole, StaffSkill
from db.models.reception import (
    CampaignAnswer,
    CampaignRange,
    CheckTemplate,
    CheckTemplateItem,
    ClaimSupplement,
    HealthResult,
    InsuranceClaim,
    OrderTask,
    RoleLimit,
    WarrantyTerm,
)
from db.models.settlement import ExitPass, Payment, Statement, StatementLine
from db.models.store import PartReservation, PurchaseLine
from db.models.workshop import CaseText, ClockCorrection, Delay, Recommendation, Verification

__all__ = [
    "Absence",
    "Appointment",
    "AppointmentJob",
    "Attachment",
    "Bay",
    "Campaign",
    "CampaignAnswer",
    "CampaignCar",
    "CampaignRange",
    "CarDue",
    "CaseText",
    "Check",
    "CheckTemplate",
    "CheckTemplateItem",
    "ClaimSupplement",
    "ClockCorrection",
    "ClockEntry",
    "ClosingDay",
    "Complaint",
    "Consent",
    "ConsentItem",
    "ContactAttempt",
    "ContactConsent",
    "Customer",
    "DamageMark",
    "DayLimit",
    "Delay",
    "Draft",
    "Event",
    "ExitPass",
    "FollowUp",
    "FollowUpAnswer",
    "Garage",
    "HealthResult",
    "Inspection",
    "InsuranceClaim",
    "Job",
    "JobPackage",
    "JobPackageItem",
    "JobPart",
    "Message",
    "NumberSeries",
    "Once",
    "OpeningHours",
    "OrderJob",
    "OrderLine",
    "OrderTask",
    "OutreachCall",
    "Part",
    "PartFit",
    "PartReservation",
    "PartSupplier",
    "Payment",
    "PriceChange",
    "PrivateLink",
    "PurchaseLine",
    "PurchaseOrder",
    "Recommendation",
    "Requisition",
    "RequisitionLine",
    "Reservation",
    "RoleLimit",
    "SearchLine",
    "Shift",
    "SignInSession",
    "Staff",
    "StaffRole",
    "StaffSkill",
    "Statement",
    "StatementLine",
    "StockMovement",
    "Supplier",
    "TaskResult",
    "Vehicle",
    "Verification",
    "WarrantyTerm",
    "WorkOrder",
]
