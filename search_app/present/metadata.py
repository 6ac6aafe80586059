"""Metadata of pages for other programs: JSON-LD of schema.org and tags for citation managers."""

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from indexer.model import Body, Item, Meeting, Version, json
from search_app.present import labels
from search_app.request.locale import gettext, say
from search_app.request.urls import Links

JsonLd = dict[str, Any]

_SCHEMA = "https://schema.org"


def script_text(value: JsonLd) -> Markup:
    """A value as JSON that can stand in a script element: nothing in it can end the element."""
    return Markup(json.encode(value).decode().replace("<", "\\u003c"))  # noqa: S704 - it holds no markup now


def of_site(links: Links) -> JsonLd:
    """JSON-LD of the service."""
    target = links.whole.template("pages.search").replace("{searchTerms}", "{q}")
    action = {"@type": "SearchAction", "target": target, "query-input": "required name=q"}
    return {
        "@context": _SCHEMA,
        "@type": "WebSite",
        "name": gettext("Recommendation search"),
        "url": links.whole.home(),
        "potentialAction": action,
    }


def of_meeting(links: Links, meeting: Meeting, body: Body) -> JsonLd:
    """JSON-LD of a meeting."""
    venue = say(meeting.venue)
    return {"@context": _SCHEMA} | _without_empty(
        {
            "@type": "Event",
            "name": labels.meeting_name(meeting).text,
            "url": links.whole.meeting(meeting),
            "startDate": meeting.first_day and meeting.first_day.isoformat(),
            "endDate": meeting.last_day and meeting.last_day.isoformat(),
            "location": venue and {"@type": "Place", "name": venue.text},
            "organizer": _organization(body),
            "sameAs": meeting.page,
        }
    )


def of_item(links: Links, item: Item, meeting: Meeting, body: Body) -> JsonLd:
    """JSON-LD of an item: its first version, and the others as translations of the same work."""
    first, *others = (_version(links, item, version, meeting, body) for version in item.versions)
    identifier = {"@type": "PropertyValue", "propertyID": "recommendation", "value": item.id}
    whole = {"@context": _SCHEMA, **first, "@id": links.permanent(item), "url": links.permanent(item)}
    whole |= {"identifier": identifier, "recordedAt": of_meeting(links, meeting, body)}
    return whole | ({"workTranslation": others} if others else {})


def _version(links: Links, item: Item, version: Version, meeting: Meeting, body: Body) -> JsonLd:
    return _without_empty(
        {
            "@type": "Report",
            "name": f"{labels.title_of(item)}, {labels.meeting_name(meeting).text}",
            "text": version.text,
            "inLanguage": version.language,
            "datePublished": meeting.last_day and meeting.last_day.isoformat(),
            "author": _organization(body),
            "publisher": _organization(body),
            "reportNumber": version.symbol,
            "creativeWorkStatus": "Invented sample" if body.fictional else None,
            "encoding": {
                "@type": "MediaObject",
                "contentUrl": links.whole.version(item, version),
                "encodingFormat": "application/pdf",
                "sha256": version.sha256,
            },
        }
    )


def _organization(body: Body) -> JsonLd:
    return _without_empty({"@type": "Organization", "name": labels.body_name(body).text, "url": body.homepage})


def _without_empty(value: JsonLd) -> JsonLd:
    return {name: each for name, each in value.items() if each}


def citation(links: Links, item: Item, meeting: Meeting, body: Body) -> Iterator[tuple[str, str]]:
    """The names and values that Google Scholar and Zotero read, for the first version."""
    version = item.versions[0]
    yield "citation_title", f"{labels.title_of(item)}, {labels.meeting_name(meeting).text}"
    # No author: readers of these fields cut each into first and last names, and know an institution as such alone.
    yield "citation_technical_report_institution", labels.body_name(body).text
    if version.symbol:
        yield "citation_technical_report_number", version.symbol
    if day := meeting.last_day or meeting.first_day:
        yield "citation_publication_date", day.strftime("%Y/%m/%d")
    yield "citation_language", version.language
    yield "citation_abstract", version.text
    yield "citation_public_url", links.permanent(item)
    # Harvesters fetch the file: the fragment, which opens a page, is for viewers.
    yield "citation_pdf_url", links.whole.version(item, version).partition("#")[0]
