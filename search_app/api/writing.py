"""Values of the model in the forms of version 1."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from indexer import model
from indexer.model import Body, Item, Meeting, Place, Version, Window
from search_app import labels
from search_app.api import forms
from search_app.api.names import Names
from search_app.languages import say
from search_app.links import Links
from search_app.marks import pieces
from search_app.search import Answer
from search_app.templating import note_text


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes for one request. ``words`` are those of the question, which links carry along."""

    names: Names
    links: Links
    words: str = ""

    def search(self, answer: Answer) -> forms.Search:
        """The results of a question."""
        question, results = answer.question, answer.results

        def page(number: int) -> str:
            return self.links.api_search(question, number, question.limit)

        better = results.did_you_mean
        return forms.Search(
            question=question.text,
            chosen={each.field: each.value for each in question.chosen},
            match=question.match,
            sort=question.sort,
            equivalents=question.equivalents,
            understood=results.understood,
            notes=tuple(replace(note, message=note_text(note)) for note in answer.results.notes),
            also=results.also,
            did_you_mean=forms.Suggestion(better, self.links.reword(question, better)) if better else None,
            total=results.total,
            page=answer.page,
            pages=answer.pages,
            size=question.limit,
            hits=tuple(map(self.hit, results.hits)),
            partial=() if results.total else tuple(map(self.hit, results.partial)),
            facets=tuple(self._facet(facet, answer) for facet in results.facets),
            link=self.links.search(question, answer.page),
            next=page(answer.page + 1) if answer.page < answer.pages else None,
            previous=page(min(answer.page - 1, answer.pages)) if answer.page > 1 and answer.pages else None,
        )

    def _facet(self, facet: model.Facet, answer: Answer) -> forms.Facet:
        chosen = answer.chosen(facet.field)
        values = (
            forms.FacetValue(
                each.value,
                self.names.value(facet.field, each.value),
                each.count,
                each.value == chosen,
            )
            for each in facet.counts
        )
        return forms.Facet(facet.field, self.names.field(facet.field), tuple(values))

    def hit(self, hit: model.Hit) -> forms.Hit:
        """An item found."""
        item, version, links = hit.item, hit.version, self.links
        title = self.names.title(item)
        return forms.Hit(
            id=item.id,
            title=title,
            number=labels.number_of(item),
            kind=item.kind,
            meeting=self.names.meeting(self.names.holdings.meeting_of(item)),
            language=version.language,
            languages=hit.languages,
            heading=version.heading,
            text=version.text,
            highlights=tuple(self._highlights(item, version, hit.snippet)),
            lacking=hit.lacking,
            score=hit.score,
            explained=hit.explained,
            symbol=version.symbol,
            file=version.file,
            sha256=version.sha256,
            page=version.page,
            confidence=version.confidence,
            citation=self.names.citation(item, version, title),
            link=links.item(item, self.words, version.language),
            permanent=links.permanent(item),
            pdf=links.version(item, version, self.words),
            official=_official(version),
            api=links.api("item", id=item.id),
        )

    def _highlights(self, item: Item, version: Version, windows: tuple[Window, ...]) -> Iterator[forms.Highlight]:
        spots = self._spots(item, version)
        for window in windows:
            shown = pieces(version.text, window.marks, window.start, window.end)
            own = spots if len(spots) == 1 else _among(spots, window)
            yield forms.Highlight(window.start, window.end, shown, own)

    def _spots(self, item: Item, version: Version) -> tuple[forms.Spot, ...]:
        return tuple(self._spot(item, version, place) for place in version.places)

    def _spot(self, item: Item, version: Version, place: Place) -> forms.Spot:
        box = place.box
        pdf = self.links.pdf(item.body, version.file, place.page, self.words, place)
        return forms.Spot(place.start, place.page, box.x0, box.top, box.x1, box.bottom, pdf)

    def item(self, item: Item) -> forms.Item:
        """An item in all its languages."""
        return forms.Item(
            id=item.id,
            title=self.names.title(item),
            number=labels.number_of(item),
            kind=item.kind,
            role=item.role,
            path=item.path,
            order=item.order,
            numbered=item.numbered,
            meeting=self.names.meeting(self.names.holdings.meeting_of(item)),
            versions=tuple(self._version(item, version) for version in item.versions),
            permanent=self.links.permanent(item),
            api=self.links.api("item", id=item.id),
        )

    def _version(self, item: Item, version: Version) -> forms.Version:
        return forms.Version(
            language=version.language,
            heading=version.heading,
            text=version.text,
            symbol=version.symbol,
            file=version.file,
            sha256=version.sha256,
            page=version.page,
            confidence=version.confidence,
            spots=self._spots(item, version),
            citation=self.names.citation(item, version, self.names.title(item)),
            pdf=self.links.version(item, version),
            official=_official(version),
        )

    def meeting(self, meeting: Meeting, items: Iterable[Item]) -> forms.Meeting:
        """A meeting with its items."""
        held_by = say(meeting.held_by)
        return forms.Meeting(
            meeting=self.names.meeting(meeting),
            ordinal=meeting.ordinal,
            year=meeting.year,
            held_by=held_by.text if held_by else None,
            documents=tuple(map(self._document, self.names.holdings.entries_of(meeting))),
            items=tuple(map(self._entry, items)),
        )

    def _document(self, entry: model.Entry) -> forms.Document:
        return forms.Document(
            language=entry.language,
            role=entry.role,
            state=entry.state,
            symbol=entry.symbol,
            revision=entry.revision,
            file=entry.file,
            sha256=entry.sha256,
            pages=entry.pages,
            pages_without_text=entry.pages_without_text,
            passages=dict(entry.passages),
            strategy=entry.strategy,
            warnings=entry.warnings,
            reason=entry.reason,
            pdf=entry.file and self.links.pdf(entry.body, entry.file),
        )

    def _entry(self, item: Item) -> forms.Entry:
        return forms.Entry(
            id=item.id,
            title=self.names.title(item),
            kind=item.kind,
            languages=tuple(version.language for version in item.versions),
            permanent=self.links.permanent(item),
            api=self.links.api("item", id=item.id),
        )

    def body_name(self, body: Body) -> forms.BodyName:
        """A body, named."""
        return forms.BodyName(
            body.id, labels.body_name(body).text, body.fictional, self.links.api("body", body=body.id)
        )

    def body(self, body: Body) -> forms.Body:
        """A body with its meetings."""
        meetings = self.names.holdings.meetings_of(body.id)
        return forms.Body(
            body=self.body_name(body),
            languages=body.languages,
            homepage=body.homepage,
            portal=dict(body.portal),
            coverage=self.names.coverage_of(self.names.holdings.reach(meetings)),
            meetings=tuple(map(self.names.meeting, meetings)),
        )


def _among(spots: tuple[forms.Spot, ...], window: Window) -> tuple[forms.Spot, ...]:
    """The spots at which a window of the text stands."""
    ends = (*(spot.start for spot in spots[1:]), window.end)
    return tuple(
        spot for spot, end in zip(spots, ends, strict=True) if max(spot.start, window.start) < min(end, window.end)
    )


def _official(version: Version) -> str | None:
    return f"{version.url}#page={version.page}" if version.url else None
