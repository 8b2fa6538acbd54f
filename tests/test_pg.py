"""The server the tests start: it runs, keeps its tests apart, and has what the migrations rely on."""

import psycopg
import pytest
from sqlalchemy import Engine, text

from tests import pg

pytestmark = pytest.mark.postgresql


def test_each_test_has_a_database_of_its_own(postgres: pg.Server) -> None:
    for name in ("first", "second"):
        postgres.create(name)
        with psycopg.connect(host=str(postgres.folder), user="postgres", dbname=name) as connection:
            connection.execute("CREATE TABLE marks (id int PRIMARY KEY)")
        postgres.drop(name)


def test_ranges_exclude_overlaps_without_an_extension(postgres: pg.Server) -> None:
    postgres.create("ranges")
    with psycopg.connect(host=str(postgres.folder), user="postgres", dbname="ranges") as connection:
        connection.execute(
            "CREATE TABLE held (bay int, starts timestamptz, ends timestamptz, EXCLUDE USING gist"
            " (int4range(bay, bay, '[]') WITH &&, tstzrange(starts, ends) WITH &&))"
        )
        insert = "INSERT INTO held VALUES (%s, %s, %s)"
        connection.execute(insert, (1, "2026-03-02 09:00Z", "2026-03-02 10:00Z"))
        connection.execute(insert, (1, "2026-03-02 10:00Z", "2026-03-02 11:00Z"))
        connection.execute(insert, (2, "2026-03-02 09:00Z", "2026-03-02 10:00Z"))
        with pytest.raises(psycopg.errors.ExclusionViolation):
            connection.execute(insert, (1, "2026-03-02 09:59Z", "2026-03-02 10:01Z"))
    postgres.drop("ranges")


def test_a_fresh_database_is_migrated(engine: Engine) -> None:
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM alembic_version")) == 1
