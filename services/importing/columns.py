"""Which column of a table holds what, guessed from its headers and its cells."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from functools import partial
from itertools import islice
from typing import TypeVar

from services.i18n import N_
from services.importing import looks

F = TypeVar("F", bound=StrEnum)


class Field(StrEnum):
    """What a column can hold. The car's name is in one column (MAKE_MODEL) or in two, and so is the person's."""

    NAME = "name"
    FIRST_NAME = "first_name"
    PHONE = "phone"
    EMAIL = "email"
    PLATE = "plate"
    MAKE_MODEL = "make_model"
    MAKE = "make"
    MODEL = "model"
    VIN = "vin"
    FIRST_REGISTERED = "first_registered"
    ODOMETER = "odometer"
    LAST_SERVICE = "last_service"
    INSPECTION = "inspection"
    INSURANCE = "insurance"
    NOTE = "note"

    @property
    def label(self) -> str:
        """The English name to translate and show."""
        return _LABELS[self]


_LABELS = {
    Field.NAME: N_("Name"),
    Field.FIRST_NAME: N_("First name"),
    Field.PHONE: N_("Phone"),
    Field.EMAIL: N_("E-mail"),
    Field.PLATE: N_("Plate"),
    Field.MAKE_MODEL: N_("Make and model"),
    Field.MAKE: N_("Make"),
    Field.MODEL: N_("Model"),
    Field.VIN: N_("VIN"),
    Field.FIRST_REGISTERED: N_("First registered"),
    Field.ODOMETER: N_("Odometer"),
    Field.LAST_SERVICE: N_("Last service"),
    Field.INSPECTION: N_("Inspection until"),
    Field.INSURANCE: N_("Insurance until"),
    Field.NOTE: N_("Note"),
}

# Headers without spaces and signs, lower case. An earlier word of a field is the better one.
_HEADERS = {
    Field.FIRST_NAME: "firstname givenname forename",
    Field.NAME: "车主姓名 客户姓名 姓名 车主 客户名称 客户 联系人 称呼"
    " customername fullname lastname surname familyname owner customer contact name",
    Field.PHONE: "手机号码 手机号 手机 联系电话 联系方式 电话 mobile cellphone telephone phone tel",
    Field.EMAIL: "电子邮箱 电子邮件 邮箱 email mail",
    Field.VIN: "车架号 车辆识别代号 车辆识别码 车辆识别号 vin chassis",
    Field.PLATE: "车牌号码 车牌号 车牌 号牌 licenseplate licenceplate numberplate registrationnumber registrationno"
    " regno plate registration reg",
    Field.FIRST_REGISTERED: "首次上牌 上牌日期 上牌时间 初次登记 注册日期 登记日期 上牌"
    " firstregistered firstregistration registrationdate dateofregistration registeredon registered",
    Field.LAST_SERVICE: "上次保养 最近保养 最后保养 上次维修 上次进店 最近进店 保养日期"
    " lastservice servicedate lastvisit",
    Field.INSPECTION: "年检到期 年审到期 检验有效期 年检有效期 年审有效期"
    " inspectionuntil inspectiondue inspectionexpiry motexpiry motdue motuntil",
    Field.INSURANCE: "保险到期 交强险到期 商业险到期 保险截止 保险有效期"
    " insuranceuntil insuranceexpiry insurancedue insuranceexpires",
    Field.ODOMETER: "行驶里程 里程数 公里数 里程 odometer mileage kilometres kilometers miles km",
    Field.MAKE_MODEL: "品牌车型 厂牌型号 品牌型号 车辆型号 makeandmodel makemodel vehicle car",
    Field.MAKE: "品牌 厂牌 make manufacturer brand",
    Field.MODEL: "车型 车系 型号 model",
    Field.NOTE: "备注 说明 附注 notes note remarks remark comments comment",
}
_SAMPLE = 50
_ENOUGH = 0.6


def guess_columns(headers: Sequence[str], rows: Iterable[Sequence[str]], region: str = "CN") -> dict[Field, int]:
    """The column of every field that could be found, by header first, then by what its cells look like in that region.

    No column is given twice; what is not found is left out, for the person to choose.
    """
    found = by_header(headers, _HEADERS)
    if Field.MODEL in found and Field.MAKE not in found and Field.MAKE_MODEL not in found:
        found[Field.MAKE_MODEL] = found.pop(Field.MODEL)
    if Field.FIRST_NAME in found and Field.NAME not in found:
        found[Field.NAME] = found.pop(Field.FIRST_NAME)
    return found | _by_content(found, list(islice(rows, _SAMPLE)), region)


def _plain(header: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKC", header).casefold() if char.isalnum())


def by_header(headers: Sequence[str], known: Mapping[F, str]) -> dict[F, int]:
    """The columns whose headers say what they hold; `known` has the words of each field, without spaces and signs.

    Better matches first, for all fields, so that "Registration date" is not taken for a plate.
    The end of a header says more than its beginning: 客户电话 and "customer phone" are phones.
    """
    found: dict[F, int] = {}
    named = [_plain(header) for header in headers]
    for fits in (str.__eq__, str.endswith, str.startswith, str.__contains__):
        for field, words in known.items():
            free = [at for at in range(len(named)) if at not in found.values()]
            column = next((at for word in words.split() for at in free if fits(named[at], word)), None)
            if column is not None:
                found.setdefault(field, column)
    return found


def _by_content(known: dict[Field, int], rows: list[Sequence[str]], region: str) -> dict[Field, int]:
    found: dict[Field, int] = {}
    for field, looks_right in _looks(region).items():
        free = [at for at in range(len(rows[0]) if rows else 0) if at not in {*known.values(), *found.values()}]
        if field not in known and free:
            share, column = max((_share(rows, at, looks_right), -at) for at in free)
            if share >= _ENOUGH:
                found[field] = -column
    return found


def _share(rows: list[Sequence[str]], column: int, looks_right: Callable[[str], bool]) -> float:
    cells = [row[column] for row in rows if row[column]]
    return sum(map(looks_right, cells)) / len(cells) if cells else 0.0


def _looks(region: str) -> dict[Field, Callable[[str], bool]]:
    """The fields whose cells give them away. The order decides who chooses first."""
    return {
        Field.VIN: looks.like_vin,
        Field.EMAIL: looks.like_email,
        Field.PHONE: partial(looks.like_phone, region=region),
        Field.PLATE: looks.like_plate,
        Field.ODOMETER: looks.like_distance,
        Field.NAME: looks.like_chinese_name,
    }
