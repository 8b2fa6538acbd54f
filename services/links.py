"""Private links: an unguessable address shows one thing to whoever has it, until it expires or is ended."""

import secrets
from datetime import datetime

from sqlmodel import col, select

from db.enums_desk import LinkPurpose
from db.models import PrivateLink
from services import permissions as may
from services.refusals import NotFound
from services.work import Work

BYTES = 24  # of chance in a token
OF_THE_GARAGE = (LinkPurpose.WELCOME, LinkPurpose.FEED)  # one of each at a time, given by the manager


def give(
    work: Work, purpose: LinkPurpose, subject_id: int | None = None, expires_at: datetime | None = None
) -> PrivateLink:
    """A new link for a purpose, and for a subject where the purpose has one; without `expires_at` it lives until ended.

    The garage's own links are the manager's to give: refuses with NotAllowed.
    """
    _allowed(work, purpose)
    link = work.add(
        PrivateLink(
            token=secrets.token_urlsafe(BYTES),
            purpose=purpose,
            subject_id=subject_id,
            created_at=work.now,
            expires_at=expires_at,
            by_id=work.by.id,
        )
    )
    work.event(link, "created", after=purpose.value)
    return link


def open_link(work: Work, token: str, purpose: LinkPurpose) -> PrivateLink:
    """What a token opens. Refuses with NotFound alike when it is unknown, for something else, expired or ended."""
    link = work.db.exec(select(PrivateLink).where(PrivateLink.token == token)).first()
    if link is None or link.purpose != purpose or not _alive(link, work.now):
        raise NotFound
    return link


def link_for(work: Work, purpose: LinkPurpose, subject_id: int | None = None) -> PrivateLink | None:
    """The newest link of a purpose (and subject) that still opens, None when there is none."""
    query = select(PrivateLink).where(PrivateLink.purpose == purpose, col(PrivateLink.ended_at).is_(None))
    mine = query.where(PrivateLink.subject_id == subject_id).order_by(col(PrivateLink.id).desc()).limit(1)
    link = work.db.exec(mine).first()
    return link if link and _alive(link, work.now) else None


def end(work: Work, purpose: LinkPurpose, subject_id: int | None = None) -> int:
    """No link of that purpose (and subject) opens any more; returns how many were ended. Refuses with NotAllowed."""
    _allowed(work, purpose)
    open_ones = (PrivateLink.purpose == purpose, col(PrivateLink.ended_at).is_(None))
    found = list(work.db.exec(select(PrivateLink).where(*open_ones, PrivateLink.subject_id == subject_id)))
    for link in found:
        link.ended_at = work.now
        work.db.add(link)
        work.event(link, "ended", before=purpose.value)
    return len(found)


def renew(work: Work, purpose: LinkPurpose, subject_id: int | None = None) -> PrivateLink:
    """A new address; the old one opens nothing from now on. Refuses with NotAllowed."""
    end(work, purpose, subject_id)
    return give(work, purpose, subject_id)


def _allowed(work: Work, purpose: LinkPurpose) -> None:
    if purpose in OF_THE_GARAGE:
        work.needs(*may.MANAGES)


def _alive(link: PrivateLink, now: datetime) -> bool:
    return link.ended_at is None and (link.expires_at is None or now < link.expires_at)
