"""Full-text search over earlier cases: the database finds them by its index, the likest come first, with how often a cure held."""

from collections.abc import Iterable, Sequence
from math import log

from sqlalchemy import text
from sqlmodel import col, or_

from db.models import OrderJob, Vehicle, WorkOrder
from db.search_ddl import CASE_INDEX, CASE_VECTOR
from services.case_words import Term, hints_of, model_word, symptom_word, terms_of, words_of
from services.cures import Case, Cure, case_of, cures, finished_jobs
from services.work import Work

ENOUGH = 20  # orders with every word; with fewer, those with some of the words are looked at too
_NEWEST = 300  # orders looked at more closely
_TERMS = 12  # words of a search that count
_SHOWN = 8
_LIKE = 0.5  # share of the best score from which a case is told
_HINT, _SAME_MODEL = 0.25, 0.3  # what a common kind of symptom, and the same model, weigh beside the words (1)
_SQLITE = text(f"SELECT rowid FROM {CASE_INDEX} WHERE {CASE_INDEX} MATCH :said ORDER BY rowid DESC LIMIT {_NEWEST}")
# Found first and ordered then: else PostgreSQL may walk through all history backwards until it has enough of a rare word.
_POSTGRESQL = text(f"""WITH found AS MATERIALIZED (SELECT order_id FROM case_text WHERE {CASE_VECTOR} @@ CAST(:said AS tsquery))
                       SELECT order_id FROM found ORDER BY order_id DESC LIMIT {_NEWEST}""")


def search_cases(work: Work, typed: str, *, car: Vehicle | None = None, only_model: bool = False) -> list[Cure]:
    """What cured something like what was typed, the likest first: at most eight. At most four queries, however long the history.

    Cases on the same make and model as `car` come before others alike; with `only_model` there are no others. Nothing for
    words that say nothing.
    """
    terms, hints = terms_of(typed)[:_TERMS], [symptom_word(code) for code in hints_of(typed)]
    model = model_word(car.make, car.model) if car else ""
    if not terms or (only_model and not model):
        return []
    needed = [Term(model)] if only_model else []
    keys = _found(work, [[term] for term in [*terms, *needed]])
    if len(keys) < ENOUGH:
        keys += _found(work, [[*terms, *map(Term, hints)], *([term] for term in needed)])
    cases = list(_cases(work, set(keys)))
    return cures(work, list(_likest(cases, terms, hints, model)), _SHOWN)


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


def _likest(cases: Sequence[Case], terms: list[Term], hints: list[str], model: str) -> Iterable[tuple[float, Case]]:
    """Each visit's jobs that fit best, with a score: rare words weigh more, words of the job itself more than its complaint."""
    own = [frozenset(words_of(f"{case.title} . {case.cause} . {case.correction}")) for case in cases]
    every = [
        words | frozenset(words_of(f"{c.complaint} . {c.make} . {c.model}"))
        for c, words in zip(cases, own, strict=True)
    ]
    weight = {term: log(1 + len(cases) / (1 + sum(term.within(words) for words in every))) for term in terms}
    total = sum(weight.values())
    best: dict[int, float] = {}
    scored: list[tuple[float, Case]] = []
    for case, mine, words in zip(cases, own, every, strict=True):
        share = sum(w * (1 + 0.1 * term.within(mine)) for term, w in weight.items() if term.within(words)) / total
        hinted = {*map(symptom_word, case.trouble.hinted | case.trouble.named)}.intersection(hints)
        score = share + _HINT * bool(hinted) + _SAME_MODEL * (model_word(case.make, case.model) == model != "")
        scored.append((score, case))
        best[case.order_id] = max(best.get(case.order_id, 0), score)
    least = _LIKE * max(best.values(), default=0)
    return ((score, case) for score, case in scored if score == best[case.order_id] and score >= least)
