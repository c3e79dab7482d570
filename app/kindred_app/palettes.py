"""The colours of covers. Each palette is ground, second ground, accent and ink; the ink is readable on both grounds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    ground: str
    second: str
    accent: str
    ink: str

    @property
    def small_ink(self) -> str:
        """For small letters on the second ground: the accent where one can read it."""
        return self.accent if contrast(self.accent, self.second) >= 4.5 else self.ink


_BY_GENRE: dict[str, tuple[Palette, ...]] = {
    "action": (Palette("#8f1d14", "#3d0c0c", "#ffb703", "#fff4e6"), Palette("#1f1f24", "#3a1512", "#ff5a36", "#fff1ea")),
    "adventure": (Palette("#0f4c47", "#0a2f3a", "#f2b544", "#fdf6e3"), Palette("#7a3b12", "#40200f", "#ffd166", "#fff6e0")),
    "animation": (Palette("#ffcf56", "#ff9f68", "#d7263d", "#2b1a3d"), Palette("#7bdff2", "#b2f7ef", "#f25f8b", "#12304a")),
    "children": (Palette("#a8e6a1", "#7fd1c7", "#ff6f59", "#143642"), Palette("#ffd6e0", "#ffb5a7", "#3d5a98", "#3b1f2b")),
    "comedy": (Palette("#ffd23f", "#ffb627", "#ee4266", "#2e1f05"), Palette("#ff9b85", "#ffc09f", "#2b59c3", "#3a1420")),
    "crime": (Palette("#1b1b1e", "#33262a", "#e63946", "#f6f0ea"), Palette("#22313f", "#131b24", "#e0a458", "#f4ede2")),
    "documentary": (Palette("#e9e4d8", "#d3cbb8", "#b5651d", "#22201c"), Palette("#28403d", "#1a2a2c", "#d9c589", "#f3efe2")),
    "drama": (
        Palette("#5b2245", "#2d1436", "#f0a6a0", "#fdeef0"),
        Palette("#243b55", "#141e30", "#e8b07a", "#f3eee6"),
        Palette("#ece2d0", "#d5b9b2", "#6d2e46", "#2d1420"),
    ),
    "fantasy": (Palette("#35246b", "#17123f", "#f6bd60", "#f4efff"), Palette("#14443f", "#1b1f4b", "#c5f277", "#eefbf1")),
    "film-noir": (Palette("#101012", "#2c2c30", "#d9d9d6", "#f5f5f2"), Palette("#e4e1da", "#b9b5ab", "#1a1a1a", "#141414")),
    "horror": (Palette("#16090c", "#3a0a12", "#e5383b", "#fbe9e7"), Palette("#0d1b16", "#04100c", "#9fe870", "#eafbe4")),
    "imax": (Palette("#0b2545", "#134074", "#8da9c4", "#eef4ed"),),
    "musical": (Palette("#7b1e5c", "#3b0f4a", "#ffd166", "#fff0f7"), Palette("#f7b2bd", "#f4d8c6", "#8e2155", "#3b0d25")),
    "mystery": (Palette("#1d2b3a", "#10151f", "#b8a1ff", "#edf0fb"), Palette("#2f2a3f", "#15121f", "#f4d35e", "#f5f0e6")),
    "romance": (Palette("#f9c6c9", "#f3a5b1", "#9d174d", "#42101f"), Palette("#7d1f3a", "#43102a", "#ffc2b4", "#fff0ee")),
    "sci-fi": (Palette("#0b132b", "#1c2f5c", "#5bf0e0", "#eafcff"), Palette("#1b1035", "#3b1560", "#ff7ac6", "#f8ecff")),
    "thriller": (Palette("#0f2027", "#203a43", "#ff8c42", "#f1f6f7"), Palette("#201a17", "#43210f", "#f7c59f", "#fbf1e7")),
    "war": (Palette("#3f4a2c", "#23281a", "#e3c16f", "#f6f2e0"), Palette("#4a3b32", "#241c18", "#d4663a", "#f8eee4")),
    "western": (Palette("#c8692b", "#7a2e12", "#ffe1a8", "#1d0a02"), Palette("#e8c07d", "#d08c4f", "#7a1f14", "#2e1506")),
}
_BY_GENRE["western"] = (Palette("#7a2e12", "#4a1a0c", "#ffcf7d", "#fff2dc"), _BY_GENRE["western"][1])
_ALIASES = {"family": "children", "noir": "film-noir", "music": "musical", "science fiction": "sci-fi", "kids": "children"}
#: For genres that are not known, and for what has none: artists, products.
OTHERS = (
    Palette("#123c4a", "#0b2530", "#f4a259", "#f2f7f5"),
    Palette("#3c1642", "#1d0b2b", "#aff1a0", "#f6eefa"),
    Palette("#f1e3c6", "#e0c59c", "#ad343e", "#2b1c12"),
    Palette("#22223b", "#3a3a5c", "#f2cc8f", "#f4f1ea"),
    Palette("#264e36", "#12301f", "#f6d186", "#f1f7ee"),
    Palette("#bfe3e0", "#8fc8c4", "#c8553d", "#12302f"),
    Palette("#51210e", "#2d1208", "#f7b267", "#fdf0e4"),
    Palette("#f5cac3", "#e9a89f", "#2f6f68", "#3a1512"),
)


def palettes(genre: str) -> tuple[Palette, ...]:
    """The palettes of a genre; those of nobody for one that is not known."""
    name = genre.strip().lower()
    return _BY_GENRE.get(_ALIASES.get(name, name), OTHERS)


def all_palettes() -> list[Palette]:
    return [palette for group in _BY_GENRE.values() for palette in group] + list(OTHERS)


def contrast(first: str, second: str) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
