"""The invented document in the languages of typesetting programs: TeX, Typst and groff."""

import re

from bench.producers.document import SOFT_HYPHEN, InventedDocument, marked

_LATEX = {
    "&": r"\&", "%": r"\%", "$": r"\$", "§": r"\S{}", "€": r"\euro{}", SOFT_HYPHEN: r"\-", "\u00a0": "~",
    "“": "``", "”": "''", "‘": "`", "’": "'", "–": "--", "—": "---",
    "º": r"\textordmasculine{}", "«": r"\guillemotleft{}", "»": r"\guillemotright{}",
}  # fmt: skip

_BABEL = {"en": "english", "es": "spanish"}


def latex(document: InventedDocument, preamble: str) -> str:
    """The document in LaTeX; ``preamble`` chooses the fonts."""

    def text(source: str) -> str:
        return marked(
            source,
            plain=_latex_plain,
            raised=r"\textsuperscript{%s}",
            lowered=r"\textsubscript{%s}",
            note=lambda number: rf"\footnote{{{_latex_plain(document.notes[number - 1])}}}",
        )

    items = []
    for each in document.recommendations:
        points = "".join(rf"\item {text(point)}" + "\n" for point in each.points)
        inner = rf"\begin{{enumerate}}{points}\end{{enumerate}}" if points else ""
        items.append(rf"\item {text(each.text)}{inner}")
    body = "\n\n".join(items)
    return rf"""\documentclass[10pt]{{article}}
\usepackage[paperwidth=148mm,paperheight=210mm,margin=30mm]{{geometry}}
{preamble}
\usepackage[{_BABEL[document.language]}{",es-noshorthands,es-nolists" if document.language == "es" else ""}]{{babel}}
\usepackage{{fancyhdr}}\pagestyle{{fancy}}\fancyhf{{}}\renewcommand{{\headrulewidth}}{{0pt}}
\fancyhead[C]{{\footnotesize {_latex_plain(document.header)}}}
\fancyfoot[C]{{\footnotesize {_latex_plain(document.footer)} \thepage}}
\emergencystretch=1em
\begin{{document}}
\begin{{flushleft}}\Large\bfseries {text(document.title)}\end{{flushleft}}
{text(document.introduction)}
\section*{{{document.heading}}}
\begin{{enumerate}}
{body}
\end{{enumerate}}
\section*{{{_latex_plain(document.closing[0])}}}
{_latex_plain(document.closing[1])}
\end{{document}}
"""


def _latex_plain(text: str) -> str:
    return "".join(_LATEX.get(sign, sign) for sign in text)


def typst(document: InventedDocument) -> str:
    """The document in Typst."""

    def plain(source: str) -> str:
        return re.sub(r"[\\#*_$<>@~`/'\"\[\]-]", r"\\\g<0>", source).replace("\u00a0", "~").replace(SOFT_HYPHEN, "-?")

    def text(source: str) -> str:
        return marked(
            source,
            plain=plain,
            raised="#super[%s]",
            lowered="#sub[%s]",
            note=lambda number: f"#footnote[{plain(document.notes[number - 1])}]",
        )

    items = []
    for each in document.recommendations:
        items.append("+ " + text(each.text))
        items += ["  + " + text(point) for point in each.points]
    return f"""#set page(width: 148mm, height: 210mm, margin: 30mm,
  header: align(center, text(8pt)[{plain(document.header)}]),
  footer: context align(center, text(8pt)[{document.footer} #counter(page).display()]))
#set text(10pt, lang: "{document.language}", hyphenate: true)
#set par(justify: true)
#set enum(full: true, numbering: (..places) => {{
  if places.pos().len() == 1 {{ numbering("1.", ..places) }} else {{ numbering("(a)", places.pos().last()) }}
}})
= {plain(document.title)}

{text(document.introduction)}

== {document.heading}

{chr(10).join(items)}

== {document.closing[0]}

{plain(document.closing[1])}
"""


def groff(document: InventedDocument) -> str:
    """The document in groff's ms macros."""

    def plain(source: str) -> str:
        return source.replace("\\", r"\e").replace(SOFT_HYPHEN, r"\%")

    def text(source: str) -> str:
        return marked(
            source,
            plain=plain,
            raised=r"\*{%s\*}",
            lowered=r"\d\s-3%s\s0\u",
            note=lambda number: rf"\*{{{number}\*}}",
        )

    lines = [
        ".nr PS 10p", ".nr VS 12p", ".nr LL 8.8c", ".nr PO 3c", ".nr FM 2.5c", ".nr HM 2.5c", ".nr FF 1",
        f".ds CH {document.header}", f".ds CF {document.footer} \\\\n(PN",
        ".SH", document.title, ".LP", text(document.introduction), ".SH", document.heading,
    ]  # fmt: skip
    for number, each in enumerate(document.recommendations, 1):
        lines += [f".IP {number}. 4", text(each.text), *_notes(document, each.text)]
        if each.points:
            lines.append(".RS")
            for letter, point in zip("abcdef", each.points, strict=False):
                lines += [f".IP ({letter}) 4", text(point)]
            lines.append(".RE")
    return "\n".join([*lines, ".SH", document.closing[0], ".LP", document.closing[1], ""])


def _notes(document: InventedDocument, text: str) -> list[str]:
    """The foot notes of a text, as they stand behind it."""
    return [
        line
        for number in re.findall(r"\{(\d)\}", text)
        for line in (".FS", rf"\*{{{number}\*}} {document.notes[int(number) - 1]}", ".FE")
    ]
