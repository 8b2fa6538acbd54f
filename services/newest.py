"""Which events are the newest: what is drawn from rows is stale as soon as this differs, because every act leaves an event."""

from sqlalchemy import Connection, text

# The sum notices an event that was numbered early and committed late, behind a newer one.
_NEWEST = text("SELECT max(id), sum(id) FROM (SELECT id FROM event ORDER BY id DESC LIMIT 256) AS newest")


def newest(connection: Connection) -> tuple[int, str]:
    """The id of the newest event (0 when there is none), and a short text that differs whenever one was added. One look-up."""
    last, total = connection.execute(_NEWEST).one()
    return last or 0, f"{last or 0}-{total or 0}"
