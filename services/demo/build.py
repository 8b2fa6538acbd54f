"""Make the demo garage: through the same services as every day, the same for the same moment and language."""

from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from services.boards import local_day
from services.demo.content import load
from services.demo.desk_history import messages_went_out
from services.demo.desk_rows import put_desk
from services.demo.garage_rows import put_catalogue, put_customers, put_garage
from services.demo.history import DAYS, play_history
from services.demo.money_rows import put_money
from services.demo.scenes import play_today
from services.demo.stage import Stage
from services.demo.store_rows import put_store
from services.work import unit_of_work
from services.workspace import Workspace

CARS_A_DAY = (2, 5)  # 380 cars that come once or twice a year


def build(ws: Workspace, language: str, now: datetime | None = None, days: int = DAYS) -> None:
    """Fill an empty database with a garage that has worked for `days` days and is in full swing at `now`.

    All in one unit of work: whoever looks meanwhile sees the empty database or the whole garage. Raises AlreadySetUp.
    """
    moment = (now or ws.clock()).replace(second=0, microsecond=0)
    content = load(language)
    with unit_of_work(ws) as work:
        local = moment.astimezone(ZoneInfo(content.garage.zone))
        stage = Stage(work, content, Random(local.date().toordinal()), local)
        stage.at(moment - timedelta(days=100))
        put_garage(work, content, moment)
        put_catalogue(work, content)
        stage.gather()
        put_desk(stage)
        put_store(stage)
        put_money(stage)
        put_customers(stage)
        play_history(stage, days, CARS_A_DAY)
        play_today(stage)
        messages_went_out(stage.at(moment), local_day(stage.work)[0])  # today's wait in the outbox
