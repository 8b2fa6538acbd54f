"""What a cell looks like, for columns whose header says nothing."""

import re

from services.normalize import BadPhone, VinWarning, phone, plate, vin, vin_warnings

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_CHINESE_PLATE = re.compile(rf"[{_PROVINCES}][A-Z](?=[A-Z]{{0,3}}\d)[A-Z0-9]{{4,5}}[A-Z0-9挂学警]")
_DISTANCE = re.compile(r"\d[\d.,]*\s*(万|万公里|公里|千米|km|mi|miles)", re.I)
_CHINESE_NAME = re.compile(r"[㐀-鿿𠀀-𳎯]{2,4}")


def like_vin(cell: str) -> bool:
    """A VIN with its 17 characters and a letter; the check digit is not asked."""
    number = vin(cell)
    return bool(number) and not number.isdigit() and set(vin_warnings(number)) <= {VinWarning.CHECK_DIGIT}


def like_phone(cell: str, region: str = "CN") -> bool:
    """A number that can be called from the region."""
    try:
        return bool(phone(cell, region))
    except BadPhone:
        return False


def like_plate(cell: str) -> bool:
    """A Chinese plate. Other countries' plates look like any word."""
    return bool(_CHINESE_PLATE.fullmatch(plate(cell)))


def like_email(cell: str) -> bool:
    """Something with an @ and a domain."""
    return bool(_EMAIL.fullmatch(cell))


def like_distance(cell: str) -> bool:
    """A number with a unit of distance, or in 万."""
    return bool(_DISTANCE.fullmatch(cell))


def like_chinese_name(cell: str) -> bool:
    """Two to four Chinese characters."""
    return bool(_CHINESE_NAME.fullmatch(cell))
