"""The certificate of an office server: needed on every PC, at a place that is each PC's own."""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
import sqlalchemy as sa

from privreg.errors import CannotOpenError, CertificateError, ProblemError
from privreg.services import transfer, users
from privreg.services.desk import create_register, open_desk
from privreg.services.server_change import change_server, point_at_certificate, server_now
from privreg.settings import settings_folder
from privreg.store import certificates, engine
from privreg.store.server import ServerSettings
from tests.services.conftest import CONTROLLER, PASSWORD, add
from tests.store.postgres import PASSWORD as SERVER_PASSWORD
from tests.store.postgres import a_database, make_certificate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from privreg.clock import FixedClock
    from privreg.services.desk import Desk
    from tests.store.postgres import Server

pytestmark = pytest.mark.postgres

SSL = sa.text("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")


@dataclass(frozen=True)
class Office:
    """A register on a server that is known by a certificate of its own, and who works in it."""

    path: Path
    place: Path
    clock: FixedClock
    monkeypatch: pytest.MonkeyPatch
    server: Server

    def sit_at(self, pc: str) -> Path:
        """Sit down at a PC: its settings are in force; return its own folder."""
        folder = self.place / pc
        folder.mkdir(exist_ok=True)
        self.monkeypatch.setenv("PRIVREG_SETTINGS", str(folder / "settings"))
        return folder

    def certificate_at(self, pc: str, name: str = "kantoor.crt") -> Path:
        """Put the certificate somewhere on a PC and sit down there."""
        return Path(shutil.copy(self.server.certificate, self.sit_at(pc) / name))

    def opened(self) -> Desk:
        """Open the register at this PC."""
        return open_desk(self.path, "jan", PASSWORD, clock=self.clock)

    @property
    def about(self) -> Path:
        """Where the connection is kept."""
        return self.path / "register.json"


@pytest.fixture
def settings(postgres_server: Server) -> Iterator[ServerSettings]:
    """Give an empty database that is reached over the network, by a user with a password."""
    role = f"kantoor_{uuid4().hex}"
    admin = sa.create_engine(postgres_server.url, isolation_level="AUTOCOMMIT")
    with a_database(postgres_server.url) as made:
        with admin.connect() as connection:
            connection.exec_driver_sql(f"CREATE ROLE {role} LOGIN PASSWORD '{SERVER_PASSWORD}'")
            connection.exec_driver_sql(f"ALTER DATABASE {made.database} OWNER TO {role}")
        yield ServerSettings("127.0.0.1", made.database, role, postgres_server.port)
    with admin.connect() as connection:
        connection.exec_driver_sql(f"DROP ROLE {role}")
    admin.dispose()


@pytest.fixture
def office(
    settings: ServerSettings,
    postgres_server: Server,
    tmp_path: Path,
    clock: FixedClock,
    monkeypatch: pytest.MonkeyPatch,
) -> Office:
    """Make a register at Jan's PC, in a folder on the share."""
    made = Office(tmp_path / "Kantoor.privreg", tmp_path, clock, monkeypatch, postgres_server)
    file = made.certificate_at("pc van jan")
    desk, _key = create_register(
        made.path,
        CONTROLLER,
        login="jan",
        name="Jan",
        password=PASSWORD,
        clock=clock,
        server=replace(settings, root_certificate=str(file)),
        server_password=SERVER_PASSWORD,
    )
    desk.close()
    return made


def is_encrypted(desk: Desk) -> bool:
    """Say whether the connection of a desk is."""
    with desk.store.read() as connection:
        return bool(connection.execute(SSL).scalar())


def test_each_pc_has_the_certificate_at_a_place_of_its_own(office: Office) -> None:
    assert "crt" not in office.about.read_text("utf-8")
    elsewhere = office.certificate_at("pc van anna", "Certificaat van Anna.pem")
    with pytest.raises(CertificateError) as lacks:
        office.opened()
    assert lacks.value.problem.template == certificates.LACKS
    point_at_certificate(office.path, elsewhere)
    for pc in ("pc van anna", "pc van jan"):
        office.sit_at(pc)
        desk = office.opened()
        assert is_encrypted(desk)
        desk.close()


def test_a_certificate_that_does_not_prove_this_server_is_not_kept(office: Office) -> None:
    pc = office.sit_at("pc van anna")
    make_certificate(pc)
    (pc / "geen.crt").write_text("geen certificaat", "utf-8")
    for name, says in (
        ("server.crt", engine.SERVER_NOT_TRUSTED),
        ("geen.crt", engine.SERVER_NOT_TRUSTED),
        ("weg.crt", certificates.NOT_THERE),
    ):
        with pytest.raises(CertificateError) as refused:
            point_at_certificate(office.path, pc / name)
        assert refused.value.problem.template == says
    assert certificates.kept() == {}


def test_a_certificate_may_be_pointed_at_while_the_server_is_off(office: Office) -> None:
    folder_about = json.loads(office.about.read_bytes())
    folder_about["server"]["port"] = 1
    office.about.write_text(json.dumps(folder_about), "utf-8")
    file = office.certificate_at("pc van anna")
    point_at_certificate(office.path, file)
    assert list(certificates.kept().values()) == [str(file)]


def test_a_certificate_that_was_moved_is_told_and_pointed_at_anew(office: Office) -> None:
    pc = office.sit_at("pc van jan")
    moved = (pc / "kantoor.crt").rename(pc / "nieuw.crt")
    with pytest.raises(CertificateError) as refused:
        office.opened()
    assert refused.value.problem.args["path"] == str(pc / "kantoor.crt")
    point_at_certificate(office.path, moved)
    office.opened().close()


def test_a_register_of_before_opens_where_its_path_leads(office: Office) -> None:
    pc = office.sit_at("pc van jan")
    desk = office.opened()
    about = desk.folder.about()
    assert about.server is not None
    of_before = replace(about.server, certificate=str(pc / "kantoor.crt"))
    sealed = of_before.with_password(SERVER_PASSWORD, desk.data_key.key).content()
    sealed["root_certificate"] = sealed.pop("certificate")
    desk.close()
    office.about.write_text(json.dumps({**about.content(), "server": sealed}), "utf-8")
    office.sit_at("pc zonder keuze")
    desk = office.opened()
    users.renew_recovery_key(desk)  # the password is sealed anew, and bound as it was
    desk.close()
    office.opened().close()
    (pc / "kantoor.crt").rename(pc / "weg.crt")
    with pytest.raises(CertificateError):
        office.opened()
    point_at_certificate(office.path, pc / "weg.crt")
    office.opened().close()


def test_who_strikes_the_certificate_from_the_folder_gets_no_password(office: Office) -> None:
    about = json.loads(office.about.read_bytes())
    about["server"] |= {"certificate": "", "ssl_mode": "verify-full"}
    office.about.write_text(json.dumps(about), "utf-8")
    with pytest.raises(CannotOpenError) as refused:
        office.opened()
    assert "changed by something other" in refused.value.problem.template


def test_the_need_of_a_certificate_outlives_a_change_of_the_keys(office: Office) -> None:
    desk = office.opened()
    users.renew_recovery_key(desk)
    desk.close()
    office.opened().close()
    office.sit_at("pc van anna")
    with pytest.raises(CertificateError):
        office.opened()


def test_a_child_process_finds_the_certificate_too(office: Office) -> None:
    desk = office.opened()
    add(desk, "groups", name="Klanten")
    assert transfer.export_file(desk, office.place / "alles.json") > 0
    desk.close()


def test_an_administrator_changes_the_server_and_other_pcs_keep_their_certificate(
    office: Office,
) -> None:
    elsewhere = office.certificate_at("pc van anna")
    point_at_certificate(office.path, elsewhere)
    office.sit_at("pc van jan")
    now = replace(server_now(office.path), ssl_mode="verify-ca")
    change_server(office.path, "jan", PASSWORD, now, SERVER_PASSWORD, clock=office.clock)
    for pc in ("pc van jan", "pc van anna"):
        office.sit_at(pc)
        office.opened().close()
    assert server_now(office.path).ssl_mode == "verify-ca"


def test_a_pc_without_the_certificate_does_not_change_the_server_to_one_without(
    office: Office,
) -> None:
    office.sit_at("pc van anna")
    with pytest.raises(CertificateError):
        server_now(office.path)


def test_a_register_in_its_folder_has_no_certificate(path: Path) -> None:
    with pytest.raises(ProblemError):
        point_at_certificate(path, path / "keys.json")


@pytest.mark.parametrize("content", ["", "[]", "{", '{"%s": 5}'])
def test_a_damaged_list_of_certificates_is_one_without_any(office: Office, content: str) -> None:
    register_id = json.loads(office.about.read_bytes())["register"]
    settings_folder().joinpath(certificates.FILE).write_text(
        content.replace("%s", register_id), "utf-8"
    )
    with pytest.raises(CertificateError) as lacks:
        office.opened()
    assert lacks.value.problem.template == certificates.LACKS
