"""The real server in a process of its own, on a free port of this machine."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
_PATIENCE = 60.0


class Server(str):
    """The address of a server, and its process."""

    pid: int

    def worked(self) -> float:
        """Seconds of a core its process has used so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(database: Path, data_dir: Path) -> Iterator[Server]:
    """`python Home.py` on that database; gives its address and stops it afterwards. RuntimeError when it does not start."""
    port = _free_port()
    env = os.environ | {
        "DATABASE_URL": f"sqlite:///{database}",
        "DATA_DIR": str(data_dir),
        "PORT": str(port),
        "DEMO": "0",
    }
    with (data_dir / "server.log").open("wb") as log:
        process = subprocess.Popen([sys.executable, "Home.py"], cwd=ROOT, env=env, stdout=log, stderr=subprocess.STDOUT)
        try:
            _wait(process, f"http://127.0.0.1:{port}/healthz")
            server = Server(f"127.0.0.1:{port}")
            server.pid = process.pid
            yield server
        finally:
            process.terminate()
            process.wait(timeout=_PATIENCE)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], url: str) -> None:
    until = monotonic() + _PATIENCE
    while monotonic() < until and process.poll() is None:
        try:
            with urlopen(url, timeout=2):
                return
        except (URLError, OSError):
            sleep(0.2)
    raise RuntimeError("the server did not start; its log lies in the data folder")
