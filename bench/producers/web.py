"""The invented document as HTML, for producers that print it."""

from html import escape

from bench.producers.document import InventedDocument, marked

_STYLE = """
@page { size: 148mm 210mm; margin: 24mm 30mm }
@counter-style points { system: extends lower-alpha; prefix: "("; suffix: ") " }
body { font: 10pt/1.3 serif; text-align: justify; hyphens: auto; margin: 0 }
h1 { font-size: 14pt; text-align: left } h2 { font-size: 11pt }
ol ol { list-style: points } li { margin-bottom: 6pt }
sup, sub { font-size: 6.5pt; line-height: 0 } .note { font-size: 8pt; margin: 2pt 0 }
"""

_FOOT_NOTES = """
@page {
  @top-center { content: string(header); font-size: 8pt }
  @bottom-center { content: string(footer) " " counter(page); font-size: 8pt }
}
.header { string-set: header content() } .footer { string-set: footer content() }
.header, .footer { height: 0; overflow: hidden }
.foot { float: footnote; font-size: 8pt }
::footnote-call { font-size: 6.5pt; vertical-align: super; line-height: 0 }
"""


def page(document: InventedDocument, *, paged: bool) -> str:
    """The document as a page of HTML.

    Args:
        document: the document.
        paged: the producer knows running headers and foot notes; for others the notes stand at the end, and header and
            footer are what they print by themselves.
    """

    def foot_note(number: int) -> str:
        return f'<span class="foot">{escape(document.notes[number - 1])}</span>'

    def texts(text: str) -> str:
        note = foot_note if paged else "<sup>%s</sup>"
        return marked(text, plain=escape, raised="<sup>%s</sup>", lowered="<sub>%s</sub>", note=note)

    items = []
    for each in document.recommendations:
        points = "".join(f"<li>{texts(point)}</li>" for point in each.points)
        items.append(f"<li>{texts(each.text)}{f'<ol>{points}</ol>' if points else ''}</li>")
    notes = "".join(
        f'<p class="note"><sup>{number}</sup> {escape(note)}</p>' for number, note in enumerate(document.notes, 1)
    )
    head = f'<div class="header">{escape(document.header)}</div><div class="footer">{document.footer}</div>'
    return f"""<!doctype html><html lang="{document.language}"><meta charset="utf-8">
<title>{escape(document.header)}</title><style>{_STYLE}{_FOOT_NOTES if paged else ""}</style>
<body>{head if paged else ""}<h1>{escape(document.title)}</h1><p>{texts(document.introduction)}</p>
<h2>{document.heading}</h2><ol>{"".join(items)}</ol><h2>{document.closing[0]}</h2><p>{escape(document.closing[1])}</p>
{"" if paged else "<hr>" + notes}</body></html>"""
