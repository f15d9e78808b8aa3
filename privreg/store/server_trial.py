"""Tries an office server before a register is made on it: one sentence per thing that fails."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from privreg.errors import CertificateError, ProblemError
from privreg.store import certificates, migrate
from privreg.store.engine import as_problem, postgres_engine
from privreg.translation import N_, Message, message

if TYPE_CHECKING:
    from privreg.store.server import ServerSettings

TAKEN = N_(
    "There is a register in this database already; "
    "open its folder, or ask the administrator for an empty database."
)
MAY_NOT_MAKE_TABLES = N_(
    "{user} may not make tables in database {database}; "
    "let the administrator make this user the owner of the database."
)
NOT_UTF8 = N_(
    "Database {database} cannot keep every letter; "
    "ask the administrator for one with encoding UTF8."
)


def try_server(settings: ServerSettings, password: str | None) -> None:
    """Connect, and raise `ProblemError` unless a register can be made there; writes nothing."""
    settings.must_be_safe()
    if settings.root_certificate:
        certificates.must_be_there(settings.root_certificate)
    engine = postgres_engine(settings, password, read_only=True)
    try:
        with engine.connect() as connection:
            _must_be_fit(connection, settings)
    except DBAPIError as error:
        problem = as_problem(error)
        if problem is None:
            raise
        raise problem from error
    finally:
        engine.dispose()


def try_certificate(settings: ServerSettings) -> None:
    """Raise `CertificateError` where the server is not known by this certificate.

    The server proves who it is before a password is asked, so none is needed; what else stands
    in the way, such as a server that is off, says nothing of the certificate.
    """
    certificates.must_be_there(settings.root_certificate)
    engine = postgres_engine(settings, None, read_only=True)
    try:
        engine.connect().close()
    except DBAPIError as error:
        problem = as_problem(error)
        if isinstance(problem, CertificateError):
            raise problem from error
    finally:
        engine.dispose()


def must_be_empty(connection: sa.Connection) -> None:
    """Raise `ProblemError` where a register has its tables already."""
    if migrate.version(connection) is not None:
        raise ProblemError(Message(TAKEN))


def _must_be_fit(connection: sa.Connection, settings: ServerSettings) -> None:
    must_be_empty(connection)
    if connection.execute(sa.text("SHOW server_encoding")).scalar() != "UTF8":
        raise ProblemError(message(NOT_UTF8, database=settings.database))
    may = sa.text("SELECT has_schema_privilege(current_schema(), 'CREATE')")
    if not connection.execute(may).scalar():
        raise ProblemError(
            message(MAY_NOT_MAKE_TABLES, user=settings.user, database=settings.database)
        )
