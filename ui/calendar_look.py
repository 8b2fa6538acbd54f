"""How the calendar looks: it lives in a frame of its own, where the theme does not reach."""

_LIGHT = {
    "ink": "#15202B",
    "line": "#D5DCE2",
    "ground": "#FFFFFF",
    "shade": "#DDE3E8",
    "accent": "#0B6E6E",
    "now": "#C62828",
}
_DARK = {
    "ink": "#E6EDF0",
    "line": "#2C3B44",
    "ground": "#10181D",
    "shade": "#26333B",
    "accent": "#2BB3A3",
    "now": "#FF6B6B",
}

_CSS = """
font-family: "Source Sans", "Source Sans 3", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif;
color: %(ink)s; background: %(ground)s; overscroll-behavior: none;
.fc { --fc-border-color: %(line)s; --fc-page-bg-color: %(ground)s; --fc-neutral-bg-color: %(shade)s;
  --fc-today-bg-color: transparent;
  --fc-now-indicator-color: %(now)s; --fc-highlight-color: %(accent)s44;
  --fc-bg-event-color: %(shade)s; --fc-bg-event-opacity: 0.75; }
.fc a { color: inherit; text-decoration: none; }
.fc .fc-timegrid-slot { height: 27px; }
.fc .fc-timegrid-slot-label-cushion { font-size: 15px; padding: 2px 6px; line-height: 1.2; }
.fc .fc-col-header-cell-cushion { font-size: 15px; padding: 8px 6px; }
.fc .fc-col-header-cell { background: %(ground)s; height: 44px; vertical-align: middle; }
.fc .fc-timegrid-slot-minor { border-top-style: dotted; }
.fc .fc-timegrid-event { border-radius: 8px; border-width: 0; padding: 3px 7px; box-shadow: 0 0 0 1.5px %(ground)s; }
.fc .fc-event-time { font-size: 13px; opacity: 0.9; }
.fc .fc-event-title { font-size: 15px; font-weight: 600; line-height: 1.25; }
.fc .fc-event-resizer-end { height: 16px; bottom: -6px; }
.fc .fc-timegrid-now-indicator-line { border-width: 2px 0 0; }
.fc .fc-event-selected, .fc .fc-event-dragging { box-shadow: 0 3px 12px rgb(0 0 0 / 45%%); }
.fc .fc-daygrid-day-number { font-size: 16px; padding: 4px 8px; }
.fc .fc-day-other .fc-daygrid-day-top, .fc .fc-day-other .load { opacity: 0.55; }
.fc .fc-day-today .fc-daygrid-day-number { color: %(accent)s; font-weight: 700; text-decoration: underline; }
.fc .load { border-radius: 8px; margin: 1px 4px; padding: 2px 6px; font-size: 15px; white-space: normal; cursor: pointer; }
.fc .load .fc-event-title { white-space: normal; overflow: hidden; }
.fc .fc-view.fc-daygrid .load { min-height: 46px; }
.fc .fc-bg-event.closed { background: repeating-linear-gradient(135deg, %(shade)s 0 8px, transparent 8px 16px); opacity: 1; }
"""


def css(dark: bool) -> str:
    """The style sheet for light or dark ground."""
    return _CSS % (_DARK if dark else _LIGHT)
