"""Rules the database itself keeps, per dialect: no overlapping reservations, and history that cannot be changed."""

FIRST_APPEND_ONLY = (
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
APPEND_ONLY = (
    *FIRST_APPEND_ONLY,
    "task_result",
    "outreach_call",
    "campaign_answer",
    "clock_correction",
    "price_change",
    "statement_share",
    "drawer_entry",
    "money_reminder",
    "guarantee",
    "claim_receipt",
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
    """The statements that install the first schema's rules on `sqlite` or `postgresql`."""
    template = _SQLITE_OVERLAP if dialect == "sqlite" else _PG_OVERLAP
    verbs = ("INSERT", "UPDATE") if dialect == "sqlite" else ("",)
    overlap = [template.format(column=c, verb=v) for c in ("bay_id", "staff_id") for v in verbs]
    function = [] if dialect == "sqlite" else [_PG_FUNCTION]
    return [*overlap, *function, *frozen(dialect, *FIRST_APPEND_ONLY)]


def frozen(dialect: str, *tables: str) -> list[str]:
    """The statements that make tables append-only."""
    if dialect == "sqlite":
        return [_SQLITE_FROZEN.format(table=table, verb=verb) for table in tables for verb in ("UPDATE", "DELETE")]
    return [_PG_FROZEN.format(table=table) for table in tables]
