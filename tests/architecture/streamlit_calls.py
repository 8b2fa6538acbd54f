"""Which arguments of Streamlit 1.67 are read as markdown: by name, with their position."""

LABEL = {"label": 0}
BODY = {"body": 0}
ALERT = {"body": 0, "title": 3}
OPTIONS = {"label": 0, "options": 1}

# `help` is read as markdown wherever it exists, so it is not repeated here.
MARKDOWN: dict[str, dict[str, int]] = {
    **dict.fromkeys(("markdown", "caption", "title", "header", "subheader", "toast"), BODY),
    **dict.fromkeys(("success", "info", "warning", "error"), ALERT),
    **dict.fromkeys(("badge", "status", "button", "download_button", "link_button", "form_submit_button"), LABEL),
    **dict.fromkeys(("checkbox", "toggle", "selectbox", "multiselect", "slider", "popover", "expander"), LABEL),
    **dict.fromkeys(("text_input", "text_area", "number_input", "color_picker", "file_uploader"), LABEL),
    **dict.fromkeys(("date_input", "time_input", "datetime_input", "audio_input", "camera_input"), LABEL),
    **dict.fromkeys(("radio", "pills", "segmented_control", "select_slider", "menu_button"), OPTIONS),
    "metric": {"label": 0, "value": 1, "delta": 2},
    "page_link": {"label": 1},
    "progress": {"text": 1},
    "spinner": {"text": 0},
    "dialog": {"title": 0},
    "tabs": {"tabs": 0},
    "image": {"caption": 1},
    "table": {"data": 0},
    "write_stream": {"stream": 0},
    "set_page_config": {"page_title": 0},
    "Page": {"title": 1},
}
EVERY_ARGUMENT = {"write"}
WITH_FORMAT = {"radio", "pills", "segmented_control", "select_slider", "menu_button"}
