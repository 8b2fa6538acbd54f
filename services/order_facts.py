"""What is known about orders: read for many at once in a fixed number of queries, judged by the conditions of the flow."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from db.enums import Answer, CheckLevel, LineKind, Payer
from db.models import (
    Check,
    ClockEntry,
    ExitPass,
    Inspection,
    InsuranceClaim,
    OrderJob,
    OrderLine,
    WorkOrder,
)
from services.alternatives import counted

DONE = "done"  # why a clock ended: the job was finished


@dataclass
class OrderFacts:
    """One order with everything conditions and cards ask about."""

    order: WorkOrder
    by_id: int | None
    own_work_checks: bool
    currency: str
    inspection: Inspection | None = None
    jobs: list[OrderJob] = field(default_factory=list)
    lines: list[OrderLine] = field(default_factory=list)
    clocks: list[ClockEntry] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    billed: Decimal | None = None
    paid: Decimal = Decimal(0)
    paid_ever: bool = False  # money came in at some time, reversed by now or not
    has_account: bool = False  # the customer may pay later, within a limit
    exit_pass: ExitPass | None = None
    begun_at: datetime | None = None  # when showing the car to the customer began
    now: datetime | None = None
    claim: InsuranceClaim | None = None
    supplements_open: int = 0  # more damage the insurer has not answered about
    asked_back: bool = False  # the workshop has a question nobody has answered
    clocks_beside: bool = False  # one person may run several clocks at once
    consented: int = 0  # the newest version of the estimate the customer answered

    @property
    def excess(self) -> Decimal:
        """What the customer pays of the insurer's part."""
        return self.claim.excess if self.claim else Decimal(0)

    def job_lines(self, job: OrderJob) -> list[OrderLine]:
        """The lines of one job."""
        return [line for line in self.lines if line.order_job_id == job.id]

    def job_answer(self, job: OrderJob) -> Answer:
        """Agreed when any line was agreed and none waits; pending when one waits or there is none."""
        answers = {line.answer for line in self.job_lines(job)}
        if not answers or Answer.PENDING in answers:
            return Answer.PENDING
        return Answer.AGREED if Answer.AGREED in answers else Answer.DECLINED

    @property
    def pending(self) -> list[OrderLine]:
        """Lines the customer has not answered."""
        return [line for line in self.lines if line.answer == Answer.PENDING]

    @property
    def unanswered(self) -> list[str]:
        """A job nobody answered by its name alone; of one answered in part, the lines that are left. Each name once."""
        found: list[str] = []
        for job in self.jobs:
            lines = self.job_lines(job)
            left = [line.title for line in lines if line.answer == Answer.PENDING]
            found += [job.title] if left and len(left) == len(lines) else left
        return list(dict.fromkeys(found))

    @property
    def as_agreed(self) -> bool:
        """Whether the customer has agreed to the order before, and nothing on it waits for another answer."""
        return self.consented > 0 and not self.pending and bool(self.agreed_jobs)

    @property
    def agreed_jobs(self) -> list[OrderJob]:
        """Jobs that may be worked on."""
        return [job for job in self.jobs if self.job_answer(job) == Answer.AGREED]

    @property
    def parts_due(self) -> list[OrderLine]:
        """Agreed parts the store has not given out in full."""
        return [x for x in self.lines if x.part_id and x.answer == Answer.AGREED and x.issued < x.quantity]

    @property
    def priced_later(self) -> list[OrderLine]:
        """Lines agreed or offered without a price; also priced by now, while the price can still be corrected."""
        later = (
            line for line in self.lines if line.unpriced or line.up_to is not None or line.answer == Answer.PENDING
        )
        return [line for line in later if line.answer != Answer.DECLINED]

    @property
    def to_send(self) -> list[OrderLine]:
        """Agreed outside work that has not gone out yet."""
        return [x for x in self.lines if x.kind == LineKind.OUTSIDE and x.answer == Answer.AGREED and x.sent_at is None]

    @property
    def out(self) -> list[OrderLine]:
        """Outside work that is at its supplier now."""
        return [line for line in self.lines if line.sent_at and line.back_at is None]

    @property
    def outside_late(self) -> bool:
        """Whether outside work should be back by now and is not."""
        return self.now is not None and any(line.due_at and line.due_at < self.now for line in self.out)

    @property
    def parts_out(self) -> list[OrderLine]:
        """Parts the store gave out for this car."""
        return [line for line in self.lines if line.part_id and line.issued > 0]

    @property
    def undone(self) -> list[OrderJob]:
        """Agreed jobs not finished yet."""
        return [job for job in self.agreed_jobs if job.done_at is None]

    @property
    def running(self) -> list[ClockEntry]:
        """Clocks that run now."""
        return [clock for clock in self.clocks if clock.ended_at is None]

    @property
    def clocks_mine(self) -> bool:
        """Whether the person asking has a clock running on this car."""
        return any(clock.staff_id == self.by_id for clock in self.running)

    @property
    def workers(self) -> set[int]:
        """Everyone who clocked time on this car."""
        return {clock.staff_id for clock in self.clocks}

    def check(self, level: CheckLevel) -> Check | None:
        """The newest check of that level since the last rework."""
        rounds = [c for c in self.checks if c.level == level and c.round == self.order.rework_count]
        return rounds[-1] if rounds else None

    def passed(self, level: CheckLevel) -> bool:
        """Whether that check was passed since the last rework."""
        check = self.check(level)
        return check is not None and check.passed

    @property
    def in_rework(self) -> bool:
        """Sent back, and the self-check after it not passed yet."""
        return self.order.rework_count > 0 and not self.passed(CheckLevel.SELF)

    @property
    def rework(self) -> Check | None:
        """The failed check behind the rework the car is in; None when it is in none."""
        if not self.in_rework:
            return None
        return next((c for c in reversed(self.checks) if not c.passed and c.round == self.order.rework_count - 1), None)

    @property
    def rework_job(self) -> OrderJob | None:
        """The job that has to be done again."""
        check = self.rework
        return next((job for job in self.agreed_jobs if job.id == check.order_job_id), None) if check else None

    @property
    def to_rework(self) -> bool:
        """Sent back, and nobody has finished work on it since: on the job named, where one was."""
        if not self.in_rework:
            return False
        since = max((check.at for check in self.checks if not check.passed), default=self.order.arrived_at)
        redone = [c for c in self.clocks if c.rework and c.end_reason == DONE and c.started_at >= since]
        job = self.rework_job
        return not any(job is None or c.order_job_id == job.id for c in redone)

    @property
    def owed(self) -> Decimal:
        """What the customer still owes on the issued statement; below nothing what was paid too much. Before: nothing."""
        return Decimal(0) if self.billed is None else self.billed - self.paid

    @property
    def trusted(self) -> bool:
        """Whether the car may leave with money owed."""
        return self.order.on_account or self.order.credit_by_id is not None

    @property
    def to_give_back(self) -> Decimal:
        """What the garage holds of the customer's money: a deposit, what was paid on a statement taken back, or too much."""
        return max(self.paid - (self.billed or Decimal(0)), Decimal(0))

    @property
    def counted(self) -> list[OrderJob]:
        """The jobs that count for sums and minutes: of alternatives the one agreed, else the first."""
        return counted(self.jobs, self.lines)

    @property
    def counted_lines(self) -> list[OrderLine]:
        """The lines of those jobs."""
        keys = {job.id for job in self.counted}
        return [line for line in self.lines if line.order_job_id in keys]

    @property
    def customer_lines(self) -> list[OrderLine]:
        """Lines of which the customer pays all or a part."""
        kept = [line for line in self.counted_lines if line.answer != Answer.DECLINED]
        return [line for line in kept if line.payer == Payer.CUSTOMER or line.payer_percent < 100]

    @property
    def to_do(self) -> list[OrderJob]:
        """Jobs that count, are not declined and not finished yet."""
        return [job for job in self.counted if job.done_at is None and self.job_answer(job) != Answer.DECLINED]

    @property
    def minutes(self) -> int:
        """Standard time of all jobs that count and are not declined."""
        return sum(job.minutes for job in self.counted if self.job_answer(job) != Answer.DECLINED)

    @property
    def minutes_left(self) -> int:
        """Standard time of what is still to be done."""
        return sum(job.minutes for job in self.to_do)
