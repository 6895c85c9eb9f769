"""Colours, distances and sizes by name, in one place."""

from __future__ import annotations

from dataclasses import dataclass, replace

SPACE = (4, 8, 12, 16, 24, 32, 48)
RADIUS = 10
TITLE, SECTION, BODY, CAPTION = 28, 20, 14, 12


@dataclass(frozen=True)
class Palette:
    """The colours of one scheme; every text colour has a contrast of 4.5 : 1 or more on paper and surface."""

    paper: str
    surface: str
    line: str
    text: str
    quiet: str
    accent: str
    accent_deep: str  # under the pointer
    on_accent: str
    good: str
    look: str
    alert: str
    tint: str  # the accent, very light: selected rows, the column to forecast
    tint_when: str  # the column with the dates
    tint_split: str  # the columns that split the data into series
    handle: str  # scroll bars
    history: str  # the past in charts: dark, but quieter than text
    band: tuple[int, int, int]  # the accent for transparent bands in charts

    def colour(self, role: str) -> str:
        """Return a colour by its name here; raises ``KeyError`` for an unknown one."""
        colour: str = vars(self)[role]
        return colour


LIGHT = Palette(
    paper="#F7F8FA",
    surface="#FFFFFF",
    line="#D9DEE3",
    text="#1B2127",
    quiet="#56616B",
    accent="#0072B2",
    accent_deep="#005E93",
    on_accent="#FFFFFF",
    good="#007A59",
    look="#8A5A00",
    alert="#B34700",
    tint="#E3F0F8",
    tint_when="#E4F4EC",
    tint_split="#FBF1DE",
    handle="#B9C2CA",
    history="#3D4852",
    band=(0, 114, 178),
)
DARK = Palette(
    paper="#15191D",
    surface="#1E2429",
    line="#39424A",
    text="#EEF1F4",
    quiet="#A9B4BE",
    accent="#56B4E9",
    accent_deep="#7CC6EF",
    on_accent="#0D1317",
    good="#3CCB9F",
    look="#E69F00",
    alert="#FF8A3D",
    tint="#22384A",
    tint_when="#1C372E",
    tint_split="#3A3120",
    handle="#4C5862",
    history="#C3CBD2",
    band=(86, 180, 233),
)
# For people who ask their system for more contrast: text at 7 : 1 or more, borders as strong as text.
LIGHT_STRONG = replace(
    LIGHT,
    paper="#FFFFFF",
    line="#000000",
    text="#000000",
    quiet="#262626",
    accent="#003F73",
    accent_deep="#002B4F",
    good="#00432F",
    look="#573800",
    alert="#6E1F00",
    tint="#CFE6FF",
    tint_when="#D5F5E3",
    tint_split="#FFECC7",
    handle="#000000",
    history="#000000",
    band=(0, 63, 115),
)
DARK_STRONG = replace(
    DARK,
    paper="#000000",
    surface="#0A0A0A",
    line="#FFFFFF",
    text="#FFFFFF",
    quiet="#E6E6E6",
    accent="#8FD3FF",
    accent_deep="#B8E3FF",
    on_accent="#000000",
    good="#7DF2C6",
    look="#FFC857",
    alert="#FFB08A",
    tint="#003A5C",
    tint_when="#00402B",
    tint_split="#4A3700",
    handle="#FFFFFF",
    history="#FFFFFF",
    band=(143, 211, 255),
)
PALETTES = (LIGHT, DARK, LIGHT_STRONG, DARK_STRONG)
