"""Serializer of the model's values into the schemas of version 1."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indexer import model
from indexer.analysis.fields import FIELDS
from indexer.model import Body, Item, Meeting, Version, Window, json
from search_app.api import schemas
from search_app.api.display_names import DisplayNames
from search_app.api.hit_cache import EncodedVersion, Texts, describe_version, spots_of, text_of
from search_app.present import labels
from search_app.present.highlight import pieces
from search_app.present.notes import note_of
from search_app.present.search import Answer
from search_app.request.locale import message_parts, message_remedy, message_sentence, message_text, say
from search_app.request.urls import Links


@dataclass(frozen=True, slots=True)
class Serializer:
    """Serializer for one request.

    Attributes:
        names: the display names in the language of the request.
        links: the maker of whole addresses.
        texts: the cache of encoded versions, shared by all requests.
    """

    names: DisplayNames
    links: Links
    texts: Texts

    def search(self, answer: Answer) -> schemas.Search:
        """The results of a search."""
        query, results = answer.query, answer.results

        def page(number: int) -> str:
            return self.links.api_search(query, number, query.limit)

        better = results.did_you_mean
        return schemas.Search(
            question=query.text,
            chosen={each.field: each.value for each in reversed(query.chosen)},
            choices={field: own for field in FIELDS if (own := answer.choices_in(field))},
            match=query.match,
            sort=query.sort,
            equivalents=query.equivalents,
            understood=results.understood,
            notes=tuple(map(note_of, results.notes)),
            also=results.also,
            translations=results.translations,
            did_you_mean=schemas.Suggestion(better, self.links.reword(query, better)) if better else None,
            total=results.total,
            page=answer.page,
            pages=answer.full_pages,
            size=query.limit,
            hits=self._hits(results.hits, query),
            partial=self._hits(results.partial, query),
            facets=tuple(map(self._facet, results.facets)),
            link=self.links.search(query, answer.page),
            # From a page beyond the last, the way back leads to the last page that has results.
            next=page(answer.page + 1) if answer.page < answer.full_pages else None,
            previous=page(min(answer.page - 1, answer.full_pages)) if answer.page > 1 and answer.full_pages else None,
            cited=self._hits(results.cited, query),
            cited_document=answer.symbol or None,
            partial_total=results.partial_total,
            partial_next=page(answer.next_partial) if answer.next_partial else None,
        )

    def _facet(self, facet: model.Facet) -> schemas.Facet:
        names = self.names.values(facet.field)
        values = [
            schemas.FacetValue(each.value, names[each.value], each.count, each.value in facet.chosen)
            for each in facet.counts
        ]
        return schemas.Facet(facet.field, self.names.field(facet.field), tuple(values))

    def _hits(self, hits: Iterable[model.Hit], query: model.Query) -> tuple[schemas.Hit, ...]:
        """The hits: the cached JSON of each text, extended by the fields that depend on the query."""
        # The addresses of all hits end in the same words of the query: these are quoted once for a page of results.
        asking = self.links.asking(query.text)
        hit_objects = []
        for hit in hits:
            text = text_of(hit.item, hit.version, self.names, self.texts)
            fields = {
                "languages": hit.languages,
                "highlights": [*_highlights(hit, text)],
                "lacking": hit.lacking,
                "score": hit.score,
                "explained": hit.explained,
                "link": f"{text.page}{asking}{text.opened}",
                "pdf": text.pdf,
            }
            hit_objects.append(json.extend_object(text.json, fields))
        return tuple(hit_objects)

    def item(self, item: Item) -> schemas.Item:
        """An item in all its languages."""
        return schemas.Item(
            id=item.id,
            title=self.names.title(item),
            number=labels.number_of(item),
            kind=item.kind,
            role=item.role,
            path=item.path,
            order=item.order,
            numbered=item.numbered,
            meeting=self.names.meeting(self.names.coverage.meeting_of(item)),
            versions=tuple(self._version(item, version) for version in item.versions),
            permanent=self.links.permanent(item),
            api=self.links.api("item", id=item.id),
            values=dict(item.values),
        )

    def _version(self, item: Item, version: Version) -> schemas.Version:
        return describe_version(
            schemas.Version,
            item,
            version,
            self.names,
            spots=spots_of(item, version, self.names),
            pdf=self.links.version(item, version),
        )

    def meeting(self, meeting: Meeting, items: Iterable[Item]) -> schemas.Meeting:
        """A meeting with its items."""
        held_by = say(meeting.held_by)
        return schemas.Meeting(
            meeting=self.names.meeting(meeting),
            ordinal=meeting.ordinal,
            year=meeting.year,
            held_by=held_by.text if held_by else None,
            documents=tuple(map(self._document, self.names.coverage.entries_of(meeting))),
            items=tuple(map(self._entry, items)),
        )

    def _document(self, entry: model.Entry) -> schemas.Document:
        return schemas.Document(
            language=entry.language,
            role=entry.role,
            state=entry.state,
            symbol=entry.symbol,
            revision=entry.revision,
            file=entry.file,
            sha256=entry.sha256,
            pages=entry.pages,
            pages_without_text=entry.pages_without_text,
            page_labels=dict(entry.page_labels),
            passages=dict(entry.passages),
            strategy=entry.strategy,
            warnings=tuple(_caution(each, entry) for each in entry.warnings),
            reason=message_text(entry.reason) if entry.reason else None,
            cause=note_of(entry.reason) if entry.reason else None,
            pdf=entry.file and self.links.pdf(entry.body, entry.file),
        )

    def _entry(self, item: Item) -> schemas.Entry:
        return schemas.Entry(
            id=item.id,
            title=self.names.title(item),
            kind=item.kind,
            languages=tuple(version.language for version in item.versions),
            permanent=self.links.permanent(item),
            api=self.links.api("item", id=item.id),
        )

    def body_name(self, body: Body) -> schemas.BodyName:
        """The name of a body, and the address of the answer about it."""
        return schemas.BodyName(
            body.id, labels.body_name(body).text, body.fictional, self.links.api("body", body=body.id)
        )

    def body(self, body: Body) -> schemas.Body:
        """A body with its meetings."""
        meetings = self.names.coverage.meetings_of(body.id)
        return schemas.Body(
            body=self.body_name(body),
            languages=body.languages,
            homepage=body.homepage,
            portal=dict(body.portal),
            coverage=self.names.coverage_of(self.names.coverage.reach(meetings)),
            meetings=tuple(map(self.names.meeting, meetings)),
        )


def _caution(caution: model.Caution, entry: model.Entry) -> schemas.Caution:
    return schemas.Caution(
        code=caution.code,
        message=message_sentence(caution.message),
        page=caution.page,
        page_label=entry.page_label(caution.page),
        parts=message_parts(caution.message),
        remedy=message_remedy(caution.message),
    )


def _highlights(hit: model.Hit, text: EncodedVersion) -> Iterator[schemas.Highlight]:
    for window in hit.snippet:
        # A text in one place has all its windows there: nothing is to be compared.
        spots = text.spots if len(text.spots) == 1 else _among(text.spots, window)
        shown = pieces(hit.version.text, window.marks, window.start, window.end)
        yield schemas.Highlight(window.start, window.end, shown, spots)


def _among(spots: tuple[schemas.Spot, ...], window: Window) -> tuple[schemas.Spot, ...]:
    """The spots that a window of the text overlaps."""
    # A spot says only where its part of the text begins: the part ends where the next begins.
    ends = (*(spot.start for spot in spots[1:]), window.end)
    return tuple(
        spot for spot, end in zip(spots, ends, strict=True) if max(spot.start, window.start) < min(end, window.end)
    )
