"""One tablet in this process: Streamlit's own script runner without browser and socket, and what a run of the script costs."""

import asyncio
import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path
from time import perf_counter, thread_time
from typing import Any

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime import Runtime, RuntimeConfig
from streamlit.runtime.fragment import MemoryFragmentStorage
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import RerunData, ScriptRunner, ScriptRunnerEvent
from streamlit.runtime.state import SessionState

from benchmarks.garages import Garage

ROOT = Path(__file__).resolve().parent.parent
ENTRY = ROOT / "ui" / "entry.py"
_OVER = (
    ScriptRunnerEvent.SCRIPT_STOPPED_WITH_SUCCESS,
    ScriptRunnerEvent.SCRIPT_STOPPED_FOR_RERUN,
    ScriptRunnerEvent.FRAGMENT_STOPPED_WITH_SUCCESS,
)


@dataclass(frozen=True)
class Button:
    """A button on the screen: what it is pressed by, and the fragment it is redrawn with ("" for the whole page)."""

    id: str
    fragment: str
    label: str

    @property
    def key(self) -> str:
        """The key the program gave it."""
        return self.id.rsplit("-", 1)[-1]


@dataclass
class Run:
    """What one run did, and what it sent to the screen. `milliseconds` passed by the clock; `worked` of them the script's
    thread was at work itself, so that whatever else the machine does meanwhile does not count."""

    milliseconds: float = 0.0
    worked: float = 0.0
    sent: list[ForwardMsg] = field(default_factory=list)
    reruns: int = 0

    def elements(self) -> Iterator[Any]:
        """Everything drawn, as Streamlit describes it."""
        return (
            m.delta.new_element
            for m in self.sent
            if m.WhichOneof("type") == "delta" and m.delta.HasField("new_element")
        )

    def buttons(self) -> list[Button]:
        """The buttons that can be pressed."""
        deltas = [m.delta for m in self.sent if m.WhichOneof("type") == "delta"]
        found = [(d.new_element.button, d.fragment_id) for d in deltas if d.new_element.HasField("button")]
        return [Button(button.id, fragment, button.label) for button, fragment in found if not button.disabled]

    def trouble(self) -> str:
        """The exception on the screen, or ""."""
        found = (e.exception for e in self.elements() if e.HasField("exception"))
        return next((f"{e.type}: {e.message}" for e in found), "")


@cache
def runtime() -> Runtime:
    """Streamlit's services for all tablets of this process, tuned as the server is."""
    for module in ("pandas", "altair", "pyarrow"):
        import_module(module)
    PagesManager.uses_pages_directory = None
    runtime = Runtime(RuntimeConfig(str(ENTRY), MemoryMediaFileStorage("/media"), MemoryUploadedFileManager("/upload")))
    gc.collect()
    gc.freeze()
    return runtime


class Tablet:
    """A person at a screen. `page` is the page's name in the address, "" for a script without pages."""

    def __init__(self, page: str, garage: Garage, script: Path = ENTRY) -> None:
        self._runtime, self._garage = runtime(), garage
        self._script, self._page = str(script), page
        self._state, self.fragments = SessionState(), MemoryFragmentStorage()
        self._pages = PagesManager(self._script, self._runtime._script_cache, setup_watcher=False)
        self._hash = ""

    def run(self, pressed: Button | None = None) -> Run:
        """Run the whole page, or only the fragment of the button that is pressed. Raises RuntimeError for what a person
        would see as a failure."""
        states = WidgetStates()
        if pressed:
            states.widgets.add(id=pressed.id, trigger_value=True)
        run = self._start(RerunData(
            widget_states=states, page_script_hash=self._hash, page_name="" if self._hash else self._page,
            fragment_id=(pressed.fragment or None) if pressed else None,
        ))  # fmt: skip
        if run.trouble():
            raise RuntimeError(f"/{self._page}: {run.trouble()}")
        return run

    def timed(self) -> float:
        """Milliseconds of work for one run of the whole page."""
        return self.run().worked

    def _start(self, wanted: RerunData) -> Run:
        run, loop = Run(), asyncio.new_event_loop()
        runner = ScriptRunner(
            session_id="benchmark", main_script_path=self._script, session_state=self._state,
            uploaded_file_mgr=self._runtime._uploaded_file_mgr, script_cache=self._runtime._script_cache,
            initial_rerun_data=wanted, user_info={"sid": str(self._garage.session)}, fragment_storage=self.fragments,
            pages_manager=self._pages, event_loop=loop,
        )  # fmt: skip
        self._garage.enter()
        listen = self._listener(run)
        runner.on_event.connect(listen, weak=False)
        runner.start()
        runner._script_thread.join()  # type: ignore[union-attr]
        loop.close()
        return run

    def _listener(self, run: Run) -> Callable[..., None]:
        begun = perf_counter()

        def listen(_sender: object, event: ScriptRunnerEvent, **data: Any) -> None:
            if event is ScriptRunnerEvent.ENQUEUE_FORWARD_MSG:
                run.sent.append(data["forward_msg"])
            elif event in _OVER:
                run.milliseconds, run.worked = (perf_counter() - begun) * 1000, thread_time() * 1000
                run.reruns += event is ScriptRunnerEvent.SCRIPT_STOPPED_FOR_RERUN
            elif event is ScriptRunnerEvent.SHUTDOWN:
                self._hash = data["client_state"].page_script_hash

        return listen
