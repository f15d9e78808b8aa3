"""Set PrivReg up and start it: the one command of the README, on Linux, macOS and Windows.

    python3 start.py example          open the program on an invented register
    python3 start.py run [ARGS]       run the program, as `privreg ARGS`
    python3 start.py tests [--long]   lint, types, texts and tests; all kills and cases with --long
    python3 start.py bench [ARGS]     measure the speed
    python3 start.py screens [ARGS]   make the pictures of every page again

It makes `.venv` beside itself and installs the pinned libraries there; on Debian and Ubuntu it
also installs the packages they need. Once that is done nothing here touches the network.
"""

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib.util
import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NoReturn

CHECKOUT = Path(__file__).resolve().parent
ENVIRONMENT = CHECKOUT / ".venv"
INSTALLED = ENVIRONMENT / "installed.txt"
LAST_FAILED = CHECKOUT / ".pytest_cache" / "v" / "cache" / "lastfailed"
OLDEST_PYTHON = (3, 11)
MOST_TRIED_AGAIN = 3
SAME_ORDER = "--randomly-seed=72"  # the long run, and pytest itself, choose another each time

RUNTIME = "requirements.txt"
DEVELOPMENT = "requirements-dev.txt"
REQUIREMENT_FILES = (RUNTIME, DEVELOPMENT, "constraints.txt")

EXAMPLES = ("1box", "clientbox", "iv", "connox", "koffiemax")
DEMO_USER = "demo"
DEMO_PASSWORD = "demo"  # noqa: S105  (of invented data only)
DEMO_LOGIN = f"user {DEMO_USER}, password {DEMO_PASSWORD}"

# What Qt's libraries and its windows on X11 and Wayland load, and the Debian package of each.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libbrotlidec.so.1": "libbrotli1",
    "libcups.so.2": "libcups2",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libzstd.so.1": "libzstd1",
}


def main() -> int:
    """Run the command asked for and return its exit code."""
    if sys.version_info < OLDEST_PYTHON:
        stop("PrivReg needs Python 3.11 or newer; this is Python {}.{}.".format(*sys.version_info))
    options, rest = command_line().parse_known_args()
    if rest and options.command == "example":
        stop(f"This is not understood: {shlex.join(rest)}.")
    os.chdir(CHECKOUT)
    if options.command == "tests":
        return run_tests(rest, long=options.long)
    if options.command == "example":
        return open_example(options.name)
    if options.command == "bench":
        return run_module("tests.bench", rest, requirements=DEVELOPMENT)
    if options.command == "screens":
        return run_module("tools.screens", rest, requirements=RUNTIME)
    return run_program(rest)


def command_line() -> argparse.ArgumentParser:
    """Describe the commands; what follows `run`, `tests` and the like is passed on."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    example = commands.add_parser("example", help="open the program on an invented register")
    example.add_argument("name", nargs="?", choices=EXAMPLES, default="koffiemax")
    commands.add_parser("run", help="run the program", add_help=False)
    tests = commands.add_parser("tests", help="lint, types, texts and tests")
    tests.add_argument("--long", action="store_true", help="all kills, histories and random cases")
    commands.add_parser("bench", help="measure the speed", add_help=False)
    commands.add_parser("screens", help="make the pictures of every page again", add_help=False)
    return parser


def open_example(name: str) -> int:
    """Make an example register in a new folder, open it, and clear it away afterwards."""
    python = environment(RUNTIME)
    end_as_after_ctrl_c()
    folder = Path(tempfile.mkdtemp(prefix="privreg-example-")) / f"{name}.privreg"
    stays = False
    try:
        if code := run([python, "main.py", "demo", str(folder), "--example", name], check=False):
            return code
        say(f"The example register stands in {folder}; {DEMO_LOGIN}.")
        if stays := not has_screen():
            stop(no_screen(f"agenda {shlex.quote(str(folder))}"))
        say("It is made anew each time: what you change in it is gone when you close the window.")
        login = {"PRIVREG_USER": DEMO_USER, "PRIVREG_PASSWORD": DEMO_PASSWORD}
        return run([python, "main.py", str(folder)], check=False, settings=login)
    finally:
        if not stays:
            shutil.rmtree(folder.parent, ignore_errors=True)


def end_as_after_ctrl_c() -> None:
    """Tidy up as well when the terminal is closed or the session ends."""
    for name in ("SIGTERM", "SIGHUP"):  # Windows has no SIGHUP
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.default_int_handler)


def run_program(arguments: list[str]) -> int:
    """Run `main.py`; without arguments it opens a window, so it needs a screen."""
    python = environment(RUNTIME)
    if not arguments and not has_screen():
        stop(no_screen("--help"))
    return run([python, "main.py", *arguments], check=False)


def run_module(module: str, arguments: list[str], *, requirements: str) -> int:
    """Run one of the project's own tools without a window."""
    python = environment(requirements)
    return run([python, "-m", module, *arguments], check=False, settings=off_screen())


def run_tests(arguments: list[str], *, long: bool) -> int:
    """Run every stage, also after one has failed, and name at the end those that failed."""
    python = environment(DEVELOPMENT)
    settings = off_screen() | ({"PRIVREG_LONG": "1"} if long else {})
    order = [] if long else [SAME_ORDER]
    failed = [
        name
        for name, command in stages(python, [*order, *arguments])
        if not stage_passes(name, command, settings)
    ]
    if failed == ["pytest"] and pass_alone(python, settings):
        failed.clear()
    say(f"FAILED: {', '.join(failed)}." if failed else "Every stage passed.")
    return 1 if failed else 0


def stages(python: str, arguments: list[str]) -> list[tuple[str, list[str]]]:
    """Return the name and the command of each stage; pytest last, so that its count ends it."""
    places = ("privreg", "ui", "tests", "tools", "main.py", "start.py")
    code = [place for place in places if (CHECKOUT / place).exists()]
    workers = str(min(8, max(2, os.cpu_count() or 2)))
    return [
        ("ruff check", [python, "-m", "ruff", "check", "."]),
        ("ruff format", [python, "-m", "ruff", "format", "--check", "."]),
        ("mypy", [python, "-m", "mypy", *code]),
        ("catalogue", [python, "-m", "tools.catalogue", "check"]),
        ("pytest", [*pytest(python), "--cache-clear", "-n", workers, *arguments]),
    ]


def pytest(python: str) -> list[str]:
    """Return the command that runs tests."""
    return [python, "-W", "default", "-m", "pytest"]


def stage_passes(name: str, command: list[str], settings: dict[str, str]) -> bool:
    """Run one stage and say how long it took."""
    say(f"== {name}")
    started = time.monotonic()
    code = run(command, check=False, settings=settings)
    say(f"== {name} {'failed' if code else 'passed'} after {time.monotonic() - started:.0f} s")
    return code == 0


def pass_alone(python: str, settings: dict[str, str]) -> bool:
    """Try the few tests that failed once more, one by one and loudly: that is a fault to mend too.

    More than `MOST_TRIED_AGAIN` are no accident of a slow machine, and are not tried again.
    """
    tests = list(json.loads(LAST_FAILED.read_text())) if LAST_FAILED.exists() else []
    if not 0 < len(tests) <= MOST_TRIED_AGAIN:
        return False
    again = [*pytest(python), "-n0", "--last-failed", "--last-failed-no-failures", "none"]
    if not stage_passes("pytest, what failed, alone", again, settings):
        return False
    for each in tests:
        say(f"UNSTEADY, to be mended: {each} failed among the others and passed alone.")
    return True


def environment(requirements: str) -> str:
    """Make `.venv` with the libraries a file asks for, and return the path of its Python.

    Nothing is installed while the requirement files are those of the last time.
    """
    install_packages(needed_packages(for_tests=requirements == DEVELOPMENT))
    python = environment_python()
    if not starts(python):
        say("Making .venv beside the program.")
        INSTALLED.unlink(missing_ok=True)
        run([sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)])
    known = INSTALLED.read_text().split() if INSTALLED.exists() else []
    if fingerprint() not in known:
        known = [fingerprint()]
    if requirements not in known and DEVELOPMENT not in known:
        say("Installing the libraries in it, once; they take about 500 MB.")
        pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
        run([python, *pip, "-r", requirements])
        INSTALLED.write_text("\n".join([*known, requirements]) + "\n")
    return python


def fingerprint() -> str:
    """Return a hash of the requirement files and the version of Python they were chosen for."""
    digest = hashlib.sha256(repr(sys.version_info[:2]).encode())
    for name in REQUIREMENT_FILES:
        if (CHECKOUT / name).exists():
            digest.update((CHECKOUT / name).read_bytes())
    return digest.hexdigest()


def environment_python() -> str:
    """Return where the Python of `.venv` is."""
    place = "Scripts/python.exe" if os.name == "nt" else "bin/python"
    return str(ENVIRONMENT / place)


def starts(python: str) -> bool:
    """Tell whether the Python of `.venv` still runs, also after the system's own was replaced."""
    if not Path(python).exists():
        return False
    return subprocess.run([python, "-c", ""], check=False, capture_output=True).returncode == 0


def needed_packages(*, for_tests: bool) -> list[str]:
    """Return the Debian packages that are missing here; none on macOS and Windows."""
    if not sys.platform.startswith("linux"):
        return []
    packages = [package for library, package in QT_LIBRARIES.items() if not loads(library)]
    if importlib.util.find_spec("ensurepip") is None:
        packages.append(f"python3.{sys.version_info[1]}-venv")
    if for_tests:
        packages += ["poppler-utils"] if shutil.which("pdftotext") is None else []
        packages += [] if has_postgresql() else ["postgresql"]
    return sorted(packages)


def loads(library: str) -> bool:
    """Tell whether the system has a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_postgresql() -> bool:
    """Tell whether a PostgreSQL server can be started here; Debian keeps it off the path."""
    on_path = shutil.which("initdb") is not None and shutil.which("postgres") is not None
    return on_path or any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


def install_packages(packages: list[str]) -> None:
    """Install Debian packages, or stop and say which command does it."""
    if not packages:
        return
    if shutil.which("apt-get") is None:
        stop("Install what these Debian packages hold, and start again: " + " ".join(packages))
    command = [
        "apt-get",
        "install",
        "--yes",
        "-oDpkg::Use-Pty=0",
        "--no-install-recommends",
        *packages,
    ]
    is_root = os.geteuid() == 0 if hasattr(os, "geteuid") else False
    if not is_root and shutil.which("sudo") is None:
        stop(f"Let an administrator run this once, and start again: {shlex.join(command)}")
    say(f"Installing what the program needs of the system: {' '.join(packages)}")
    become = [] if is_root else ["sudo"]
    run([*become, "apt-get", "update", "--quiet=2"], check=False)
    run([*become, "env", "DEBIAN_FRONTEND=noninteractive", *command, "--quiet=2"])


def has_screen() -> bool:
    """Tell whether a window can be opened here."""
    if not sys.platform.startswith("linux"):
        return True
    return any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")))


def no_screen(instead: str) -> str:
    """Say that there is no screen, and what does work without one."""
    return (
        "There is no screen here to open a window on (DISPLAY and WAYLAND_DISPLAY are empty); "
        f"without one this works: python3 start.py run {instead}"
    )


def off_screen() -> dict[str, str]:
    """Let Qt paint in memory."""
    return {"QT_QPA_PLATFORM": "offscreen"}


def run(command: list[str], *, check: bool = True, settings: dict[str, str] | None = None) -> int:
    """Run a command and return its exit code; with `check` a failure ends the program."""
    code = subprocess.run(command, check=False, env=os.environ | (settings or {})).returncode
    if check and code:
        stop(f"This command failed with exit code {code}: {shlex.join(command)}")
    return code


def say(sentence: str) -> None:
    """Print a line at once, in order with what the commands print."""
    print(sentence, flush=True)


def stop(sentence: str) -> NoReturn:
    """End with one sentence on standard error."""
    sys.exit(sentence)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
