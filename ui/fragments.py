"""Keeps lists that redraw by themselves off the record that was opened instead of them."""

from collections.abc import Iterator
from contextlib import contextmanager

from streamlit.runtime.scriptrunner import StopException, get_script_run_ctx


@contextmanager
def only_of_this_run() -> Iterator[None]:
    """Around a page: when it ends with `st.stop()`, the fragments of earlier runs are forgotten all the same.

    Streamlit forgets them only after a run to the end. A list asked to redraw a moment before a record was opened was
    then drawn across that record.
    """
    try:
        yield
    except StopException:
        context = get_script_run_ctx()
        if context:
            context.fragment_storage.clear(new_fragment_ids=context.shared.new_fragment_ids.snapshot())
        raise
