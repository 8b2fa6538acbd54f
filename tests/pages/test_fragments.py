"""A list that was on the screen before a record was opened can no longer draw across the record."""

from types import SimpleNamespace

import pytest
from streamlit.errors import FragmentStorageKeyError
from streamlit.runtime.fragment import MemoryFragmentStorage
from streamlit.runtime.scriptrunner import StopException

from ui.fragments import only_of_this_run


@pytest.fixture
def storage(monkeypatch: pytest.MonkeyPatch) -> MemoryFragmentStorage:
    """A session that knows a list of an earlier run and a card of this one."""
    kept = MemoryFragmentStorage()
    for name in ("list", "card"):
        kept.register(name, lambda: None)
    drawn_now = SimpleNamespace(snapshot=lambda: frozenset({"card"}))
    context = SimpleNamespace(fragment_storage=kept, shared=SimpleNamespace(new_fragment_ids=drawn_now))
    monkeypatch.setattr("ui.fragments.get_script_run_ctx", lambda: context)
    return kept


def test_a_page_that_stops_forgets_the_lists_of_earlier_runs(storage: MemoryFragmentStorage) -> None:
    with pytest.raises(StopException), only_of_this_run():
        raise StopException
    storage.lookup("card")
    with pytest.raises(FragmentStorageKeyError):
        storage.lookup("list")


def test_a_page_drawn_to_the_end_is_left_to_streamlit(storage: MemoryFragmentStorage) -> None:
    with only_of_this_run():
        pass
    storage.lookup("list")  # it raises when there is none
