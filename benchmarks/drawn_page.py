"""The script of a page drawn with nothing behind it."""

from benchmarks.drawn import draw_current

draw_current()
