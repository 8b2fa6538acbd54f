"""The kinds of symptom, their questions, and words that hint at them. Codes are kept in bookings: never reuse one."""

from dataclasses import dataclass
from types import MappingProxyType

from db.choice import Label
from services.i18n import N_


@dataclass(frozen=True)
class Question:
    """A question with its possible answers by code; `several` allows more than one."""

    code: str
    label: Label
    choices: dict[str, Label]
    several: bool = True


@dataclass(frozen=True)
class Symptom:
    """A kind of symptom. `words` are looked for in the concern, in lower case, in either language."""

    code: str
    label: Label
    icon: str
    words: tuple[str, ...]
    questions: tuple[Question, ...]


SINCE = Question(
    "since",
    N_("Since when"),
    {
        "today": N_("today"),
        "days": N_("a few days"),
        "weeks": N_("some weeks"),
        "months": N_("months"),
        "after_work": N_("after the last work on the car"),
        "after_blow": N_("after a knock or accident"),
    },
    several=False,
)
OFTEN = Question(
    "often",
    N_("How often"),
    {
        "always": N_("always"),
        "often": N_("often"),
        "sometimes": N_("now and then"),
        "once": N_("once so far"),
        "worse": N_("getting worse"),
    },
)
ENGINE_TEMPERATURE = Question(
    "temperature",
    N_("Engine cold or warm"),
    {"cold": N_("cold"), "warm": N_("warm"), "either": N_("no difference")},
    several=False,
)
DRIVING = Question(
    "when",
    N_("When it happens"),
    {
        "starting": N_("when starting"),
        "idle": N_("standing, engine running"),
        "pulling_away": N_("pulling away"),
        "accelerating": N_("accelerating"),
        "steady": N_("at steady speed"),
        "braking": N_("braking"),
        "turning": N_("turning"),
        "bumps": N_("over bumps"),
        "reversing": N_("reversing"),
        "uphill": N_("uphill"),
    },
)
SPEED = Question(
    "speed",
    N_("At what speed"),
    {
        "standing": N_("standing"),
        "slow": N_("under 40 km/h"),
        "town": N_("40 to 80 km/h"),
        "fast": N_("over 80 km/h"),
        "any": N_("at any speed"),
    },
)
WHERE = Question(
    "where",
    N_("Where"),
    {
        "front_left": N_("front left"),
        "front_right": N_("front right"),
        "rear_left": N_("rear left"),
        "rear_right": N_("rear right"),
        "engine": N_("engine compartment"),
        "below": N_("under the car"),
        "inside": N_("inside"),
        "unknown": N_("cannot tell"),
    },
)
WEATHER = Question(
    "weather",
    N_("Weather"),
    {"hot": N_("hot"), "freezing": N_("freezing"), "wet": N_("wet"), "any": N_("in any weather")},
)
_KINDS = (
    Symptom(
        "noise", N_("Noise"), "volume_up",
        ("noise", "squeak", "squeal", "rattl", "knock", "clunk", "whin", "grind", "humm", "rumbl", "click", "bang",
         "异响", "响声", "响", "吱", "嗡", "哒", "咔", "噪音"),
        (Question("sound", N_("What it sounds like"), {
            "squeal": N_("squealing"), "grind": N_("grinding"), "knock": N_("knocking"), "rattle": N_("rattling"),
            "hum": N_("humming"), "whistle": N_("whistling"), "click": N_("clicking"), "hiss": N_("hissing")}),
         SINCE, DRIVING, WHERE, OFTEN, SPEED, ENGINE_TEMPERATURE),
    ),
    Symptom(
        "vibration", N_("Vibration"), "vibration",
        ("vibrat", "shak", "shudder", "wobbl", "judder", "tremb", "抖", "震动", "振动", "发飘"),
        (Question("felt", N_("Where it is felt"), {
            "wheel": N_("steering wheel"), "seat": N_("seat and floor"), "pedal": N_("brake pedal"),
            "whole": N_("the whole car")}),
         SINCE, DRIVING, SPEED, OFTEN),
    ),
    Symptom(
        "warning_light", N_("Warning light"), "warning",
        ("light", "lamp", "warning", "dashboard", "check engine", "故障灯", "警告灯", "报警", "灯亮", "亮灯", "仪表"),
        (Question("lamp", N_("Which one"), {
            "engine": N_("engine"), "oil": N_("oil pressure"), "battery": N_("battery"), "coolant": N_("coolant"),
            "abs": N_("ABS"), "brake": N_("brake"), "airbag": N_("airbag"), "tyre": N_("tyre pressure"),
            "service": N_("service due"), "other": N_("another one")}),
         Question("colour", N_("Colour"), {"red": N_("red"), "yellow": N_("yellow"), "flashing": N_("flashing")}),
         SINCE, OFTEN,
         Question("drives", N_("How the car drives"), {
             "normal": N_("as always"), "less_power": N_("less power"), "rough": N_("runs roughly"),
             "stopped": N_("does not go any more")}, several=False)),
    ),
    Symptom(
        "leak", N_("Leak"), "water_drop",
        ("leak", "drip", "puddle", "fluid", "losing oil", "losing water", "漏", "滴", "渗", "积水"),
        (Question("fluid", N_("What it looks like"), {
            "black": N_("dark, oily"), "red": N_("reddish, oily"), "coolant": N_("coloured water"), "water": N_("clear water"),
            "fuel": N_("smells of fuel"), "unknown": N_("cannot tell")}, several=False),
         Question("place", N_("Where"), {
             "front": N_("at the front"), "middle": N_("in the middle"), "rear": N_("at the rear"), "wheel": N_("at a wheel"),
             "inside": N_("inside")}),
         Question("much", N_("How much"), {"drops": N_("some drops"), "patch": N_("a patch"), "puddle": N_("a puddle")},
                  several=False),
         SINCE,
         Question("standing", N_("When it happens"), {"parked": N_("after parking"), "running": N_("engine running"),
                                           "cooling": N_("air conditioning on"), "rain": N_("after rain")})),
    ),
    Symptom(
        "starting", N_("Does not start"), "key",
        ("start", "crank", "flat battery", "won't turn", "dead", "打不着", "启动", "起动", "着车", "点火", "亏电"),
        (Question("does", N_("What happens"), {
            "nothing": N_("nothing at all"), "clicks": N_("it clicks"), "slow": N_("turns slowly"),
            "turns": N_("turns, does not fire"), "dies": N_("starts and dies"), "key": N_("key not recognised")},
                  several=False),
         SINCE, OFTEN, ENGINE_TEMPERATURE, WEATHER,
         Question("stood", N_("How long it stood"), {"hours": N_("some hours"), "night": N_("over night"),
                                                     "days": N_("several days")}, several=False)),
    ),
    Symptom(
        "brakes", N_("Brakes"), "album",
        ("brak", "pedal", "handbrake", "刹车", "制动", "手刹"),
        (Question("how", N_("What is noticed"), {
            "noise": N_("noise"), "soft": N_("pedal soft"), "hard": N_("pedal hard"), "pulls": N_("pulls to one side"),
            "shakes": N_("shakes"), "long": N_("stops late"), "handbrake": N_("parking brake")}),
         SINCE, OFTEN, SPEED,
         Question("axle", N_("Where"), {"front": N_("at the front"), "rear": N_("at the rear"),
                                        "unknown": N_("cannot tell")}, several=False)),
    ),
    Symptom(
        "air_conditioning", N_("Air conditioning"), "ac_unit",
        ("air con", "aircon", "a/c", "heater", "heating", "climate", "blower", "空调", "暖风", "制冷", "不凉", "不制热", "鼓风"),
        (Question("how", N_("What is noticed"), {
            "warm": N_("does not cool"), "cold": N_("does not heat"), "weak": N_("little air"), "noise": N_("noise"),
            "smell": N_("smell"), "fog": N_("windows fog up"), "water": N_("water inside")}),
         SINCE, OFTEN,
         Question("run", N_("When it happens"), {
             "standing": N_("standing"), "driving": N_("driving"), "start": N_("the first minutes"),
             "long": N_("after a longer time")})),
    ),
    Symptom(
        "power", N_("Power and engine"), "speed",
        ("power", "acceler", "stall", "hesitat", "rough", "smoke", "consumption", "overheat", "limp", "jerk",
         "动力", "加速", "熄火", "无力", "冒烟", "油耗", "顿挫", "高温", "怠速", "开锅"),
        (Question("how", N_("What is noticed"), {
            "weak": N_("little power"), "jerks": N_("jerks"), "stalls": N_("stalls"), "rough": N_("runs roughly"),
            "smoke": N_("smoke"), "hot": N_("too hot"), "thirsty": N_("uses much fuel or oil"), "gears": N_("gears")}),
         SINCE, DRIVING, OFTEN, ENGINE_TEMPERATURE),
    ),
    Symptom(
        "steering", N_("Steering and suspension"), "trip_origin",
        ("steer", "pull", "suspension", "shock", "wander", "方向", "跑偏", "转向", "悬挂", "减震", "底盘"),
        (Question("how", N_("What is noticed"), {
            "heavy": N_("steers heavily"), "pulls": N_("pulls to one side"), "play": N_("has play"), "noise": N_("noise"),
            "crooked": N_("wheel not straight"), "bounces": N_("bounces")}),
         SINCE, DRIVING, SPEED, OFTEN),
    ),
    Symptom(
        "electrics", N_("Electrics"), "bolt",
        ("electric", "window", "central locking", "radio", "wiper", "horn", "headlight", "bulb", "battery", "camera",
         "电器", "车窗", "玻璃升降", "中控", "雨刮", "喇叭", "大灯", "灯泡", "电瓶", "蓄电池", "导航", "倒车影像"),
        (Question("what", N_("What does not work"), {
            "lights": N_("lights"), "windows": N_("windows"), "locks": N_("locks or key"), "wipers": N_("wipers"),
            "display": N_("display or radio"), "sensors": N_("camera or sensors"), "charging": N_("charging"),
            "other": N_("another one")}),
         SINCE, OFTEN, WEATHER),
    ),
    Symptom(
        "tyres", N_("Tyres and wheels"), "tire_repair",
        ("tyre", "tire", "puncture", "wheel", "flat", "tread", "轮胎", "胎压", "扎胎", "补胎", "爆胎", "轮毂", "偏磨"),
        (Question("how", N_("What is noticed"), {
            "pressure": N_("loses air"), "nail": N_("nail or cut"), "worn": N_("worn"), "uneven": N_("worn on one side"),
            "bulge": N_("bulge"), "rim": N_("rim damaged"), "season": N_("change for the season")}),
         Question("where", N_("Where"), {code: WHERE.choices[code] for code in
                                         ("front_left", "front_right", "rear_left", "rear_right")}),
         SINCE, Question("spare", N_("Drives on"), {"normal": N_("as always"), "spare": N_("the spare wheel"),
                                                    "stands": N_("does not go any more")}, several=False)),
    ),
    Symptom(
        "smell", N_("Smell"), "air",
        ("smell", "stink", "burning", "odour", "fumes", "味", "臭", "糊", "焦"),
        (Question("of", N_("What it smells of"), {
            "burnt": N_("burnt"), "fuel": N_("fuel"), "exhaust": N_("exhaust"), "sweet": N_("sweet, like coolant"),
            "mould": N_("mould"), "eggs": N_("rotten eggs"), "unknown": N_("cannot tell")}),
         Question("where", N_("Where"), {"inside": N_("inside"), "outside": N_("outside")}),
         SINCE, DRIVING, OFTEN),
    ),
    Symptom(
        "body", N_("Body or paint damaged"), "auto_fix_high",
        ("scratch", "dent", "bumper", "accident", "crash", "paint", "rust", "mirror", "windscreen", "door",
         "划痕", "凹", "保险杠", "事故", "碰", "撞", "喷漆", "生锈", "后视镜", "挡风", "剐", "刮"),
        (Question("what", N_("What is damaged"), {
            "scratch": N_("scratch"), "dent": N_("dent"), "glass": N_("glass"), "part": N_("a part is broken"),
            "rust": N_("rust"), "door": N_("door or lid does not close")}),
         Question("where", N_("Where"), {"front": N_("at the front"), "rear": N_("at the rear"), "left": N_("on the left"),
                                         "right": N_("on the right"), "roof": N_("on the roof")}),
         Question("insurer", N_("Who pays"), {"yes": N_("an insurer pays"), "no": N_("paid by the customer"),
                                             "open": N_("not decided")}, several=False)),
    ),
)  # fmt: skip
SYMPTOMS = MappingProxyType({one.code: one for one in _KINDS})
