"""What the customer's private link shows of a visit: nothing of the garage's inner matters."""

from dataclasses import dataclass

from db.enums import OrderStatus
from services.bodies import body_of
from services.car_picture import car_svg, spots
from services.check_in_paper import damage_words
from services.i18n import LANGUAGES, N_, translate
from services.normalize import phone_shown
from services.order_after import After, after
from services.order_asked import Asked, Longer, asked, longer, without_asked
from services.order_links import opened_order
from services.order_words import (
    JobWords,
    customer_pays,
    jobs,
    later_at_most,
    next_word,
    stands,
    sums,
)
from services.papers import moment_words
from services.pick_up_link import PickUp, pick_up
from services.visit import Visit, visit
from services.work import Work

WAITING = N_("We need your answer")


@dataclass(frozen=True)
class OrderPage:
    """One visit as its customer reads it, in `language`."""

    language: str
    garage: str
    address: str
    phone: str
    call: str
    number: str
    plate: str
    car: str
    status: OrderStatus
    stands: str
    promised: str
    next_word: str
    concern: str
    jobs: list[JobWords]
    declined: list[str]
    sums: list[tuple[str, str]]
    due: tuple[str, str]
    later: str
    picture: str
    damage: list[dict[str, object]]
    inspected: bool
    asked: Asked | None
    delay: Longer | None
    after: After | None
    pick_up: PickUp | None


def order_page(work: Work, token: str, wanted: str | None = None) -> OrderPage:
    """The page in the language `wanted`, else in the customer's, else in the garage's. Refuses with NotFound."""
    whole = visit(work, opened_order(work, token))
    language = page_language(work, whole, wanted)
    one, waiting = without_asked(whole), asked(work, whole, language)
    late = longer(work, whole, language)
    order, garage, marked = one.order, work.garage, spots(one.marks, one.known)
    holds = order.promised_at is not None and order.promised_at > work.now  # a time that has passed is said no more
    return OrderPage(
        language=language,
        garage=garage.name,
        address=garage.address,
        phone=phone_shown(garage.phone),
        call=garage.phone,
        number=order.number,
        plate=one.car.plate,
        car=f"{one.car.make} {one.car.model}".strip(),
        status=order.status,
        stands=translate(language, WAITING if waiting or late else stands(order)),
        promised=moment_words(work, order.promised_at, language) if holds and order.promised_at else "",
        next_word=next_word(work, order, one.customer, language) if holds else "",
        concern=order.concern,
        jobs=jobs(one, garage, language),
        declined=[job.title for job in jobs(one, garage, language, declined=True)],
        sums=sums(one, garage, language),
        due=customer_pays(one, garage, language),
        later=later_at_most(one.facts, garage, language),
        picture=car_svg(body_of(one.car), marked, language),
        damage=[damage_words(spot, order.id, language) for spot in marked],
        inspected=one.walked,
        asked=waiting,
        delay=late,
        after=after(work, whole, language),
        pick_up=pick_up(work, whole.facts, language),
    )


def page_language(work: Work, one: Visit, wanted: str | None) -> str:
    """The first of these that the program speaks: the one asked for, the customer's, the garage's."""
    asked = (wanted, one.customer.language, work.garage.language)
    return next((name for name in asked if name in LANGUAGES), "en")
