"""Loading the demo garage beside the server, so that the page can tell how far it is."""

import logging
import threading
from collections.abc import Callable

from services.workspace import Workspace

log = logging.getLogger(__name__)


def builder() -> Callable[[Workspace, str], None]:
    """What makes the demo garage: `build(workspace, language)`."""
    from services.demo.build import build  # a large part of the program that most garages never need

    return build


class DemoLoading:
    """At most one loading per process."""

    _lock = threading.Lock()
    _thread: threading.Thread | None = None
    failed = False

    @classmethod
    def start(cls, ws: Workspace, language: str) -> None:
        """Begin; a second tap changes nothing."""
        with cls._lock:
            if not cls.busy():
                cls.failed = False
                cls._thread = threading.Thread(target=cls._run, args=(ws, language), name="demo", daemon=True)
                cls._thread.start()

    @classmethod
    def busy(cls) -> bool:
        """Whether the loading runs."""
        return cls._thread is not None and cls._thread.is_alive()

    @classmethod
    def _run(cls, ws: Workspace, language: str) -> None:
        try:
            builder()(ws, language)
        except Exception:
            log.exception("the demo garage could not be made")
            cls.failed = True
