"""Sums of yuan in the capitals that cannot be altered by hand (大写金额), as Chinese receipts have them."""

from decimal import Decimal

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ((1000, "仟"), (100, "佰"), (10, "拾"), (1, ""))
GROUPS = ((10**8, "亿"), (10**4, "万"), (1, ""))


def in_capitals(amount: Decimal) -> str:
    """壹佰零伍元叁角整 for 105.30. `amount` is not negative, in yuan to the fen, below 10¹²."""
    fen = int(amount * 100)
    yuan, jiao, rest = fen // 100, fen // 10 % 10, fen % 10
    words = f"{_whole(yuan)}元" if yuan else ""
    if not fen % 100:
        return f"{words or '零元'}整"
    words += f"{DIGITS[jiao]}角" if jiao else "零" if yuan else ""
    return f"{words}{DIGITS[rest]}分" if rest else f"{words}整"


def _whole(number: int) -> str:
    words, gap = "", False
    for size, name in GROUPS:
        group = number // size % 10**4
        if group:
            words += ("零" if words and (gap or group < 1000) else "") + _four(group) + name
        gap = bool(words) and not group
    return words


def _four(group: int) -> str:
    words, gap = "", False
    for size, name in PLACES:
        digit = group // size % 10
        if digit:
            words += ("零" if gap else "") + DIGITS[digit] + name
        gap = bool(words) and not digit
    return words
