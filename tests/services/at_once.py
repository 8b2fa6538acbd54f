"""Several people tap at the same moment."""

from collections.abc import Callable, Sequence
from threading import Barrier, Thread

from services.refusals import Refusal
from services.work import Work, unit_of_work
from services.workspace import Workspace

DONE = "done"
Tap = tuple[Workspace, Callable[[Work], object]]


def at_once(taps: Sequence[Tap]) -> list[str]:
    """Everybody's tap at the same moment, each on a tablet of their own: DONE, or the sentence they are told. What is no refusal
    is raised."""
    gate, told, errors = Barrier(len(taps)), [""] * len(taps), list[BaseException]()

    def tap(number: int, ws: Workspace, act: Callable[[Work], object]) -> None:
        gate.wait()
        try:
            with unit_of_work(ws) as work:
                act(work)
            told[number] = DONE
        except Refusal as refusal:
            told[number] = refusal.say("en")
        except Exception as error:
            errors.append(error)

    tablets = [Thread(target=tap, args=(number, *one)) for number, one in enumerate(taps)]
    for tablet in tablets:
        tablet.start()
    for tablet in tablets:
        tablet.join(60)
    if errors:
        raise errors[0]
    return told
