"""Makes customers from the market's pools: the same for the same seed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from random import Random

from db.enums import Channel
from services.demo.content import Content
from services.demo.market_content import Market

_ONE_IN = 25  # customers that are firms


@dataclass(frozen=True)
class DemoCustomer:
    """A customer; phone in E.164, `allowed` are the channels consented to, all others of the market are forbidden."""

    name: str
    phone: str
    email: str | None
    address: str
    company: bool
    language: str
    allowed: tuple[Channel, ...]
    note: str
    call_when: str


def make_customers(content: Content, rng: Random, n: int) -> list[DemoCustomer]:
    """`n` customers with different names and phones, some of them firms. Raises ValueError when the pools are too small."""
    firms = content.market.companies[: n // _ONE_IN]
    people = list(islice(_names(content.market, rng), n - len(firms)))
    named = [(name, False) for name in people] + [(name, True) for name in firms]
    rng.shuffle(named)
    phones = _phones(content.market, rng, n)
    return [_customer(content, rng, name, firm, phone) for (name, firm), phone in zip(named, phones, strict=True)]


def _customer(content: Content, rng: Random, name: str, firm: bool, phone: str) -> DemoCustomer:
    market = content.market
    return DemoCustomer(
        name=name,
        phone=phone,
        email=f"{_mailbox(name, phone)}@{market.email_domain}" if firm or rng.random() < 0.4 else None,
        address=market.address_format.format(number=rng.randint(1, 180), street=rng.choice(market.streets)),
        company=firm,
        language=content.garage.language,
        allowed=tuple(channel for channel in market.channels if rng.random() < 0.75),
        note=rng.choice(content.customer_notes) if rng.random() < 0.12 else "",
        call_when=rng.choice(content.call_times) if rng.random() < 0.5 else "",
    )


def _mailbox(name: str, phone: str) -> str:
    """`lucy.hart` from the name; the phone number for a name without Latin letters."""
    return ".".join(re.findall(r"[a-z]+", name.lower())) or phone.removeprefix("+")


def _names(market: Market, rng: Random) -> Iterator[str]:
    """Endless different names; the pools are ordered, so the first surnames come most often."""
    weights = [1 / (rank + 6) for rank in range(len(market.surnames))]
    pool = len(market.surnames) * len(market.given_names)
    seen: set[str] = set()
    while len(seen) < pool // 2:
        (surname,) = rng.choices(market.surnames, weights)
        name = market.name_format.format(surname=surname, given=rng.choice(market.given_names))
        if name not in seen:
            seen.add(name)
            yield name


def _phones(market: Market, rng: Random, n: int) -> list[str]:
    per_prefix = 10**market.phone_digits - market.phone_from
    picks = rng.sample(range(per_prefix * len(market.phone_prefixes)), n)
    return [_phone(market, pick // per_prefix, pick % per_prefix) for pick in picks]


def _phone(market: Market, prefix: int, number: int) -> str:
    return f"{market.phone_prefixes[prefix]}{market.phone_from + number:0{market.phone_digits}d}"
