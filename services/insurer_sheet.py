"""What the claim sheet says to an insurer: the accident, the agreed assessment, the work of its part, and the papers."""

from decimal import Decimal

from sqlmodel import col, select

from db.enums import Payer
from db.enums_reception import ClaimPaper, ClaimParty
from db.models import InsuranceClaim, OrderLine, Part, StatementLine
from services.claim_file import ClaimFile
from services.claim_state import NOT_NEEDED, covered
from services.claim_supplements import agreed_on_top
from services.estimates import split
from services.i18n import N_, translate
from services.money import show
from services.papers import moment_words, quantity_words
from services.settlement import standing, statement_shares, statements
from services.work import Work

NONE = Decimal(0)


def accident_facts(work: Work, told: InsuranceClaim, language: str) -> list[tuple[str, str]]:
    """What was written down and agreed, each with its name (an English source text)."""
    most, currency = covered(told, agreed_on_top(work, told.id)), work.garage.currency
    names = [str(told.agreed[party]["name"]) for party in ClaimParty if "name" in told.agreed.get(party, {})]
    return [
        (N_("Policy number"), told.policy_number),
        (N_("Time of the accident"), moment_words(work, told.happened_at, language) if told.happened_at else ""),
        (N_("Loss assessor"), " · ".join(filter(None, (told.assessor, told.assessor_phone)))),
        (N_("Assessed sum"), "" if most is None else show(most, currency, language)),
        (N_("Agreed by"), ", ".join(names)),
    ]


def insured_rows(work: Work, file: ClaimFile, language: str) -> list[list[str]]:
    """The lines of the insurer's part as the statement that counts charged them, then its tax where that comes on top, then the
    excess: what, part number, quantity, unit price, sum. Together they are what is claimed."""
    statement, currency = standing(statements(work, file.order.id)), work.garage.currency
    if statement is None:
        return [[file.claim.title, "", "", "", show(file.claim.asked, currency, language)]]
    query = (
        select(StatementLine, OrderLine.unit, Part.code)
        .outerjoin(OrderLine, col(OrderLine.id) == col(StatementLine.line_id))
        .outerjoin(Part, col(Part.id) == col(OrderLine.part_id))
        .where(StatementLine.statement_id == statement.id, StatementLine.payer == Payer.INSURER)
    )
    rows, net = [], NONE
    for line, unit, code in work.db.exec(query.order_by(col(StatementLine.id))):
        theirs = split(line.total, line.payer, line.payer_percent, currency)[Payer.INSURER]
        net += theirs
        price, quantity = show(line.unit_price, currency, language), quantity_words(line.quantity, unit or "")
        rows.append([line.title, code or "", quantity, price, show(theirs, currency, language)])
    asked = sum((one.total for one in statement_shares(work, statement.id) if one.payer == Payer.INSURER), NONE)
    excess = file.facts.insurance.excess if file.facts.insurance else NONE
    for label, amount in ((N_("Tax"), asked + excess - net), (N_("Excess the customer pays"), -excess)):
        if amount:
            rows.append([translate(language, label), "", "", "", show(amount, currency, language)])
    return rows


def paper_rows(told: InsuranceClaim, language: str) -> list[list[str]]:
    """Each paper and whether it is here."""
    words = {True: N_("Not needed"), False: N_("Here")}
    stands = ((paper, told.papers.get(paper)) for paper in ClaimPaper)
    return [
        [translate(language, paper.label), translate(language, words[how == NOT_NEEDED] if how else N_("Missing"))]
        for paper, how in stands
    ]
