"""A tablet over the network: signs in by the form, opens the websocket and taps, as a browser does, but draws nothing."""

import asyncio
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from time import perf_counter
from typing import Self
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from benchmarks.tablet import Button

_SLOW = 60.0  # seconds after which a server counts as dead
Path = tuple[int, ...]


def sign_in(address: str, staff_id: int, pin: str) -> str:
    """Send the sign-in form; returns the cookie header of the session. RuntimeError when it was refused."""
    cookies = CookieJar()
    form = urlencode({"staff": staff_id, "pin": pin, "next": "/healthz"}).encode()
    opener = build_opener(HTTPCookieProcessor(cookies))
    with opener.open(f"http://{address}/sign-in", form, timeout=_SLOW) as answer:
        answer.read()
    if not cookies:
        raise RuntimeError("the sign-in was refused")
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in cookies)


@dataclass
class Reply:
    """What came back for one tap: how long until the last message, the short messages, and the alerts on the screen."""

    milliseconds: float = 0.0
    toasts: list[str] = field(default_factory=list)
    alerts: list[str] = field(default_factory=list)
    exceptions: list[str] = field(default_factory=list)


class WireTablet:
    """One screen in one session. Not for two tasks at once."""

    def __init__(self, socket: ClientConnection, page: str) -> None:
        self._socket, self._page, self._hash = socket, page, ""
        self.buttons: dict[Path, Button] = {}

    @classmethod
    async def open(cls, address: str, cookie: str, page: str) -> Self:
        """Connect and see the page once."""
        socket = await connect(
            f"ws://{address}/_stcore/stream", subprotocols=[Subprotocol("streamlit")], max_size=None, compression=None,
            additional_headers={"Cookie": cookie}, origin=Origin(f"http://{address}"), open_timeout=_SLOW,
        )  # fmt: skip
        tablet = cls(socket, page)
        await tablet.reload()
        return tablet

    async def close(self) -> None:
        """Switch the tablet off."""
        await self._socket.close()

    async def reload(self) -> Reply:
        """Run the whole page."""
        return await self._send(None, times=1)

    async def press(self, button: Button, times: int = 1) -> Reply:
        """Tap a button; with `times` 2 a second time before the first has come back."""
        return await self._send(button, times)

    async def _send(self, button: Button | None, times: int) -> Reply:
        message = BackMsg()
        wanted = message.rerun_script
        wanted.page_script_hash, wanted.page_name = self._hash, "" if self._hash else self._page
        if button:
            wanted.fragment_id = button.fragment
            wanted.widget_states.widgets.add(id=button.id, trigger_value=True)
        else:
            wanted.widget_states.SetInParent()
        begun, reply = perf_counter(), Reply()
        for _ in range(times):
            await self._socket.send(message.SerializeToString())
        while await self._answer(reply):
            pass
        reply.milliseconds = (perf_counter() - begun) * 1000
        if times > 1:
            await self._rest(reply)
        return reply

    async def _answer(self, reply: Reply) -> bool:
        """Take in one run; True when another follows at once."""
        drawn: set[Path] = set()
        fragments: set[str] = set()
        while True:
            raw = await asyncio.wait_for(self._socket.recv(), _SLOW)
            message = ForwardMsg.FromString(raw if isinstance(raw, bytes) else raw.encode())
            kind = message.WhichOneof("type")
            fragments.update(message.metadata.run.fragment_ids)
            if kind == "new_session":
                self._hash = message.new_session.page_script_hash
            elif kind == "delta":
                self._take_in(message, drawn, reply)
            elif kind == "script_finished":
                if message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    return True
                self._forget(drawn, fragments)
                return False

    def _take_in(self, message: ForwardMsg, drawn: set[Path], reply: Reply) -> None:
        if not message.delta.HasField("new_element"):
            return
        place, element = tuple(message.metadata.delta_path), message.delta.new_element
        drawn.add(place)
        self.buttons.pop(place, None)
        kind = element.WhichOneof("type")
        if kind == "button" and not element.button.disabled:
            self.buttons[place] = Button(element.button.id, message.delta.fragment_id, element.button.label)
        elif kind == "toast":
            reply.toasts.append(element.toast.body)
        elif kind == "alert":
            reply.alerts.append(element.alert.body)
        elif kind == "exception":
            reply.exceptions.append(element.exception.message)

    def _forget(self, drawn: set[Path], fragments: set[str]) -> None:
        """What a run did not draw again is gone; of a fragment's run, only what was that fragment's."""
        gone = [p for p, b in self.buttons.items() if p not in drawn and (not fragments or b.fragment in fragments)]
        for place in gone:
            del self.buttons[place]

    async def _rest(self, reply: Reply) -> None:
        """The second tap of two may have a run of its own."""
        try:
            while True:
                await asyncio.wait_for(self._answer_soon(reply), 0.3)
        except TimeoutError:
            return

    async def _answer_soon(self, reply: Reply) -> None:
        await self._answer(reply)
