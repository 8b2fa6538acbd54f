"""Papers that were made a moment ago: whoever taps again on a phone costs no second printing."""

import hashlib
import json
from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock
from typing import Any

from services.papers import render

MOST = 12  # papers kept; one with photos has up to 3 MB


class PaperCache:
    """The newest papers by what stands on them: as soon as anything differs, the paper is made anew."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._lock = Lock()

    def pdf(self, name: str, data: Mapping[str, Any], language: str, code: str, pictures: Mapping[str, bytes]) -> bytes:
        """The PDF like `papers.render`. One is made at a time, so that many requests cannot take the whole machine."""
        key = _key(name, data, language, code, pictures)
        with self._lock:
            found = self._kept.pop(key, None) or render(name, data, language, code=code, pictures=pictures)
            self._kept[key] = found
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
            return found


def _key(name: str, data: Mapping[str, Any], language: str, code: str, pictures: Mapping[str, bytes]) -> str:
    said = hashlib.sha256(json.dumps([name, language, code, data], ensure_ascii=False, sort_keys=True).encode())
    for file, content in sorted(pictures.items()):
        said.update(file.encode() + hashlib.sha256(content).digest())
    return said.hexdigest()
