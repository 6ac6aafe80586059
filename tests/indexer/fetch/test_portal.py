import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.ordinals import ordinal
from indexer.fetch.portal import ListedMeeting, Listing, read_portal

ADDRESS = "http://portal.example/en/sla/group.asp"

TENTH = ListedMeeting(
    10, "virtual", date(2022, 4, 28), date(2022, 4, 29), ("http://portal.example/en/sla/docs/x_recom.pdf",)
)
FIRST = ListedMeeting(
    1, "Headquarters", date(1999, 5, 12), date(1999, 5, 12), ("http://portal.example/PDFs/i_recom.pdf",)
)

MARK_UPS = {
    "a list": """<h2>Learn about the recommendations of the Group</h2><ul>
        <li>X Meeting (virtual, April 28-29, 2022) <a href="docs/x_recom.pdf">Recommendations</a></li>
        <li>I Meeting (Headquarters, May 12, 1999) <a href="/PDFs/i_recom.pdf">Recommendations </a></li></ul>""",
    "a table": """<table><tr><th>Meeting<th>Text</tr>
        <tr><td>X Meeting (virtual,<br>April 28-29, 2022)</td><td>
        <a href="docs/x_recom.pdf"><b>Recommendations</b></a></td></tr>
        <tr><td>I Meeting (Headquarters, May 12, 1999)<td>
        <a href="/PDFs/i_recom.pdf">Recommendations</a></table>""",
    "paragraphs with line breaks": """<p>X Meeting (virtual, April 28&ndash;29, 2022)<br/>
        <a href='docs/x_recom.pdf'>Recommendations</a><br>I Meeting (Headquarters, May 12, 1999)<br>
        <a href=/PDFs/i_recom.pdf>Recommendations</a></p>""",
    "nested lists": """<ul><li>2022<ul><li>X Meeting (virtual, April 28-29, 2022)<ul><li>
        <a href="agenda.pdf">Agenda</a></li>
        <li><a href="docs/x_recom.pdf">Recommendations</a></li></ul></ul></li><li>1999<ul><li>I Meeting
        (Headquarters, May 12, 1999)<ul><li><a href="/PDFs/i_recom.pdf">Recommendations</a></ul></ul></ul>""",
    "links that wrap the whole line": """<div>
        <a href="docs/x_recom.pdf">X Meeting (virtual, April 28-29, 2022) - Recommendations</a></div>
        <div><a href="/PDFs/i_recom.pdf">I Meeting (Headquarters, May 12, 1999) - Recommendations</a></div>""",
    "upper-case tags of 1999": """<HTML><BODY><FONT SIZE=2><LI>X Meeting (virtual, April 28-29, 2022)
        <A HREF="docs/x_recom.pdf"><FONT COLOR=#000080>Recommendations</FONT></A>
        <LI>I Meeting (Headquarters, May 12, 1999)
        <A HREF="/PDFs/i_recom.pdf" TARGET=_blank>Recommendations</A></BODY>""",
    "absolute addresses": """<p>X Meeting (virtual, April 28-29, 2022)
        <a href="http://portal.example/en/sla/docs/x_recom.pdf#page=1">Recommendations</a></p>
        <p>I Meeting (Headquarters, May 12, 1999)
        <a href="//portal.example/PDFs/i_recom.pdf">Recommendations</a></p>""",
    "a base, back slashes and white space": """<base href="/en/sla/docs/"><p>X   Meeting
        (virtual,&nbsp;April&nbsp;28-29,&nbsp;2022) <a href=" x_recom.pdf ">Recommendations</a>
        <p>I Meeting (Headquarters, May 12, 1999) <a href="..\\..\\..\\PDFs\\i_recom.pdf">Recommendations</a>""",
    "definition lists with scripts between": """<dl><dt>X Meeting (virtual, April 28-29, 2022)<dd>
        <script>var a = "IX Meeting (x, May 1, 2001)";</script>
        <a href="docs/x_recom.pdf">Recommendations</a><dt>I Meeting (Headquarters, May 12, 1999)
        <dd><a href="/PDFs/i_recom.pdf">Recommendations</a><dd>
        <a href="javascript:void(0)">Recommendations</a></dl>""",
}


@pytest.mark.parametrize("mark_up", MARK_UPS.values(), ids=MARK_UPS)
def test_the_meetings_are_found_whatever_the_mark_up(mark_up: str) -> None:
    assert read_portal(mark_up.encode(), ADDRESS) == Listing((TENTH, FIRST), ())


@pytest.mark.parametrize("encoding", ["latin-1", "utf-8"])
def test_a_spanish_page_that_does_not_declare_its_encoding_is_read(encoding: str) -> None:
    page = """<p>Reuniones</p><ul><li>IX Reunión (Sede de la Organización, 12 y 13 de diciembre de 2016)
        <a href="ix.pdf">Recomendaciones</a><li>Décima Reunión (virtual, 28-29 de abril de 2022)
        <a href="x.pdf">Recomendaciones</a>
        <li>Reunión III (Sede, 30 de junio al 1 de julio de 2003)</ul>"""
    assert read_portal(page.encode(encoding), "https://portal.example/es/").meetings == (
        ListedMeeting(
            9,
            "Sede de la Organización",
            date(2016, 12, 12),
            date(2016, 12, 13),
            ("https://portal.example/es/ix.pdf",),
        ),
        ListedMeeting(10, "virtual", date(2022, 4, 28), date(2022, 4, 29), ("https://portal.example/es/x.pdf",)),
        ListedMeeting(3, "Sede", date(2003, 6, 30), date(2003, 7, 1), ()),
    )


def test_the_recommendations_of_an_entry_that_is_no_meeting_of_ours_belong_to_nobody() -> None:
    page = b"""<p>IX Meeting (Headquarters, December 12-13, 2016)</p>
        <p>Technical Meeting (Lima, May 3, 2017) <a href="lima.pdf">Recommendations</a></p>"""
    assert [listed.addresses for listed in read_portal(page, ADDRESS).meetings] == [()]


GROUP = re.compile("Group on Cybercrime")
OURS = '<li>IX Meeting of the Group on Cybercrime (Lima, May 2, 2016) <a href="ix.pdf">Recommendations</a>'


@pytest.mark.parametrize(
    "entry",
    [
        "IV Meeting of Ministers of Justice (Trinidad and Tobago, March 10-13, 2002)",
        "XII Meeting of Ministers of Justice (Washington, D.C., May 19-20, 2025)",
        "X Meeting (OAS Headquarters, December 2016)",
        "XI Meeting (Lima, dates to be confirmed)",
        "Technical Meeting (Lima, May 2017)",
        "Eighth Meeting",
    ],
)
def test_the_link_of_a_text_that_is_no_entry_of_ours_is_told_and_given_to_nobody(entry: str) -> None:
    page = f'{OURS} <li>{entry} <a href="other.pdf">Recommendations</a>'
    listing = read_portal(page.encode(), ADDRESS, GROUP)
    assert [(each.ordinal, len(each.addresses)) for each in listing.meetings] == [(9, 1)]
    (loose,) = listing.loose
    assert loose.address.endswith("/other.pdf")
    assert loose.after.endswith(f"{entry} Recommendations")
    assert loose.after.startswith(("IX Meeting of", "… "))


@pytest.mark.parametrize(
    "page",
    [
        """<table><tr><td><a href="x.pdf">Recommendations</a></td><td>X Meeting (virtual, April 28-29, 2022)</td></tr>
        <tr><td><a href="i.pdf">Recommendations</a></td><td>I Meeting (Headquarters, May 12, 1999)</td></tr></table>""",
        """<ul><li><a href="x.pdf">Recommendations</a> of the X Meeting (virtual, April 28-29, 2022)
        <li><a href="i.pdf">Recommendations</a> of the I Meeting (Headquarters, May 12, 1999)</ul>""",
        """<a href="x.pdf">Recommendations of the X Meeting (virtual, April 28-29, 2022)</a><br>
        <a href="i.pdf">Recommendations of the I Meeting (Headquarters, May 12, 1999)</a>""",
        """X Meeting (virtual, April 28-29, 2022) <a href="x.pdf">Recommendations of the X Meeting</a><br>
        I Meeting (Headquarters, May 12, 1999) <a href="i.pdf">Recommendations of the I Meeting (PDF)</a>""",
    ],
)
def test_a_link_may_stand_before_its_meeting_or_name_it_again(page: str) -> None:
    listing = read_portal(page.encode(), "http://p/")
    assert [(each.ordinal, each.addresses) for each in listing.meetings] == [
        (10, ("http://p/x.pdf",)),
        (1, ("http://p/i.pdf",)),
    ]
    assert listing.loose == ()


def test_a_link_before_all_meetings_is_told() -> None:
    page = '<a href="all.pdf">All recommendations</a><p>X Meeting (virtual, April 28-29, 2022)</p>'
    (loose,) = read_portal(page.encode(), ADDRESS).loose
    assert loose.after == "All recommendations"


def test_an_entry_that_stands_twice_is_listed_once() -> None:
    entry = b'<p>IX Meeting (Headquarters, December 12-13, 2016) <a href="%s.pdf">Recommendations</a></p>'
    listed = read_portal(entry % b"a" + entry % b"a" + entry % b"b", ADDRESS)
    assert [len(each.addresses) for each in listed.meetings] == [2]


def test_links_in_the_foot_of_the_page_belong_to_nobody() -> None:
    foot = (
        b"<p>" + b"About the portal, its partners and their work. " * 20 + b'<a href="all.pdf">Recommendations</a></p>'
    )
    assert read_portal(MARK_UPS["a list"].encode() + foot, ADDRESS).meetings == (TENTH, FIRST)


@pytest.mark.parametrize("declared", ["undefined", "hex", "idna", "no-such-thing"])
def test_a_declared_encoding_that_is_none_is_not_believed(declared: str) -> None:
    page = f'<meta charset="{declared}">' + MARK_UPS["a list"]
    assert read_portal(page.encode(), ADDRESS).meetings == (TENTH, FIRST)


def test_days_that_are_none_make_no_meeting() -> None:
    assert read_portal(b"<p>IX Meeting (Lima, February 30-31, 2016)</p>", ADDRESS).meetings == ()


@given(st.binary())
def test_any_bytes_give_a_list(page: bytes) -> None:
    assert isinstance(read_portal(page, ADDRESS), Listing)


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("IX", 9),
        ("Ninth", 9),
        ("Novena", 9),
        ("NONA", 9),
        ("Neuvième", 9),
        ("9th", 9),
        ("9.ª", 9),
        ("IV", 4),
        ("Fourth", 4),
        ("Cuarta", 4),
        ("Quarta", 4),
        ("Quatrième", 4),
        ("Décima", 10),
        ("Décima Primera", 11),
        ("DÉCIMO PRIMERA", 11),
        ("decimoprimera", 11),
        ("11va", 11),
        ("décima segunda", 12),
        ("Décima Oitava", 18),
        ("Decimoctava", 18),
        ("dix-septième", 17),
        ("Twenty-first", 21),
        ("twenty second", 22),
        ("Vigésimo\u2013tercera", 23),
        ("vingt et unième", 21),
        ("soixante-douzième", 72),
        ("quatre-vingt-dix-neuvième", 99),
        ("quatre-vingtième", 80),
        ("ninety-ninth", 99),
        ("Quincuagésima", 50),
        ("décima undécima", None),
        ("twenty", None),
        ("XIV", 14),
        ("XL", 40),
        ("IIX", None),
        ("ix", None),
        ("", None),
        ("Meeting", None),
    ],
)
def test_an_ordinal_is_read_in_four_languages(printed: str, number: int | None) -> None:
    assert ordinal(printed) == number
