"""Where does the running application for the browser tests come from?"""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.postgres_server import find_free_port

ROOT = Path(__file__).parents[2]
DEMONSTRATION = (sys.executable, "-m", "survey", "run", "--demo")
SECONDS_TO_START = 480  # of a demonstration that is made meanwhile, on a slow machine
SECONDS_TO_STOP = 15
LINES_OF_LOG = 60

# What an installation is told from its environment; the developer's own must not reach the tests.
OWN_SETTINGS = (
    "DATABASE_URL",
    "READER_URL",
    "DEMO",
    "HOST",
    "PUBLIC_ADDRESS",
    "COUNTIES",
    "AREAS_FILE",
    "STRATEGY_FILE",
    "SMTP_HOST",
    "SMTP_PORT",
    "SMTP_SECURITY",
    "SMTP_USER",
    "SMTP_PASSWORD",
    "SMTP_PASSWORD_FILE",
    "MAIL_FROM",
    "INSTALLATION_NAME",
    "ACCESSIBILITY_CONTACT",
    "SESSION_IDLE_MINUTES",
    "SESSION_HOURS",
    "SECOND_STEP_ROLES",
    "OIDC_ISSUER",
    "OIDC_CLIENT_ID",
    "OIDC_CLIENT_SECRET",
    "OIDC_CLIENT_SECRET_FILE",
    "OIDC_GROUPS_CLAIM",
    "OIDC_ROLES_FILE",
    "LOG_FORMAT",
    "METRICS_TOKEN",
    "METRICS_TOKEN_FILE",
    "BACKUP_DAYS",
    "DRAIN_SECONDS",
    "KEYS_COPY_DIR",
    "RETENTION_FILE",
)


@contextmanager
def run_app(
    folder: Path, *, command: Sequence[str] = DEMONSTRATION, port: int = 0, **settings: str
) -> Iterator[str]:
    """The address of the application, running with everything it writes under `folder`.

    The command runs from the project's root with VAR_DIR and PORT set, and what else `settings` say, and is
    stopped at the end.
    Raises RuntimeError with the last lines of its log when /readyz does not answer in time.
    """
    port = port or find_free_port()
    environment = {name: value for name, value in os.environ.items() if name not in OWN_SETTINGS}
    environment |= {"VAR_DIR": str(folder), "PORT": str(port), "PYTHONUNBUFFERED": "1", **settings}
    log = folder / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
    try:
        address = f"http://127.0.0.1:{port}"
        if not wait_for_health(process, address):
            last = log.read_text(errors="replace").splitlines()[-LINES_OF_LOG:]
            raise RuntimeError("The application did not come to answer /readyz:\n" + "\n".join(last))
        yield address
    finally:
        stop(process)


def wait_for_health(process: subprocess.Popen[bytes], address: str) -> bool:
    """Whether /readyz came to answer 200; False once the process has ended, or when it takes too long."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    return False


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ask the process to end, and end it where it does not."""
    process.terminate()
    try:
        process.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
