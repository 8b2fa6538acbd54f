"""What cars are found by stands ready in `search_line`, earlier cases in an index over `case_text`. The database keeps both itself,
so no way of writing can forget it."""

from typing import Any

# One line a car, and one for a customer without a car. Written small and apart from the rest, the hundred thousand
# lines of a large garage are looked through in some milliseconds; no index could serve any part of any word.
_LINES = """
INSERT INTO search_line (customer_id, vehicle_id, visited_at, keys)
SELECT customer.id, vehicle.id, vehicle.visited_at, lower(' ' || customer.name_keys
  || coalesce(' ' || vehicle.plate_key || ' ' || substr(vehicle.plate_key, 2), '')
  || coalesce(' ' || nullif(vehicle.plate, vehicle.plate_key), '')
  || coalesce(' ' || customer.phone, '') || coalesce(' ' || vehicle.vin, ''))
FROM customer LEFT JOIN vehicle ON vehicle.customer_id = customer.id WHERE {which}"""
# Not "IS NULL": PostgreSQL would take the index on vehicle_id and read the lines of everybody without a car.
_CARLESS = "DELETE FROM search_line WHERE customer_id = NEW.customer_id AND coalesce(vehicle_id, 0) = 0"
_VISITS = """
UPDATE vehicle SET visited_at = (SELECT max(arrived_at) FROM work_order WHERE work_order.vehicle_id = vehicle.id)"""
_VISIT = """
UPDATE vehicle SET visited_at = NEW.arrived_at
WHERE id = NEW.vehicle_id AND (visited_at IS NULL OR visited_at < NEW.arrived_at)"""

# name of the trigger: when it fires, on which table, and what it does
_TRIGGERS = {
    "customer_line_new": ("INSERT", "customer", (_LINES.format(which="customer.id = NEW.id"),)),
    "customer_line": (
        "UPDATE OF name_keys, phone",
        "customer",
        ("DELETE FROM search_line WHERE customer_id = NEW.id", _LINES.format(which="customer.id = NEW.id")),
    ),
    "vehicle_line_new": ("INSERT", "vehicle", (_CARLESS, _LINES.format(which="vehicle.id = NEW.id"))),
    "vehicle_line": (
        "UPDATE OF customer_id, plate, plate_key, vin, visited_at",
        "vehicle",
        (
            "DELETE FROM search_line WHERE vehicle_id = NEW.id",
            _CARLESS,
            _LINES.format(which="vehicle.id = NEW.id"),
            _LINES.format(which="customer.id = OLD.customer_id AND vehicle.id IS NULL"),
        ),
    ),
    "work_order_visit": (
        "INSERT",
        "work_order",
        (_VISIT,),
    ),
}


def search_rules(dialect: str) -> list[str]:
    """The statements that fill `visited_at` and `search_line` from what is there, and the triggers that keep them."""
    triggers = [
        statement
        for name, (event, table, acts) in _TRIGGERS.items()
        for statement in _trigger(dialect, name, f"AFTER {event} ON {table}", "; ".join(acts))
    ]
    return [_VISITS, _LINES.format(which="true"), *triggers]


def _trigger(dialect: str, name: str, when: str, acts: str) -> list[str]:
    if dialect == "sqlite":
        return [f"CREATE TRIGGER {name} {when} BEGIN {acts}; END"]
    # An import fills the empty table by these functions: the plans they keep must not read all of it each time.
    function = f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan TO off"
    return [
        f"{function} AS $$ BEGIN {acts}; RETURN NULL; END $$",
        f"CREATE TRIGGER {name} {when} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]


CASE_INDEX = "case_index"
CASE_VECTOR = "array_to_tsvector(string_to_array(tokens, ' '))"  # our own words as they are: no parser, no locale
_CASE_ROW = f"INSERT INTO {CASE_INDEX} (rowid, tokens) VALUES (NEW.order_id, NEW.tokens)"
_CASE_GONE = f"INSERT INTO {CASE_INDEX} ({CASE_INDEX}, rowid, tokens) VALUES ('delete', OLD.order_id, OLD.tokens)"


def case_search_rules(dialect: str) -> list[str]:
    """The statements that install the full-text index over `case_text`: FTS5 kept by triggers on SQLite, GIN on PostgreSQL."""
    if dialect != "sqlite":
        return [f"CREATE INDEX {CASE_INDEX} ON case_text USING gin ({CASE_VECTOR})"]
    table = "USING fts5(tokens, content='case_text', content_rowid='order_id', detail='none', tokenize='unicode61')"
    kept = {"INSERT": _CASE_ROW, "DELETE": _CASE_GONE, "UPDATE": f"{_CASE_GONE}; {_CASE_ROW}"}
    triggers = (_trigger(dialect, f"case_text_{verb}", f"AFTER {verb} ON case_text", act) for verb, act in kept.items())
    return [f"CREATE VIRTUAL TABLE {CASE_INDEX} {table}", *(one for made in triggers for one in made)]


def in_models(name: str | None, kind: str, _parents: Any) -> bool:
    """Whether a table or index of the database is one of the models', for Alembic's `include_name`: the full-text index with
    the tables SQLite keeps beside it is not."""
    return kind not in ("table", "index") or not (name or "").startswith(CASE_INDEX)
