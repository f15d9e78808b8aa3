"""A PostgreSQL server of the tests' own, started once per run and gone afterwards.

`PRIVREG_TEST_POSTGRES_URL` names another server to use instead (a user who may create
databases). Tests that need a server carry the marker `postgres`.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import ipaddress
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
import sqlalchemy as sa
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from privreg.store.server import ServerSettings
from tests.effort import PATIENCE_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

URL_VARIABLE = "PRIVREG_TEST_POSTGRES_URL"
DEBIAN = Path("/usr/lib/postgresql")
PASSWORD = "geheim van de proef"
TRIES = 5
PATIENCE = str(int(PATIENCE_SECONDS))


@dataclass(frozen=True)
class Server:
    """A running server: its programs' owner, its socket's folder, port and certificate."""

    sockets: Path
    port: int
    certificate: Path

    @property
    def url(self) -> str:
        """The address of the database that every server has."""
        return f"postgresql+psycopg://postgres@/postgres?host={self.sockets}&port={self.port}"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """Start a private server, on a socket and on the loopback address with TLS."""
    programs = _programs()
    if programs is None:
        pytest.fail("PostgreSQL is not installed: apt-get install postgresql")
    owner = _owner()
    # TMPDIR may lie where that user may not come
    place = Path(tempfile.mkdtemp(prefix="privreg-postgres-", dir="/tmp" if owner else None))
    try:
        with _running(programs, place, owner) as server:
            yield server
    finally:
        shutil.rmtree(place, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_url(request: pytest.FixtureRequest) -> str:
    """Give the address of a server on which databases may be made and dropped."""
    given = os.environ.get(URL_VARIABLE)
    if given:
        return given
    server: Server = request.getfixturevalue("postgres_server")
    return server.url


@pytest.fixture
def postgres_settings(postgres_url: str) -> Iterator[ServerSettings]:
    """Give the settings of a fresh, empty database; it is dropped afterwards."""
    with a_database(postgres_url) as settings:
        yield settings


@contextmanager
def a_database(postgres_url: str) -> Iterator[ServerSettings]:
    """Make a database and give its settings; it is dropped afterwards."""
    url = sa.make_url(postgres_url)
    name = f"privreg_test_{uuid4().hex}"
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    try:
        yield ServerSettings(
            host=str(url.host or url.query.get("host", "")),
            port=int(str(url.port or url.query.get("port", "5432"))),
            database=name,
            user=str(url.username or ""),
            ssl_mode="prefer",
        )
    finally:
        with engine.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
        engine.dispose()


def _programs() -> Path | None:
    """Find the folder of `initdb`; Debian keeps it off the path."""
    versions = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if versions:
        return versions[-1].parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@contextmanager
def _running(programs: Path, place: Path, owner: str | None) -> Iterator[Server]:
    data = place / "data"
    make_certificate(place)
    if owner is not None:
        for path in (place, *place.iterdir()):
            shutil.chown(path, owner)
    settings = {
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": place,
        "fsync": "off",
        "ssl": "on",
        "ssl_cert_file": place / "server.crt",
        "ssl_key_file": place / "server.key",
    }
    options = " ".join(f"-c {name}={value}" for name, value in settings.items())

    def run(program: str, *arguments: str | Path) -> None:
        subprocess.run(
            [programs / program, *arguments],
            check=True,
            user=owner,
            cwd=place,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
    with (data / "pg_hba.conf").open("w") as rules:
        rules.write("local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n")
    port = _started(
        lambda port: run(
            *("pg_ctl", "-D", data, "-w", "-t", PATIENCE, "-l", place / "log"),
            *("-o", f"{options} -c port={port}", "start"),
        )
    )
    try:
        yield Server(place, port, place / "server.crt")
    finally:
        run("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")


def _owner() -> str | None:
    """Return the user to run the server as: it refuses to run as root."""
    if sys.platform == "win32" or os.getuid() != 0:
        return None
    import pwd  # noqa: PLC0415  (not on Windows)

    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _started(start: Callable[[int], None]) -> int:
    """Start on a free port, on another where somebody was quicker; return the port."""
    for _try in range(TRIES - 1):
        port = _free_port()
        with suppress(subprocess.CalledProcessError):
            start(port)
            return port
    start(port := _free_port())
    return port


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def make_certificate(place: Path) -> None:
    """Make a certificate for the loopback address that signs itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]),
            critical=False,
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, SHA256())
    )
    (place / "server.crt").write_bytes(certificate.public_bytes(Encoding.PEM))
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    descriptor = os.open(place / "server.key", os.O_WRONLY | os.O_CREAT, 0o600)
    with open(descriptor, "wb") as stream:  # noqa: PTH123  (a descriptor, to be private at once)
        stream.write(private)
