"""Full-text search over earlier cases: the database finds them by its index, the likest come first, with how often a cure held."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

from sqlalchemy import text
from sqlmodel import col, or_, select

from db.models import CaseText, OrderJob, Vehicle, WorkOrder
from db.search_ddl import CASE_INDEX, CASE_VECTOR
from services.case_words import Term, hints_of, model_word, said, symptom_word, terms_of, words_of
from services.cures import Case, Cure, case_of, cures, finished_jobs
from services.work import Work

ENOUGH = 20  # orders with every word; with fewer, those with some of the words are looked at too
_NEWEST = 300  # orders looked at more closely
_TERMS = 12  # words of a search that count
_SHOWN = 8
_LATEST = 20  # orders
_LIKE = 0.5  # share of the best score from which a case is told
_HINT, _OWN = 0.25, 0.1  # what a common kind of symptom weighs beside the words (1), and a word of the job itself
_SQLITE = text(f"SELECT rowid FROM {CASE_INDEX} WHERE {CASE_INDEX} MATCH :said ORDER BY rowid DESC LIMIT {_NEWEST}")
_POSTGRESQL = text(f"""SELECT order_id FROM case_text WHERE {CASE_VECTOR} @@ CAST(:said AS tsquery)
                       ORDER BY order_id DESC LIMIT {_NEWEST}""")


@dataclass(frozen=True)
class Known:
    """What cured it before: on the model asked about, and on other cars."""

    same: list[Cure]
    others: list[Cure]


def search_cases(work: Work, typed: str, *, symptom: str = "") -> list[Cure]:
    """What cured something like what was typed, of a kind of symptom (code) when one is given: the likest first, at most eight.
    At most four queries, however long the history. Nothing for words that say nothing."""
    return cures(work, _search(work, typed, symptom), _SHOWN)


def latest_cases(work: Work) -> list[Cure]:
    """What was cured last: at most eight jobs. Three queries."""
    newest = (
        select(CaseText.order_id).where(CaseText.tokens != "").order_by(col(CaseText.order_id).desc()).limit(_LATEST)
    )
    cases = sorted(_cases(work, set(work.db.exec(newest))), key=lambda case: case.left_at)
    return cures(work, list(enumerate(cases)), _SHOWN)


def known_cases(work: Work, order: WorkOrder, typed: str) -> Known:
    """The same for the car of an order, its own model apart from other cars; the order itself is left out. At most nine queries."""
    car = work.get(Vehicle, order.vehicle_id)
    model = model_word(car.make, car.model)
    found = _search(work, typed, model=model) if model else []
    same = cures(work, [one for one in found if one[1].order_id != order.id], _SHOWN)
    others = [(score, case) for score, case in _search(work, typed) if model_word(case.make, case.model) != model]
    return Known(same, cures(work, [one for one in others if one[1].order_id != order.id], _SHOWN - len(same)))


def _search(work: Work, typed: str, symptom: str = "", model: str = "") -> list[tuple[float, Case]]:
    terms, hints = terms_of(typed)[:_TERMS], [Term(symptom_word(code)) for code in hints_of(typed)]
    needed = [Term(word) for word in (model, symptom_word(symptom) if symptom else "") if word]
    if not (terms or symptom):
        return []
    keys = _found(work, [[term] for term in [*terms, *needed]])
    if terms and len(keys) < ENOUGH:
        keys += _found(work, [[*terms, *hints], *([term] for term in needed)])
    return list(_likest(list(_cases(work, set(keys))), terms, hints))


def _found(work: Work, wanted: Sequence[Sequence[Term]]) -> list[int]:
    """The newest orders with one word of each of the groups."""
    if work.ws.engine.dialect.name == "sqlite":
        groups = (" OR ".join(f'"{term.word}"{"*" * term.begins}' for term in group) for group in wanted)
        return list(work.db.execute(_SQLITE, {"said": " AND ".join(f"({group})" for group in groups)}).scalars())
    groups = (" | ".join(f"'{term.word}'{':*' * term.begins}" for term in group) for group in wanted)
    return list(work.db.execute(_POSTGRESQL, {"said": " & ".join(f"({group})" for group in groups)}).scalars())


def _cases(work: Work, keys: set[int]) -> Iterable[Case]:
    told = or_(col(OrderJob.cause) != "", col(OrderJob.correction) != "")
    rows = finished_jobs().where(col(WorkOrder.id).in_(keys), told).order_by(col(OrderJob.id))
    return map(case_of, work.db.execute(rows)) if keys else ()


def _likest(cases: Sequence[Case], terms: list[Term], hints: list[Term]) -> Iterable[tuple[float, Case]]:
    """Each visit's jobs that fit best, with a score: rare words weigh more, words of the job itself more than its complaint."""
    own = [frozenset(words_of(f"{case.title} . {case.cause} . {case.correction}")) for case in cases]
    every = [words | _about(case) for case, words in zip(cases, own, strict=True)]
    weight = {term: log(1 + len(cases) / (1 + sum(term.within(words) for words in every))) for term in terms}
    total = sum(weight.values()) or 1
    best: dict[int, float] = {}
    scored: list[tuple[float, Case]] = []
    for case, mine, words in zip(cases, own, every, strict=True):
        share = sum(w * (1 + _OWN * term.within(mine)) for term, w in weight.items() if term.within(words)) / total
        score = share + _HINT * any(hint.within(words) for hint in hints)
        scored.append((score, case))
        best[case.order_id] = max(best.get(case.order_id, 0), score)
    least = _LIKE * max(best.values(), default=0)
    return ((score, case) for score, case in scored if score == best[case.order_id] and score >= least)


def _about(case: Case) -> frozenset[str]:
    """What the case is found by beside its job: complaint, car, kinds of symptom."""
    kinds = map(symptom_word, case.trouble.hinted | case.trouble.named)
    return frozenset((*words_of(f"{said(case.complaint)} . {case.make} . {case.model}"), *kinds))
