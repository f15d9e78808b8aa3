"""The office server: nothing in clear over the network, and each failure in one sentence."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from privreg.errors import CannotOpenError, ProblemError, ReadOnlyError
from privreg.store import engine as engines
from privreg.store.engine import as_problem, check_integrity, postgres_engine
from privreg.store.server import ServerSettings
from tests.store import postgres

if TYPE_CHECKING:
    from tests.store.postgres import Server

OFFICE = ServerSettings("db.kantoor.example", "privreg", "privreg")
KEY = bytes(range(32))


def problem_of_connecting(settings: ServerSettings, password: str | None) -> ProblemError:
    engine = postgres_engine(settings, password)
    with pytest.raises(DBAPIError) as caught:
        engine.connect()
    engine.dispose()
    problem = as_problem(caught.value)
    assert problem is not None
    return problem


@pytest.mark.parametrize("mode", ["disable", "allow", "prefer", "anything"])
@pytest.mark.parametrize(
    "host", ["db.kantoor.example", "192.168.1.10", "::2", "localhost.evil.example"]
)
def test_a_plain_connection_beyond_this_machine_is_refused(host: str, mode: str) -> None:
    with pytest.raises(ProblemError):
        postgres_engine(replace(OFFICE, host=host, ssl_mode=mode), None)


@pytest.mark.parametrize(
    "host", ["", "localhost", "127.0.0.1", "127.8.8.8", "::1", "/run/postgresql"]
)
def test_on_this_machine_it_may_be_plain(host: str) -> None:
    replace(OFFICE, host=host, ssl_mode="disable").must_be_safe()


def test_the_usual_way_proves_who_the_server_is() -> None:
    assert OFFICE.ssl_mode == "verify-full"
    OFFICE.must_be_safe()


def test_settings_return_from_the_file_as_they_were() -> None:
    settings = replace(OFFICE, port=5433).with_password("x", KEY)
    assert ServerSettings.of(settings.content()) == settings


def test_where_this_pc_has_the_certificate_is_not_written_but_that_it_is_needed_is() -> None:
    kept = replace(OFFICE, root_certificate="/etc/office.crt").with_password("x", KEY)
    read = ServerSettings.of(kept.content())
    assert read == replace(kept, root_certificate="")
    assert read.needs_certificate
    assert read.password(KEY) == "x"


def test_the_password_is_kept_under_the_data_key_and_for_this_server_only() -> None:
    kept = OFFICE.with_password("open sesam", KEY)
    assert kept.password(KEY) == "open sesam"
    assert "sesam" not in str(kept.content())
    assert OFFICE.password(KEY) is None
    for changed in (
        replace(kept, host="db.evil.example"),
        replace(kept, ssl_mode="require"),
        replace(kept, user="other"),
        replace(kept, certificate="on each PC"),
        replace(kept, sealed_password="?"),
    ):
        with pytest.raises(CannotOpenError):
            changed.password(KEY)
    with pytest.raises(CannotOpenError):
        kept.password(bytes(32))


@pytest.mark.postgres
def test_it_saves_and_rolls_back_as_the_file_does(postgres_settings: ServerSettings) -> None:
    engine = postgres_engine(postgres_settings, None)
    with engine.connect() as connection:
        transaction = connection.begin()
        connection.exec_driver_sql("CREATE TABLE customers (name text, at timestamptz)")
        transaction.rollback()
        assert not sa.inspect(connection).has_table("customers")
        assert connection.exec_driver_sql("SHOW timezone").scalar_one() == "UTC"
    assert check_integrity(engine) == ()
    engine.dispose()


@pytest.mark.postgres
def test_a_reader_cannot_write_there(postgres_settings: ServerSettings) -> None:
    engine = postgres_engine(postgres_settings, None, read_only=True)
    with engine.connect() as connection, pytest.raises(DBAPIError) as caught:
        connection.exec_driver_sql("CREATE TABLE customers (name text)")
    assert isinstance(as_problem(caught.value), ReadOnlyError)
    engine.dispose()


@pytest.mark.postgres
def test_a_register_the_server_does_not_have_is_told(postgres_settings: ServerSettings) -> None:
    problem = problem_of_connecting(replace(postgres_settings, database="weg"), None)
    assert problem.problem.template == engines.SERVER_LACKS


@pytest.mark.postgres
def test_a_server_that_is_off_is_told(postgres_settings: ServerSettings) -> None:
    problem = problem_of_connecting(replace(postgres_settings, port=1), None)
    assert problem.problem.template == engines.SERVER_AWAY


@pytest.fixture
def encrypted(postgres_server: Server) -> ServerSettings:
    """Settings of a user with a password, over the network with TLS."""
    engine = sa.create_engine(postgres_server.url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql("DROP ROLE IF EXISTS office")
        connection.exec_driver_sql(f"CREATE ROLE office LOGIN PASSWORD '{postgres.PASSWORD}'")
    engine.dispose()
    certificate = str(postgres_server.certificate)
    return ServerSettings(
        "127.0.0.1", "postgres", "office", postgres_server.port, root_certificate=certificate
    )


@pytest.mark.postgres
def test_over_the_network_the_connection_is_encrypted(encrypted: ServerSettings) -> None:
    engine = postgres_engine(encrypted, postgres.PASSWORD)
    with engine.connect() as connection:
        query = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
        assert connection.exec_driver_sql(query).scalar_one() is True
    engine.dispose()


@pytest.mark.postgres
@pytest.mark.parametrize("password", ["fout", None])
def test_a_wrong_password_of_the_server_is_told(
    encrypted: ServerSettings, password: str | None
) -> None:
    problem = problem_of_connecting(encrypted, password)
    assert problem.problem.template == engines.SERVER_REFUSES


@pytest.mark.postgres
def test_a_server_that_cannot_prove_who_it_is_gets_nothing(encrypted: ServerSettings) -> None:
    stranger = replace(encrypted, root_certificate="")
    problem = problem_of_connecting(stranger, postgres.PASSWORD)
    assert problem.problem.template == engines.SERVER_NOT_TRUSTED


@pytest.mark.postgres
def test_a_pc_without_the_servers_certificate_is_told_so(encrypted: ServerSettings) -> None:
    elsewhere = replace(encrypted, root_certificate="/weg/kantoor.crt")
    problem = problem_of_connecting(elsewhere, postgres.PASSWORD)
    assert problem.problem.template == engines.SERVER_NOT_TRUSTED
