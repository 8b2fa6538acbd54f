"""Which column of a list of recalls holds what."""

from collections.abc import Sequence
from enum import StrEnum

from services.i18n import N_
from services.importing.columns import by_header


class RecallField(StrEnum):
    """What a column can hold. A single VIN stands in VIN_FROM, a single model year in YEAR_FROM."""

    CODE = "code"
    TITLE = "title"
    TEXT = "text"
    MAKE = "make"
    MODEL = "model"
    YEAR_FROM = "year_from"
    YEAR_TO = "year_to"
    VIN_FROM = "vin_from"
    VIN_TO = "vin_to"

    @property
    def label(self) -> str:
        """The English name to translate and show."""
        return _LABELS[self]


_LABELS = {
    RecallField.CODE: N_("Code"),
    RecallField.TITLE: N_("What it is about"),
    RecallField.TEXT: N_("Text"),
    RecallField.MAKE: N_("Make"),
    RecallField.MODEL: N_("Model"),
    RecallField.YEAR_FROM: N_("Model year, or the first"),
    RecallField.YEAR_TO: N_("Last model year"),
    RecallField.VIN_FROM: N_("VIN, or the first"),
    RecallField.VIN_TO: N_("Last VIN"),
}
# Headers without spaces and signs, lower case. An earlier word of a field is the better one.
_HEADERS = {
    RecallField.VIN_TO: "终止车架号 截止车架号 车架号止 vin止 结束vin 终止vin vinto lastvin vinend endvin chassisto",
    RecallField.VIN_FROM: "起始车架号 开始车架号 车架号起 vin起 起始vin 车架号 车辆识别代号 车辆识别码"
    " vinfrom firstvin vinstart startvin chassisfrom vin chassis",
    RecallField.YEAR_TO: "终止年款 截止年款 年款止 年份止 终止年份 截止年份 yearto modelyearto lastyear lastmodelyear endyear",
    RecallField.YEAR_FROM: "起始年款 年款起 年份起 起始年份 开始年份 年款 年份 yearfrom modelyearfrom firstyear"
    " firstmodelyear startyear modelyears modelyear year my",
    RecallField.CODE: "召回编号 活动编号 召回代码 活动代码 编号 代码 campaigncode campaignnumber campaignno recallcode"
    " recallnumber recallno campaignid code number reference action",
    RecallField.TITLE: "召回名称 活动名称 召回内容 名称 标题 主题 缺陷 title subject component defect name",
    RecallField.TEXT: "召回说明 缺陷描述 维修措施 措施 说明 描述 备注 description remedy summary text details note",
    RecallField.MAKE: "品牌 厂牌 制造商 make manufacturer brand",
    RecallField.MODEL: "车型名称 车型 车系 型号 model series",
}


def guess_fields(headers: Sequence[str]) -> dict[RecallField, int]:
    """The column of every field its header names; what is not found is left out, for the person to choose."""
    return by_header(headers, _HEADERS)
