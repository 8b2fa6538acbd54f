"""Rules the database itself keeps, per dialect: no overlapping reservations, and history that cannot be changed."""

APPEND_ONLY = (
    "event",
    "stock_movement",
    "consent",
    "consent_item",
    "check",
    "statement",
    "statement_line",
    "payment",
    "attachment",
    "contact_attempt",
)
OVERLAP = "reservation overlaps"  # the words both dialects raise; services turn them into SlotTaken

# Existing rows never overlap each other, so only the latest one that starts before the new end can be in the way: one
# index look-up, however long the history.
_SQLITE_OVERLAP = """
CREATE TRIGGER reservation_{column}_{verb} BEFORE {verb} ON reservation WHEN NEW.{column} IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'reservation overlaps') WHERE (
    SELECT ends_at FROM reservation
    WHERE {column} = NEW.{column} AND starts_at < NEW.ends_at AND id IS NOT NEW.id
    ORDER BY starts_at DESC LIMIT 1
  ) > NEW.starts_at;
END"""
_SQLITE_FROZEN = """
CREATE TRIGGER frozen_{table}_{verb} BEFORE {verb} ON "{table}"
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"""
_PG_OVERLAP = """
ALTER TABLE reservation ADD CONSTRAINT ex_reservation_{column} EXCLUDE USING gist
  (int4range({column}, {column}, '[]') WITH &&, tstzrange(starts_at, ends_at) WITH &&) WHERE ({column} IS NOT NULL)"""
_PG_FUNCTION = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"""
_PG_FROZEN = """
CREATE TRIGGER frozen_{table} BEFORE UPDATE OR DELETE ON "{table}" FOR EACH ROW EXECUTE FUNCTION refuse_change()"""


def rules(dialect: str) -> list[str]:
    """The statements that install the rules on `sqlite` or `postgresql`."""
    columns = ("bay_id", "staff_id")
    if dialect == "sqlite":
        overlap = [_SQLITE_OVERLAP.format(column=c, verb=v) for c in columns for v in ("INSERT", "UPDATE")]
        return overlap + [_SQLITE_FROZEN.format(table=t, verb=v) for t in APPEND_ONLY for v in ("UPDATE", "DELETE")]
    overlap = [_PG_OVERLAP.format(column=c) for c in columns]
    return [*overlap, _PG_FUNCTION, *(_PG_FROZEN.format(table=t) for t in APPEND_ONLY)]
