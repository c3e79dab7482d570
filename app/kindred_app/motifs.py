"""The pictures of covers: a few shapes each, in the upper part of a field of 200 × 300."""

import math
from collections.abc import Callable
from random import Random

from kindred_app.palettes import Palette

Motif = Callable[[Random, Palette], str]


def _circle(x: float, y: float, radius: float, rest: str) -> str:
    return f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{radius:.1f}" {rest}/>'


def rings(random: Random, palette: Palette) -> str:
    x, y = random.randint(50, 150), random.randint(60, 115)
    lines = "".join(
        _circle(
            x,
            y,
            radius,
            f'fill="none" stroke="{palette.accent}" stroke-width="{1 + (radius % 3) / 2:.1f}" opacity="{1 - radius / 150:.2f}"',
        )
        for radius in range(34, 130, random.choice((12, 15, 18)))
    )
    return lines + _circle(x, y, 22, f'fill="{palette.accent}"')


def stripes(random: Random, palette: Palette) -> str:
    slope, width = random.choice((-60, 60, 95)), random.choice((9, 13, 17))
    return "".join(
        f'<path d="M{x} 0h{width}l{slope} 190h-{width}z" fill="{palette.accent}" opacity="{0.95 - 0.13 * place:.2f}"/>'
        for place, x in enumerate(range(random.randint(15, 40), 190, width * 2))
    )


def sun(random: Random, palette: Palette) -> str:
    x, y, radius = random.randint(70, 130), random.choice((80, 98)), random.randint(44, 58)
    cuts = []
    for height, place in zip((2, 3, 4.5, 6, 8), range(y, y + radius, 12), strict=False):
        half = math.sqrt(max(0, radius**2 - (place - y) ** 2)) + 1
        cuts.append(f'<rect x="{x - half:.0f}" y="{place}" width="{2 * half:.0f}" height="{height}" fill="{palette.ground}"/>')
    return _circle(x, y, radius, f'fill="{palette.accent}"') + "".join(cuts)


def arches(random: Random, palette: Palette) -> str:
    x = random.choice((60, 100, 140))
    return "".join(
        f'<path d="M{x - size} 190v-60a{size} {size} 0 0 1 {2 * size} 0v60z" fill="{colour}" opacity="{opacity}"/>'
        for size, colour, opacity in (
            (112, palette.accent, 0.22),
            (88, palette.accent, 0.4),
            (64, palette.accent, 0.65),
            (40, palette.accent, 1),
            (17, palette.second, 1),
        )
    )


def steps(random: Random, palette: Palette) -> str:
    rises = random.choice((True, False))
    shapes = "".join(
        f'<rect x="{place * 25 if rises else 175 - place * 25}" y="{168 - place * 20}" width="26" height="{30 + place * 20}"'
        f' fill="{palette.accent}" opacity="{0.3 + place * 0.1:.1f}"/>'
        for place in range(8)
    )
    return shapes + _circle(42 if rises else 158, 52, 22, f'fill="{palette.ink}" opacity="0.9"')


def halftone(random: Random, palette: Palette) -> str:
    x, y = random.randint(30, 170), random.randint(20, 120)
    return "".join(
        _circle(column, row, size, f'fill="{palette.accent}"')
        for row in range(8, 180, 15)
        for column in range(8, 200, 15)
        if (size := 7.2 - math.dist((x, y), (column, row)) / 24) > 0.6
    )


def orbits(random: Random, palette: Palette) -> str:
    turn = random.randint(-40, 40)
    return (
        "".join(
            f'<ellipse cx="100" cy="92" rx="{88 - place * 4}" ry="{30 + place * 9}" fill="none" stroke="{palette.accent}"'
            f' stroke-width="1.6" opacity="{0.9 - place * 0.15:.2f}" transform="rotate({turn + place * 33} 100 92)"/>'
            for place in range(5)
        )
        + _circle(100, 92, 17, f'fill="{palette.accent}"')
        + _circle(100 + random.choice((-70, 70)), random.randint(60, 125), 6, f'fill="{palette.ink}"')
    )


def peaks(random: Random, palette: Palette) -> str:
    def ridge(base: int, height: int, colour: str, opacity: float) -> str:
        points = [
            f"{x},{base - random.randint(height // 3, height) if place % 2 else base - random.randint(0, 18)}"
            for place, x in enumerate(range(-20, 240, 36))
        ]
        return f'<polygon points="-20,190 {" ".join(points)} 240,190" fill="{colour}" opacity="{opacity}"/>'

    return (
        _circle(random.randint(50, 150), random.randint(45, 70), random.randint(16, 24), f'fill="{palette.accent}"')
        + ridge(135, 70, palette.accent, 0.32)
        + ridge(160, 60, palette.accent, 0.55)
        + ridge(182, 50, palette.second, 1)
    )


def waves(random: Random, palette: Palette) -> str:
    height = random.randint(9, 17)
    lines = []
    for place in range(8):
        y = 42 + place * 17
        curve = f"M-20 {y}" + "".join(f"q20 {-height if step % 2 else height} 40 0" for step in range(place % 2, 6 + place % 2))
        lines.append(
            f'<path d="{curve}" fill="none" stroke="{palette.accent}" stroke-width="{1.5 + place * 0.8:.1f}"'
            f' opacity="{0.35 + place * 0.08:.2f}"/>'
        )
    return "".join(lines)


def confetti(random: Random, palette: Palette) -> str:
    shapes = []
    for place in range(26):
        x, y, size = random.randint(8, 192), random.randint(10, 165), random.randint(4, 13)
        colour = palette.accent if place % 3 else palette.ink
        if place % 2:
            shapes.append(_circle(x, y, size, f'fill="{colour}" opacity="0.9"'))
        else:
            shapes.append(
                f'<rect x="{x}" y="{y}" width="{size * 2}" height="{size}" rx="2" fill="{colour}" opacity="0.85"'
                f' transform="rotate({random.randint(0, 179)} {x} {y})"/>'
            )
    return "".join(shapes)


def blinds(random: Random, palette: Palette) -> str:
    turn = random.choice((-14, -9, 9, 14))
    slats = "".join(
        f'<rect x="-40" y="{y}" width="280" height="8" fill="{palette.accent}" opacity="{0.25 + (y % 5) * 0.13:.2f}"/>'
        for y in range(-10, 180, 17)
    )
    return f'<g transform="rotate({turn} 100 90)">{slats}</g>' + _circle(
        random.randint(70, 130), 104, 36, f'fill="{palette.second}"'
    )


def eye(random: Random, palette: Palette) -> str:
    y = random.randint(85, 105)
    return (
        f'<path d="M12 {y}Q100 {y - 92} 188 {y}Q100 {y + 92} 12 {y}z" fill="{palette.accent}" opacity="0.95"/>'
        + _circle(100, y, 36, f'fill="{palette.ground}"')
        + _circle(100, y, 19, f'fill="{palette.accent}"')
        + _circle(100, y, 9, f'fill="{palette.ground}"')
        + _circle(112, y - 13, 5, f'fill="{palette.ink}"')
    )


def moon(random: Random, palette: Palette) -> str:
    x, y = random.randint(75, 125), random.randint(75, 100)
    stars = "".join(
        _circle(random.randint(8, 192), random.randint(8, 170), random.choice((0.9, 1.3, 2)), f'fill="{palette.ink}"')
        for _ in range(34)
    )
    return (
        stars
        + _circle(x, y, 48, f'fill="{palette.accent}"')
        + _circle(x + random.choice((-22, 22)), y - 14, 42, f'fill="{palette.ground}"')
    )


def bars(random: Random, palette: Palette) -> str:
    return "".join(
        f'<rect x="{x}" y="{178 - height}" width="10" height="{height}" rx="5" fill="{palette.accent}"'
        f' opacity="{0.55 + height / 330:.2f}"/>'
        for x in range(14, 185, 16)
        if (height := random.randint(26, 148))
    )


def quarters(random: Random, palette: Palette) -> str:
    shapes = []
    for row in range(3):
        for column in range(4):
            x, y = column * 50, row * 50 + 14
            colour = random.choice((palette.accent, palette.accent, palette.second, palette.ink))
            turn = random.choice((0, 90, 180, 270))
            figure = random.choice(("M0 0h50a50 50 0 0 1-50 50z", "M0 0h50v50z", "M25 0a25 25 0 1 0 .1 0z"))
            shapes.append(
                f'<path d="{figure}" fill="{colour}" opacity="{random.choice((0.55, 0.8, 0.95))}"'
                f' transform="translate({x} {y}) rotate({turn} 25 25)"/>'
            )
    return "".join(shapes)


def rays(random: Random, palette: Palette) -> str:
    x, y, count = random.randint(60, 140), 188, random.choice((9, 11, 13))
    wedges = []
    for place in range(count):
        start, end = (math.pi * (place + offset) / count for offset in (0.08, 0.55))
        points = " ".join(f"{x - 260 * math.cos(angle):.0f},{y - 260 * math.sin(angle):.0f}" for angle in (start, end))
        wedges.append(f'<polygon points="{x},{y} {points}" fill="{palette.accent}" opacity="{0.35 + 0.5 * (place % 2):.2f}"/>')
    return "".join(wedges) + _circle(x, y, 34, f'fill="{palette.accent}"')


def frames(random: Random, palette: Palette) -> str:
    x, y, turn = 100, 95, random.choice((0, 8, 45))
    return "".join(
        f'<rect x="{x - size}" y="{y - size}" width="{2 * size}" height="{2 * size}" fill="none" stroke="{palette.accent}"'
        f' stroke-width="{2 + place * 0.7:.1f}" opacity="{0.95 - place * 0.12:.2f}"'
        f' transform="rotate({turn + place * random.choice((3, 6))} {x} {y})"/>'
        for place, size in enumerate(range(12, 92, 13))
    )


_BY_GENRE: dict[str, tuple[Motif, ...]] = {
    "action": (stripes, rays, halftone, steps),
    "adventure": (peaks, sun, arches, rays),
    "animation": (confetti, quarters, halftone),
    "children": (confetti, quarters, arches),
    "comedy": (confetti, quarters, rays, halftone),
    "crime": (blinds, frames, steps, halftone),
    "documentary": (frames, bars, halftone),
    "drama": (waves, arches, quarters, steps, sun),
    "fantasy": (moon, peaks, orbits, arches),
    "film-noir": (blinds, eye, steps),
    "horror": (eye, moon, halftone),
    "imax": (orbits, halftone),
    "musical": (bars, rays, waves),
    "mystery": (eye, frames, steps),
    "romance": (waves, sun, arches),
    "sci-fi": (rings, orbits, moon, halftone),
    "thriller": (frames, stripes, blinds, steps, rings),
    "war": (stripes, peaks, rays),
    "western": (sun, peaks, arches),
}
_OTHERS: tuple[Motif, ...] = (rings, quarters, bars, waves, rays, frames, sun, orbits, arches, steps, halftone)


def motifs(genre: str) -> tuple[Motif, ...]:
    return _BY_GENRE.get(genre.strip().lower(), _OTHERS)


def all_motifs() -> set[Motif]:
    return {motif for group in _BY_GENRE.values() for motif in group} | set(_OTHERS)
