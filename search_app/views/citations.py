"""Citations of one text as files, and unAPI, by which citation managers ask for them."""

from xml.etree import ElementTree as ET

from flask import Blueprint, abort
from werkzeug.wrappers import Response

from indexer.model import Item, Version, message
from search_app.present.citation.formats import FORMATS
from search_app.request.parameters import BadParameter, Parameter
from search_app.web.caching import keep
from search_app.web.context import parameters, read_checked
from search_app.web.items import cited_state, find_item, record_of

blueprint = Blueprint("citations", __name__)

OF_ONE = ("bib", "ris", "json")
"""The formats of one citation, as suffixes of files."""

_LANGUAGE = Parameter("lang", "The language to cite the text in.", {"type": "string", "maxLength": 20})
_UNAPI = {"bibtex": "bib", "ris": "ris"}
"""The formats that unAPI offers. BibTeX is first: there an institution with a comma is one name as well."""

keep(blueprint, cited_state)


@blueprint.get("/cite/<form>/<path:id>")
def cite(form: str, id: str) -> Response:
    """The citation of an item in a format and a language."""
    item = find_item(id)
    if form not in OF_ONE:
        abort(404)
    version = _version(item, read_checked((_LANGUAGE,)).get("lang"))
    return _file(item, version, form)


def _version(item: Item, language: str | None) -> Version:
    """The version of an item in a language; the first where none is asked for.

    Raises:
        BadParameter: there is none in that language.
    """
    there = {version.language: version for version in item.versions}
    if language and language not in there:
        raise BadParameter("lang", message("no-choice", "lang", ", ".join(there), language), language)
    return there[language] if language else item.versions[0]


def _file(item: Item, version: Version, form: str) -> Response:
    written = FORMATS[form]
    name = f"{item.id.replace('/', '-')}-{version.language}.{form}"
    response = Response(b"".join(written.write([record_of(item, version)])), mimetype=written.media_type)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


@blueprint.get("/unapi")
def unapi() -> Response:
    """The formats of citations, or one citation, as unAPI 1 asks."""
    asked, form = parameters().get("id", ""), parameters().get("format", "")
    item = find_item(asked) if asked or form else None
    if item and form:
        return _file(item, item.versions[0], _UNAPI[form]) if form in _UNAPI else abort(406)
    listed = ET.Element("formats", {"id": asked} if item else {})
    for name, suffix in _UNAPI.items():
        ET.SubElement(listed, "format", name=name, type=FORMATS[suffix].media_type)
    # Clients take another status than 200, which unAPI advises for the formats of one item, for an error.
    return Response(ET.tostring(listed, encoding="utf-8"), mimetype="application/xml")
