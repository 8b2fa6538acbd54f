"""Which column of a price list holds what."""

from collections.abc import Sequence
from enum import StrEnum

from services.i18n import N_
from services.importing.columns import by_header


class PriceField(StrEnum):
    """What a column can hold. COST is what the supplier asks of us, PRICE what the customer pays, both per unit."""

    CODE = "code"
    NAME = "name"
    BRAND = "brand"
    UNIT = "unit"
    COST = "cost"
    PRICE = "price"

    @property
    def label(self) -> str:
        """The English name to translate and show."""
        return _LABELS[self]


_LABELS = {
    PriceField.CODE: N_("Part number"),
    PriceField.NAME: N_("Part"),
    PriceField.BRAND: N_("Brand name"),
    PriceField.UNIT: N_("Unit"),
    PriceField.COST: N_("Cost"),
    PriceField.PRICE: N_("Sales price"),
}
# Headers without spaces and signs, lower case. An earlier word of a field is the better one.
_HEADERS = {
    PriceField.CODE: "配件编号 配件编码 零件号 零件编号 配件号 商品编码 货号 料号 编号 编码 代码"
    " partnumber partno articlenumber articleno itemnumber itemno sku oenumber number code article part item",
    PriceField.COST: "进货价 采购价 进价 成本价 批发价 供货价 出厂价 成本 结算价"
    " netprice purchaseprice dealerprice wholesaleprice buyingprice costprice tradeprice cost net trade",
    PriceField.PRICE: "零售价 销售价 建议零售价 售价 市场价 指导价 单价 价格"
    " retailprice salesprice sellingprice listprice recommendedprice rrp retail price gross",
    PriceField.NAME: "配件名称 零件名称 商品名称 品名 名称 描述 description partname itemname productname name text product",
    PriceField.BRAND: "品牌 厂牌 生产厂家 brand manufacturer maker make",
    PriceField.UNIT: "计量单位 单位 unitofmeasure uom unit",
}


def guess_fields(headers: Sequence[str]) -> dict[PriceField, int]:
    """The column of every field its header names; what is not found is left out, for the person to choose."""
    return by_header(headers, _HEADERS)
