"""Where an accident repair stands with its insurer: what was agreed, what is missing. Judged from the facts alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from db.choice import Label
from db.enums import Answer, Payer
from db.enums_reception import ClaimPaper, ClaimParty
from db.models import InsuranceClaim, OrderLine
from services.i18n import N_
from services.order_facts import OrderFacts

ALONE = "alone"  # beside the parties: the customer lets the work begin without the insurer's word
NOT_NEEDED = "not_needed"


class Part(StrEnum):
    """Where on the screen of a claim something is filled in."""

    ACCIDENT = "accident"
    ASSESSMENT = "assessment"
    SHARES = "shares"
    PAPERS = "papers"
    SUPPLEMENT = "supplement"


@dataclass(frozen=True)
class Gap:
    """Something a claim still lacks, in a few words, and where it belongs."""

    label: Label
    part: Part


_FIELDS = (
    ("insurer", Gap(N_("insurer missing"), Part.ACCIDENT)),
    ("claim_number", Gap(N_("claim number missing"), Part.ACCIDENT)),
    ("happened_at", Gap(N_("time of the accident missing"), Part.ACCIDENT)),
    ("story", Gap(N_("what happened is missing"), Part.ACCIDENT)),
    ("assessor", Gap(N_("loss assessor missing"), Part.ASSESSMENT)),
)
_NOT_ASSESSED = Gap(N_("damage not assessed yet"), Part.ASSESSMENT)
_SAYS = {
    ClaimParty.CUSTOMER: Gap(N_("customer has yet to agree"), Part.ASSESSMENT),
    ClaimParty.INSURER: Gap(N_("insurer has yet to agree"), Part.ASSESSMENT),
    ClaimParty.GARAGE: Gap(N_("garage has yet to agree"), Part.ASSESSMENT),
}
_NOBODY_PAYS = Gap(N_("no work is paid by the insurer yet"), Part.SHARES)
_PAPERS = Gap(N_("claim papers missing"), Part.PAPERS)
_ASKED = Gap(N_("more damage not answered"), Part.SUPPLEMENT)


def gaps(facts: OrderFacts) -> list[Gap]:
    """What the claim of an order still lacks, in the order it is found out; nothing without a claim."""
    return list(_gaps(facts, facts.claim)) if facts.claim else []


def all_agreed(claim: InsuranceClaim) -> bool:
    """Whether customer, insurer and garage agreed to the assessment as it stands."""
    return all(party in claim.agreed for party in ClaimParty)


def may_begin(facts: OrderFacts) -> bool:
    """Whether work may begin, and be charged: nothing is left to the insurer, all three agreed to the sums as they are, or the
    customer lets it begin without."""
    claim = facts.claim
    return claim is None or not insured(facts.lines) or all_agreed(claim) or ALONE in claim.agreed


def insured(lines: list[OrderLine]) -> list[OrderLine]:
    """The lines an insurer pays, in whole or in part."""
    return [one for one in lines if one.payer == Payer.INSURER and one.answer != Answer.DECLINED]


def papers_missing(claim: InsuranceClaim) -> list[ClaimPaper]:
    """The papers that have neither come in nor were said not to be needed."""
    return [paper for paper in ClaimPaper if not claim.papers.get(paper)]


def covered(claim: InsuranceClaim, supplements: Decimal = Decimal(0)) -> Decimal | None:
    """What the insurer's work may come to: the sum assessed and what was agreed on top; None before the assessment."""
    return None if claim.assessed_sum is None else claim.assessed_sum + supplements


def to_hand_in(claim: InsuranceClaim, supplements_open: int) -> list[Gap]:
    """What is missing before the finished work can be claimed from the insurer: words, assessment, papers, answers."""
    return [*_written(claim), *_outstanding(claim, supplements_open)]


def _gaps(facts: OrderFacts, claim: InsuranceClaim) -> Iterator[Gap]:
    yield from _written(claim)
    if facts.jobs and not insured(facts.lines):
        yield _NOBODY_PAYS
    yield from _outstanding(claim, facts.supplements_open)


def _written(claim: InsuranceClaim) -> Iterator[Gap]:
    yield from (gap for name, gap in _FIELDS if not getattr(claim, name))
    if claim.assessed_sum is None:
        yield _NOT_ASSESSED
    elif ALONE not in claim.agreed:
        yield from (gap for party, gap in _SAYS.items() if party not in claim.agreed)


def _outstanding(claim: InsuranceClaim, supplements_open: int) -> Iterator[Gap]:
    if supplements_open:
        yield _ASKED
    if papers_missing(claim):
        yield _PAPERS
