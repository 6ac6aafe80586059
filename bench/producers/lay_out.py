"""Lay the invented document out with ReportLab: ``python lay_out.py DOCUMENT.json OUT.pdf``.

Run by an environment that has ReportLab, so that it imports nothing of ours.
"""

import json
import sys
from html import escape
from pathlib import Path

from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import ListFlowable, ListItem, Paragraph, SimpleDocTemplate, Spacer

_TAGS = {"plain": "%s", "raised": "<super>%s</super>", "lowered": "<sub>%s</sub>", "note": "<super>%s</super>"}


def main(source: str, target: str) -> None:
    """Read the document and write the PDF; the notes stand at the end, as ReportLab knows none at the foot."""
    given = json.loads(Path(source).read_text("utf-8"))
    body = ParagraphStyle(
        "body", fontName="Times-Roman", fontSize=10, leading=12.5, alignment=TA_JUSTIFY, spaceAfter=5,
        hyphenationLang={"en": "en_US", "es": "es"}[given["language"]], embeddedHyphenation=1,
    )  # fmt: skip
    head = ParagraphStyle("head", fontName="Times-Bold", fontSize=12, leading=15, spaceBefore=6, spaceAfter=6)
    small = ParagraphStyle("small", parent=body, fontSize=8, leading=10)

    def paragraph(fragments: list[dict[str, str]]) -> Paragraph:
        return Paragraph("".join(_TAGS[each["kind"]] % escape(each["text"]) for each in fragments), body)

    items = []
    for each in given["recommendations"]:
        parts = [paragraph(each["text"])]
        if each["points"]:
            points = [ListItem(paragraph(point)) for point in each["points"]]
            parts.append(
                ListFlowable(
                    points,
                    bulletType="a",
                    bulletFormat="(%s)",
                    leftIndent=18,
                    bulletFontName="Times-Roman",
                    bulletFontSize=10,
                )
            )
        items.append(ListItem(parts))
    story = [
        Paragraph(escape(given["title"]), head),
        paragraph(given["introduction"]),
        Paragraph(given["heading"], head),
        ListFlowable(
            items, bulletType="1", bulletFormat="%s.", leftIndent=20, bulletFontName="Times-Roman", bulletFontSize=10
        ),
        Paragraph(given["closing"][0], head),
        Paragraph(escape(given["closing"][1]), body),
        Spacer(1, 20),
        *(Paragraph(f"<super>{number}</super> {escape(note)}", small) for number, note in enumerate(given["notes"], 1)),
    ]

    def running(canvas: Canvas, template: SimpleDocTemplate) -> None:
        canvas.setFont("Times-Roman", 8)
        canvas.drawCentredString(74 * mm, 195 * mm, given["header"])
        canvas.drawCentredString(74 * mm, 12 * mm, f"{given['footer']} {template.page}")

    template = SimpleDocTemplate(
        target,
        pagesize=(148 * mm, 210 * mm),
        leftMargin=30 * mm,
        rightMargin=30 * mm,
        topMargin=24 * mm,
        bottomMargin=24 * mm,
    )
    template.build(story, onFirstPage=running, onLaterPages=running)


if __name__ == "__main__":
    main(*sys.argv[1:])
