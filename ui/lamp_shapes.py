"""Pictograms of the dashboard's lamps in the manner of ISO 2575, drawn here: per lamp a list of (role, SVG path or word).

In a box of 48 × 48. Roles are styled in ui/frontend/lamps.css: line, thick, full, word.
"""

from db.enums_reception import WarningLight

Shape = tuple[str, str]


def _circle(x: float, y: float, r: float) -> str:
    return f"M{x - r} {y}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0Z"


_BRAKE: tuple[Shape, ...] = (
    ("line", _circle(24, 24, 12)),
    ("line", "M10 9.5A20.5 20.5 0 0 0 10 38.5M38 9.5A20.5 20.5 0 0 1 38 38.5"),
)
SHAPES: dict[WarningLight, tuple[Shape, ...]] = {
    WarningLight.ENGINE: (
        ("line", "M13 19h5l4-4h11v4h4l4 4v3h3v-4h2v14h-2v-4h-3v6H25l-4-4h-8Z"),
        ("line", "M21 10h13M27.5 10v5M7 19v14M7 26h6"),
    ),
    WarningLight.OIL: (
        ("line", "M14 21h17l4 4 9-5-11 16H16a2 2 0 0 1-2-2Z"),
        ("line", "M14 26L5 21.5v-4L14 22M22.5 21v-5M17.5 15h10"),
        ("full", "M43 28c2 2.8 2.7 4 2.7 5.2a2.7 2.7 0 0 1-5.4 0c0-1.2.7-2.4 2.7-5.2Z"),
    ),
    WarningLight.COOLANT: (
        ("line", "M24 6v20M24 8h8M24 14.5h8M24 21h8"),
        ("full", _circle(24, 29, 4.5)),
        ("line", "M5 32c3.5 0 3.5 3 7 3s3.5-2 5-2.5M43 32c-3.5 0-3.5 3-7 3s-3.5-2-5-2.5"),
        ("line", "M5 42c3.2 0 3.2-3 6.3-3s3.2 3 6.3 3 3.2-3 6.4-3 3.2 3 6.3 3 3.2-3 6.3-3 3.2 3 6.4 3"),
    ),
    WarningLight.BATTERY: (
        ("line", "M5 15h38v23H5Z"),
        ("line", "M10 15v-5h8v5M30 15v-5h8v5M11 26h8M29 26h8M33 22v8"),
    ),
    WarningLight.BRAKES: (*_BRAKE, ("thick", "M24 17v8"), ("full", _circle(24, 30.5, 2.2))),
    WarningLight.ABS: (*_BRAKE, ("word", "ABS")),
    WarningLight.AIRBAG: (
        ("full", _circle(15, 10, 5)),
        ("thick", "M14 20v12.5h11.5l6.5 9"),
        ("line", "M17 21l6 4"),
        ("line", _circle(32, 22, 8)),
    ),
    WarningLight.TYRES: (
        ("line", "M15 7c-1 7-7 10-7 19 0 5 2 9 5 11h22c3-2 5-6 5-11 0-9-6-12-7-19"),
        ("line", "M14.5 37v4.5M20.8 37v4.5M27.2 37v4.5M33.5 37v4.5"),
        ("thick", "M24 14v11"),
        ("full", _circle(24, 31, 2.2)),
    ),
    WarningLight.STABILITY: (
        ("line", "M14 15l3-9h14l3 9M10 15h28v10H10Z"),
        ("full", "M12 25h6v5h-6ZM30 25h6v5h-6Z"),
        ("line", "M15 33c6 3-6 5 0 11M33 33c6 3-6 5 0 11"),
    ),
    WarningLight.STEERING: (
        ("line", _circle(19, 24, 14)),
        ("line", _circle(19, 24, 4)),
        ("line", "M5.5 21.5h10M22.5 21.5h10M19 28v10"),
        ("thick", "M42.5 12v15"),
        ("full", _circle(42.5, 34, 2.4)),
    ),
    WarningLight.HIGH_VOLTAGE: (
        ("line", "M24 5.5L44.5 41.5H3.5Z"),
        ("full", "M26.5 14.5l-9.5 13h5.5l-2.5 10 10-14h-6Z"),
    ),
    WarningLight.SERVICE: (
        (
            "line",
            "M34 6.5A10 10 0 0 0 24.5 20L9 35.5a3.9 3.9 0 0 0 5.5 5.5L30 25.5A10 10 0 0 0 42 13l-6 6-5.5-1.5-1.5-5.5 6-5.5Z",
        ),
    ),
}
"""The shapes of each lamp, drawn in this order."""
