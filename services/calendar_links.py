"""The private link under which a customer takes a booking into the calendar."""

from datetime import timedelta

from db.enums_desk import LinkPurpose
from db.models import Appointment
from services.addresses import link_path, public_url
from services.links import give, link_for
from services.work import Work

LASTS = timedelta(days=7)  # after the appointment


def calendar_address(work: Work, row: Appointment) -> str:
    """Where the customer gets the calendar file, for a week after the booked time; empty when this server's address is not known.

    A booking keeps its link when it is moved, so that the file taken from it anew replaces the old entry.
    """
    if not public_url() or row.starts_at is None:
        return ""
    until = row.starts_at + LASTS
    link = link_for(work, LinkPurpose.APPOINTMENT, row.id) or give(work, LinkPurpose.APPOINTMENT, row.id, until)
    if link.expires_at is None or link.expires_at < until:
        link.expires_at = until
        work.db.add(link)
    return public_url() + link_path(link)
