"""Which outline a car is drawn with: kept with the car once somebody said it, guessed from its name until then."""

from db.enums_reception import BodyType
from db.models import Vehicle, WorkOrder
from services.car_names import is_named
from services.order_moves import ORDERS
from services.work import Work
from services.workflow import advance

# Words of makes and models.
_NAMES: dict[BodyType, str] = {
    BodyType.PICKUP: (
        "pickup pick-up hilux ranger navara frontier l200 triton amarok d-max dmax colorado silverado sierra tacoma tundra "
        "f-150 f150 f-250 ram gladiator ridgeline cybertruck maverick ute bt-50 musso wingle poer 皮卡 风骏 金刚炮 山海炮"
    ),
    BodyType.VAN: (
        "van transit sprinter vito viano v-class crafter transporter multivan caravelle caddy berlingo partner rifter kangoo "
        "trafic master vivaro movano combo expert traveller dispatch jumpy jumper boxer ducato doblo scudo proace hiace alphard "
        "sienna odyssey elysion gl8 vellfire carnival staria starex h-1 h1 nv200 nv300 nv400 e-nv200 daily tourneo connect "
        "townace d9 voyah-dream "
        "面包 金杯 依维柯 全顺 宏光 五菱之光 别克gl8 奥德赛 艾力绅 埃尔法 威尔法 赛那 格瑞维亚 传祺m8 腾势d9 梦想家"
    ),
    BodyType.SUV: (
        "suv jeep cr-v crv hr-v hrv zr-v pilot rav4 highlander harrier prado venza c-hr fortuner 4runner sequoia land "
        "qashqai x-trail juke rogue patrol murano pathfinder armada kicks ariya kuga escape explorer edge ecosport puma "
        "bronco expedition everest tiguan touareg t-roc t-cross taigo tayron teramont atlas id.4 id.6 q2 q3 q4 q5 q6 q7 q8 "
        "e-tron x1 x2 x3 x4 x5 x6 x7 ix ix1 ix3 gla glb glc gle gls g-class eqa eqb eqc tucson santa kona palisade ioniq-5 "
        "creta venue sportage sorento seltos niro telluride ev5 ev9 cx-3 cx-30 cx-4 cx-5 cx-50 cx-60 cx-8 cx-9 cx-90 vitara "
        "jimny xv outback forester crosstrek ascent outlander asx eclipse-cross pajero duster captur kadjar koleos austral "
        "2008 3008 4008 5008 c3-aircross c5-aircross mokka crossland grandland antara karoq kodiaq kamiq enyaq ateca arona "
        "tarraco formentor macan cayenne defender discovery evoque velar freelander xc40 xc60 xc90 ex30 ex90 nx rx ux lx gx "
        "equinox tahoe suburban traverse blazer trax captiva enclave envision encore xt4 xt5 xt6 mdx rdx model-x model-y "
        "h6 h2 h9 jolion tank tiggo boyue coolray monjaro emgrand-x7 song tang yuan seal-u atto "
        "cs35 cs55 cs75 cs85 uni-t uni-k "
        "zs hs rx5 rx8 es6 es8 ec6 el6 el7 g9 "
        "越野 途观 途昂 途岳 途铠 探岳 探歌 哈弗 坦克 博越 星越 瑞虎 宋 唐 元 本田cr 奇骏 逍客 "
        "汉兰达 荣放 威兰达 普拉多 皓影 冠道 缤智 "
        "翼虎 锐界 探险者 昂科 胜达 途胜 狮铂 理想 问界 大狗 揽胜 发现 卫士 极光"
    ),
}


def body_of(car: Vehicle) -> BodyType:
    """The body of a car: as said before, else as its name sounds."""
    return car.body or guess_body(car.make, car.model)


def guess_body(make: str, model: str) -> BodyType:
    """The body a name stands for; a saloon when it tells nothing."""
    return next((body for body, names in _NAMES.items() if is_named(make, model, names)), BodyType.SALOON)


def set_body(work: Work, order_id: int, *, body: BodyType) -> Vehicle:
    """Say at reception which body the car has; it is drawn so from now on."""
    order: WorkOrder = advance(work, ORDERS, order_id, "edit", body=body.value)
    car = work.get(Vehicle, order.vehicle_id)
    car.body = body
    return work.add(car)
