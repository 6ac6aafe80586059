"""The invented document in XML: OpenDocument for LibreOffice, formatting objects for FOP."""

from html import escape

from bench.producers.document import InventedDocument, marked

_OPEN_DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.2"
 office:mimetype="application/vnd.oasis.opendocument.text"><office:styles>
<style:default-style style:family="paragraph"><style:paragraph-properties fo:hyphenation-ladder-count="no-limit"/>
<style:text-properties style:font-name="Liberation Serif" fo:font-family="Liberation Serif" fo:font-size="10pt"
 fo:language="{language}" fo:country="{country}" fo:hyphenate="true" fo:hyphenation-remain-char-count="2"
 fo:hyphenation-push-char-count="2"/></style:default-style>
<style:style style:name="Standard" style:family="paragraph"><style:paragraph-properties fo:text-align="justify"
 fo:margin-bottom="6pt"/></style:style>
<style:style style:name="Heading" style:family="paragraph" style:default-outline-level="1"><style:paragraph-properties
 fo:margin-top="12pt" fo:margin-bottom="6pt"/><style:text-properties
 fo:font-size="12pt" fo:font-weight="bold"/></style:style>
<style:style style:name="Small" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/>
<style:text-properties fo:font-size="8pt"/></style:style>
<style:style style:name="Footnote" style:family="paragraph">
<style:text-properties fo:font-size="8pt"/></style:style>
<style:style style:name="Raised" style:family="text">
<style:text-properties style:text-position="super 58%"/></style:style>
<style:style style:name="Lowered" style:family="text">
<style:text-properties style:text-position="sub 58%"/></style:style>
<text:list-style style:name="List">
<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."><style:list-level-properties
 text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment
 text:label-followed-by="listtab" fo:text-indent="-6mm" fo:margin-left="6mm"/></style:list-level-properties>
</text:list-level-style-number>
<text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="(" style:num-suffix=")">
<style:list-level-properties text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment
 text:label-followed-by="listtab" fo:text-indent="-6mm" fo:margin-left="12mm"/></style:list-level-properties>
</text:list-level-style-number></text:list-style>
<text:notes-configuration text:note-class="footnote" style:num-format="1"
 text:citation-style-name="Raised" text:citation-body-style-name="Raised"
 text:start-numbering-at="document" text:footnotes-position="page"/></office:styles>
<office:automatic-styles><style:page-layout style:name="Page"><style:page-layout-properties fo:page-width="148mm"
 fo:page-height="210mm" fo:margin-left="30mm" fo:margin-right="30mm" fo:margin-top="15mm" fo:margin-bottom="15mm"/>
<style:header-style><style:header-footer-properties fo:min-height="8mm" fo:margin-bottom="4mm"/></style:header-style>
<style:footer-style><style:header-footer-properties fo:min-height="8mm" fo:margin-top="4mm"/></style:footer-style>
</style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="Page"><style:header>
<text:p text:style-name="Small">{header}</text:p></style:header><style:footer><text:p text:style-name="Small">{footer}
<text:page-number text:select-page="current"/></text:p></style:footer></style:master-page></office:master-styles>
<office:body><office:text>{body}</office:text></office:body></office:document>
"""


def open_document(document: InventedDocument) -> str:
    """The document as a text of LibreOffice, in one file of XML."""

    def note(number: int) -> str:
        return (
            f'<text:note text:note-class="footnote"><text:note-citation>{number}</text:note-citation><text:note-body>'
            f'<text:p text:style-name="Footnote">{escape(document.notes[number - 1])}</text:p>'
            "</text:note-body></text:note>"
        )

    def paragraph(source: str) -> str:
        text = marked(
            source,
            plain=escape,
            raised='<text:span text:style-name="Raised">%s</text:span>',
            lowered='<text:span text:style-name="Lowered">%s</text:span>',
            note=note,
        )
        return f'<text:p text:style-name="Standard">{text}</text:p>'

    def heading(text: str) -> str:
        return f'<text:h text:style-name="Heading" text:outline-level="1">{escape(text)}</text:h>'

    items = []
    for each in document.recommendations:
        points = "".join(f"<text:list-item>{paragraph(point)}</text:list-item>" for point in each.points)
        inner = f"<text:list>{points}</text:list>" if points else ""
        items.append(f"<text:list-item>{paragraph(each.text)}{inner}</text:list-item>")
    body = (
        heading(document.title),
        paragraph(document.introduction),
        heading(document.heading),
        f'<text:list text:style-name="List">{"".join(items)}</text:list>',
        heading(document.closing[0]),
        paragraph(document.closing[1]),
    )
    return _OPEN_DOCUMENT.format(
        language=document.language,
        country={"en": "US", "es": "ES"}[document.language],
        header=escape(document.header),
        footer=document.footer,
        body="".join(body),
    )


_FORMATTING_OBJECTS = """<?xml version="1.0" encoding="UTF-8"?>
<fo:root xmlns:fo="http://www.w3.org/1999/XSL/Format" xml:lang="{language}"><fo:layout-master-set>
<fo:simple-page-master master-name="page" page-width="148mm" page-height="210mm" margin="15mm 30mm">
<fo:region-body margin="12mm 0mm"/>
<fo:region-before extent="8mm"/><fo:region-after extent="8mm"/></fo:simple-page-master>
</fo:layout-master-set><fo:page-sequence master-reference="page" language="{language}" hyphenate="true">
<fo:static-content flow-name="xsl-region-before"><fo:block font-size="8pt" text-align="center">{header}</fo:block>
</fo:static-content><fo:static-content flow-name="xsl-region-after"><fo:block font-size="8pt" text-align="center">
{footer} <fo:page-number/></fo:block></fo:static-content>
<fo:flow flow-name="xsl-region-body" font-family="serif" font-size="10pt" text-align="justify">{body}</fo:flow>
</fo:page-sequence></fo:root>
"""


def formatting_objects(document: InventedDocument) -> str:
    """The document in XSL formatting objects."""
    raised = '<fo:inline font-size="6.5pt" baseline-shift="super">%s</fo:inline>'

    def note(number: int) -> str:
        mark = raised % number
        text = f'<fo:block font-size="8pt">{mark} {escape(document.notes[number - 1])}</fo:block>'
        return f"<fo:footnote>{mark}<fo:footnote-body>{text}</fo:footnote-body></fo:footnote>"

    def block(source: str) -> str:
        lowered = '<fo:inline font-size="6.5pt" baseline-shift="sub">%s</fo:inline>'
        text = marked(source, plain=escape, raised=raised, lowered=lowered, note=note)
        return f'<fo:block space-after="5pt">{text}</fo:block>'

    def heading(text: str) -> str:
        look = 'font-size="12pt" font-weight="bold" space-before="8pt" space-after="5pt"'
        return f"<fo:block {look}>{escape(text)}</fo:block>"

    def list_of(items: list[tuple[str, str]]) -> str:
        return (
            '<fo:list-block provisional-distance-between-starts="7mm" provisional-label-separation="1mm">'
            + "".join(
                f'<fo:list-item><fo:list-item-label end-indent="label-end()"><fo:block>{label}</fo:block>'
                f'</fo:list-item-label><fo:list-item-body start-indent="body-start()">{body}</fo:list-item-body>'
                "</fo:list-item>"
                for label, body in items
            )
            + "</fo:list-block>"
        )

    items = []
    for number, each in enumerate(document.recommendations, 1):
        points = [(f"({letter})", block(point)) for letter, point in zip("abcdef", each.points, strict=False)]
        items.append((f"{number}.", block(each.text) + (list_of(points) if points else "")))
    body = (
        heading(document.title),
        block(document.introduction),
        heading(document.heading),
        list_of(items),
        heading(document.closing[0]),
        block(document.closing[1]),
    )
    return _FORMATTING_OBJECTS.format(
        language=document.language, header=escape(document.header), footer=document.footer, body="".join(body)
    )
