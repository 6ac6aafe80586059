"""Symbol fonts: codes of letters ─▶ the signs that these fonts draw for them.

The letters that such a font tells are those of the keys that draw its signs: ``l`` is a bullet.
"""

import re

_UNKNOWN = "\u25cc"
"""What stands in the tables for a code without a sign of its own in Unicode."""

_SYMBOL = (
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼",
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪ 〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭",
)
_DINGBATS = (
    " ✁✂✃✄☎✆✇✈✉☛☞✌✍✎✏✐✑✒✓✔✕✖✗✘✙✚✛✜✝✞✟✠✡✢✣✤✥✦✧★✩✪✫✬✭✮✯✰✱✲✳✴✵✶✷✸✹✺✻✼✽✾✿❀❁❂❃❄❅❆❇❈❉❊❋●❍■❏❐❑❒▲▼◆❖◗❘❙❚❛❜❝❞",
    " ❡❢❣❤❥❦❧♣♦♥♠①②③④⑤⑥⑦⑧⑨⑩❶❷❸❹❺❻❼❽❾❿➀➁➂➃➄➅➆➇➈➉➊➋➌➍➎➏➐➑➒➓➔→↔↕➘➙➚➛➜➝➞➟➠➡➢➣➤➥➦➧➨➩➪➫➬➭➮➯ ➱➲➳➴➵➶➷➸➹➺➻➼➽➾",
)
_WINGDINGS = (
    " ✏✂✁◌◌◌◌☎✆✉◌◌◌◌◌◌◌◌◌◌◌⌛⌨◌◌◌◌◌◌✇✍◌✌◌◌◌☜☞☝☟◌☺◌☹◌☠◌◌✈☼◌❄◌✞◌✠✡☪◌◌◌◌◌◌◌◌◌◌◌◌◌◌◌◌◌●❍■□◻❑❒⬧⧫◆❖⬥⌧◌⌘❀✿❝❞",
    "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿◌◌◌◌◌◌◌◌·•◌○◌◌◉◎◌▪◻◌✦★✶✴✹✵◌◌◌◌◌✪✰◌◌◌◌◌◌◌◌◌◌◌◌◌◌◌◌◌◌◌◌◌◌◌◌◌◌◌◌◌◌◌◌◌➢◌◌◌➲◌◌←→↑↓↖↗↙↘◌➔◌◌◌◌◌◌⇦⇨⇧⇩⬄◌◌◌◌◌◌◌✗✓☒☑",
)


def _table(halves: tuple[str, str], upper: int) -> dict[int, str]:
    both = ((0x20, halves[0]), (upper, halves[1]))
    return {start + place: sign for start, half in both for place, sign in enumerate(half) if sign != _UNKNOWN}


_NUMBERED = frozenset(_DINGBATS[0] + _DINGBATS[1]) - {" "}

_FONTS = (
    (re.compile(r"(?:[A-Z]{6}\+)?Symbol(?:MT|Std|PS|Neu)?\b"), _table(_SYMBOL, 0xA0)),
    (re.compile(r"(?:[A-Z]{6}\+)?(?:ITC ?)?(?:Zapf ?)?Dingbats"), _table(_DINGBATS, 0xA0)),
    (re.compile(r"(?:[A-Z]{6}\+)?Wingdings(?! ?[23])"), _table(_WINGDINGS, 0x80)),
    (re.compile(r"(?:[A-Z]{6}\+)?(?:Wingdings|Webdings)"), {0x20: " "}),
    # Fonts of LaTeX: signs that its old fonts of letters lack, one quotation mark drawn twice among them.
    (re.compile(r"(?:[A-Z]{6}\+)?lasyb?\d", re.IGNORECASE), {0x28: "‹", 0x29: "›", 0x32: "□", 0x33: "◇"}),
    (re.compile(r"(?:[A-Z]{6}\+)?(?:TeX-)?feym[a-z]\d", re.IGNORECASE), dict.fromkeys(map(ord, "BCDe"), "€")),
)
_PRIVATE = 0xF000
"""Where Unicode leaves room for signs of fonts: such a font's code 0xB7 is U+F0B7."""

BULLETS = "•·▪●○◦■□➢►‣∙◆◇❖❑❒◻◼⬥⬧⧫➔➤▶✓✔✦★☑❏❐♦→⇨"
"""Signs that open the points of a list."""


def signs_of(font: str) -> dict[int, str] | None:
    """The signs of a font of symbols by code, given its name; None for a font of letters."""
    return next((table for name, table in _FONTS if name.match(font)), None)


def is_told(text: str, table: dict[int, str]) -> bool:
    """Tell whether a font of symbols tells its sign itself.

    A name of the font's own is none that tells a sign, though that of a dingbat reads alike (``a40``).
    """
    return text not in _NUMBERED or text in table.values()


def sign(text: str, code: int | None, table: dict[int, str]) -> str:
    """The sign that a font of symbols draws: for the text that it tells, and the code where it tells by code."""
    if len(text) != 1 or not (ord(text) < 0x100 or _PRIVATE <= ord(text) < _PRIVATE + 0x100):
        # It tells a sign, or nothing.
        return table.get(code, text) if code is not None and len(text) != 1 else text
    if code is None and not text.isalnum() and text in table.values():
        return text  # it tells a sign that the font has
    key = ord(text) & 0xFF if code is None or ord(text) >= _PRIVATE else code
    return table.get(key, chr(_PRIVATE + key))


def whole_quotes(text: str) -> str:
    """A text whose double quotation marks are no longer drawn as two single ones."""
    return text.replace("‹‹", "«").replace("››", "»")
