"""Whoever is not signed in cannot fill the memory."""

import pytest

from services.workspace import Workspace
from tests.web.conftest import make_client
from web.forms import MOST


@pytest.mark.parametrize("path", ["/order/unknown", "/sign-in"])
def test_a_form_longer_than_ours_is_refused(ws: Workspace, path: str) -> None:
    with make_client(ws) as client:
        assert client.post(path, data={"person": "x" * MOST}).status_code == 413
        assert client.post(path, data={"person": "x" * 1000}).status_code != 413
        assert client.post(path, files={"person": b"x" * MOST}).status_code == 413
