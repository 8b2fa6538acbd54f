"""Names and plates as a stranger may see them: enough to know oneself by, too little to know another by."""

_COMPOUND = {
    "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "令狐", "慕容", "司徒", "夏侯", "宇文", "端木", "南宫", "长孙",
}  # fmt: skip
_HIDDEN = "***"
_LEAST = 3  # characters that stay hidden in a plate


def masked_plate(plate: str) -> str:
    """The first two and the last two letters or digits: 粤B·***45, AB ***DE. Of short plates less is shown."""
    signs = [sign for sign in plate if sign.isalnum()]
    shown = 2 if len(signs) >= 4 + _LEAST - 1 else 1 if len(signs) > 2 else 0
    first, last = "".join(signs[:shown]), "".join(signs[len(signs) - shown :])
    between = "·" if first and not first.isascii() else " " if first else ""
    return f"{first}{between}{_HIDDEN}{last}"


def masked_name(name: str) -> str:
    """The family name of a person: 张**, S*** Miller. Of one word only its first letter."""
    words = name.split()
    if not words:
        return _HIDDEN
    if not words[0].isascii() and _ideographs(words[0]):
        return (words[0][:2] if words[0][:2] in _COMPOUND else words[0][0]) + "**"
    initial = words[0][0] + _HIDDEN
    return f"{initial} {words[-1]}" if len(words) > 1 else initial


def _ideographs(word: str) -> bool:
    return any("\u2e80" <= sign <= "\u9fff" or "\uac00" <= sign <= "\ud7af" for sign in word)
