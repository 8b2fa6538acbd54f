"""Who may do what, by name. Services ask with `work.needs(*X)`; menus follow the same names. A manager may do everything."""

from db.enums import Role
from services.workspace import Person

BOOKS = (Role.ADVISOR, Role.FOLLOW_UP, Role.SUPERVISOR)
OVERRIDES_POLICY = (Role.SUPERVISOR,)
RECEIVES = (Role.ADVISOR,)
DISPATCHES = (Role.SUPERVISOR,)
REPAIRS = (Role.TECHNICIAN, Role.TEAM_LEADER, Role.SUPERVISOR)
CHECKS_AS_LEADER = (Role.TEAM_LEADER, Role.SUPERVISOR)
INSPECTS = (Role.INSPECTOR,)
FINISHES_CAR = (Role.TECHNICIAN, Role.TEAM_LEADER, Role.SUPERVISOR, Role.ADVISOR)
DELIVERS = (Role.ADVISOR,)
PARKS = (*FINISHES_CAR, Role.INSPECTOR)
ADVISES = (*REPAIRS, *INSPECTS, *RECEIVES)
TAKES_MONEY = (Role.CASHIER, Role.ADVISOR)
REVERSES = (Role.CASHIER,)
KEEPS_DRAWER = (Role.CASHIER,)
READS_BOOKS = (Role.CASHIER, Role.TRAINER)
GIVES_CREDIT = (Role.MANAGER,)
REOPENS = (Role.MANAGER,)
LETS_OUT = (Role.ADVISOR, Role.CASHIER, Role.SUPERVISOR)
REMINDS = (Role.CASHIER, Role.ADVISOR)
CALLS = (Role.FOLLOW_UP, Role.ADVISOR)
HANDLES_COMPLAINTS = (Role.FOLLOW_UP, Role.ADVISOR)
ISSUES_PARTS = (Role.PARTS_CLERK,)
RUNS_CAMPAIGNS = (Role.WARRANTY_CLERK,)
MARKS_CAMPAIGNS = (Role.WARRANTY_CLERK, Role.ADVISOR)
DECIDES_WARRANTY = (Role.WARRANTY_CLERK,)
HANDLES_CLAIMS = (Role.ADVISOR, Role.WARRANTY_CLERK)
SETTLES_CLAIMS = (Role.WARRANTY_CLERK, Role.ADVISOR)
CLAIMS_MONEY = (Role.WARRANTY_CLERK, Role.CASHIER)
WRITES_OFF = (Role.MANAGER,)
KEEPS_OLD_PARTS = (*REPAIRS, *ISSUES_PARTS, *RECEIVES, *DECIDES_WARRANTY)
IMPORTS = (Role.MANAGER,)
MANAGES = (Role.MANAGER,)
EVERYONE = tuple(Role)

PAGES: dict[str, tuple[Role, ...]] = {
    "today": EVERYONE,
    "booking": (Role.ADVISOR, Role.FOLLOW_UP, Role.SUPERVISOR, Role.PARTS_CLERK, Role.TRAINER),
    "reception": (Role.ADVISOR, Role.SUPERVISOR, Role.WARRANTY_CLERK, Role.TRAINER),
    "workshop": (
        Role.SUPERVISOR,
        Role.TECHNICIAN,
        Role.TEAM_LEADER,
        Role.INSPECTOR,
        Role.ADVISOR,
        Role.PARTS_CLERK,
        Role.WARRANTY_CLERK,
        Role.TRAINER,
    ),
    "delivery": (Role.ADVISOR, Role.CASHIER, Role.INSPECTOR, Role.TRAINER),
    "gate": (*LETS_OUT, Role.TRAINER),
    "money": (Role.CASHIER, Role.TRAINER),
    "follow_up": (Role.FOLLOW_UP, Role.ADVISOR, Role.TRAINER),
    "parts": (Role.PARTS_CLERK, Role.ADVISOR, Role.SUPERVISOR, Role.TRAINER),
    "claims": (Role.WARRANTY_CLERK, Role.ADVISOR, Role.CASHIER, Role.TRAINER),
    "customers": (Role.ADVISOR, Role.FOLLOW_UP, Role.WARRANTY_CLERK, Role.CASHIER, Role.TRAINER),
    "reports": (Role.SUPERVISOR, Role.MANAGER, Role.TRAINER),
    "settings": (*MANAGES, *RUNS_CAMPAIGNS),
}
HOME: tuple[tuple[Role, str], ...] = (
    (Role.MANAGER, "today"),
    (Role.ADVISOR, "reception"),
    (Role.SUPERVISOR, "workshop"),
    (Role.TECHNICIAN, "workshop"),
    (Role.TEAM_LEADER, "workshop"),
    (Role.PARTS_CLERK, "parts"),
    (Role.INSPECTOR, "workshop"),
    (Role.CASHIER, "delivery"),
    (Role.WARRANTY_CLERK, "claims"),
    (Role.FOLLOW_UP, "follow_up"),
)


def may_open(person: Person, page: str) -> bool:
    """Whether the page is in the person's menu."""
    return person.has(*PAGES[page])


def home_page(person: Person) -> str:
    """The screen a person starts on."""
    return next((page for role, page in HOME if role in person.roles), "today")
