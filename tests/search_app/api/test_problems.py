"""Problems speak the language asked for, with the code and the parts of what is the matter."""

import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from search_app.web.error_pages import NotThere
from search_app.web.problem_json import answer_with

EN = "Give the code of one language, as in lang:es; for several write (lang:es OR lang:en)."
ES = "Indique el código de un solo idioma, como en idioma:es; para varios escriba (idioma:es OR idioma:en)."


def problem(client: FlaskClient, address: str, status: int, **headers: str) -> dict[str, Any]:
    response = client.get(f"/api/v1{address}", headers={name.replace("_", "-"): each for name, each in headers.items()})
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    found: dict[str, Any] = response.get_json(force=True)
    return found


def test_a_filter_that_cannot_be_read_has_one_remedy_in_the_reader_s_language(client: FlaskClient) -> None:
    english = problem(client, "/search?q=lang:español", 400)
    assert EN in english["remedy"]
    assert english["remedy"] in english["detail"]
    spanish = problem(client, "/search?q=lang:español&ui=es", 400)
    assert ES in spanish["remedy"]
    assert spanish["title"] == "No se pudo entender la búsqueda"
    assert (spanish["code"], spanish["cause"]["code"]) == (english["code"], english["cause"]["code"])
    assert ES in client.get("/search?q=lang:español&ui=es").text
    assert EN in client.get("/search?q=lang:español&ui=en").text


@pytest.mark.parametrize(
    ("address", "status", "cause", "detail"),
    [
        ("/item/sample/IX/99", 404, "no-such-item", "No existe el texto «sample/IX/99»."),
        ("/meeting/sample/XL", 404, "no-such-meeting", "No existe la reunión «sample/XL»."),
        ("/body/none", 404, "no-such-body", "No existe el organismo «none»."),
        ("/nothing", 404, "no-such-address", "No se encontró nada en esta dirección. Compruebe la dirección."),
        ("/search?page=x", 400, "no-number", "«page» no puede ser «x». Indique un número de 1 a 100000."),
        ("/search?sort=x", 400, "no-choice", "«sort» no puede ser «x». Indique uno de relevance, "),
        ("/search?x=y", 400, "no-such-parameter", "Aquí no existe el parámetro «x»."),
        ("/search?page=1&page=2", 400, "given-twice", "«page» se dio más de una vez. Indíquelo una sola vez."),
        (
            "/export?generation=zz",
            400,
            "wrong-form",
            "«generation» no puede ser «zz». Escríbalo como en ",
        ),
        ("/export?generation=ff", 410, "other-generation", "Ya no se sirve la generación ff, sino la "),
        ("/changes?after=9.9.00000000", 410, "no-such-place", "No existe el lugar «9.9.00000000» en el registro"),
    ],
)
def test_a_problem_says_what_is_the_matter_in_the_language_asked_for(
    client: FlaskClient, address: str, status: int, cause: str, detail: str
) -> None:
    both = "&" if "?" in address else "?"
    found = problem(client, f"{address}{both}ui=es", status)
    assert found["detail"].startswith(detail)
    assert (found["cause"]["code"], found["cause"]["message"] in found["detail"]) == (cause, True)


@pytest.mark.parametrize(
    ("address", "status", "remedy"),
    [
        ("/search?sort=foo", 400, "Give one of relevance, date, oldest, document."),
        ("/search?size=0", 400, "Give a number from 1 to 100."),
        ("/search?page=abc", 400, "Give a number from 1 to 100000."),
        ("/search?srot=date", 400, "Did you mean “sort”?"),
        ("/search?langs=es", 400, "Did you mean “lang”?"),
        ("/search?year-from=2003", 400, "Give a range as one value, as in year=2006..2016."),
        ("/search?year-to=x", 400, "Give a range as one value, as in year=2006..2016."),
        ("/export?year-to=2003", 400, "Give one of page, size, generation, ui."),
        ("/status?foo=1", 400, "Give one of ui."),
        ("/search?q=a&q=b", 400, "Give it once."),
        ("/search?year=x", 400, "Write it as in 2006..2016."),
        ("/search?body=", 400, "Give 1 to 200 characters."),
        ("/item/sample/IX/99", 404, "Search for it, or take its id from the export."),
        ("/meeting/sample/XL", 404, "Take its id from the meetings of its body."),
        ("/body/none", 404, "Take its id from the bodies of the status."),
    ],
)
def test_a_problem_of_a_request_has_a_remedy(client: FlaskClient, address: str, status: int, remedy: str) -> None:
    found = problem(client, address, status)
    assert found["remedy"] == remedy
    assert found["detail"].endswith(f" {remedy}")
    both = "&" if "?" in address else "?"
    assert problem(client, f"{address}{both}ui=es", status)["remedy"] not in ("", remedy)


@pytest.mark.parametrize("address", ["/nothing", "/item/sample/IX/99", "/search?page=x"])
def test_the_browser_s_language_changes_no_problem(client: FlaskClient, address: str) -> None:
    status = 400 if "?" in address else 404
    assert problem(client, address, status, Accept_Language="es") == problem(client, address, status)


def test_a_method_that_an_address_does_not_take_is_named_with_those_that_it_takes(client: FlaskClient) -> None:
    found = client.post("/api/v1/search").get_json(force=True)
    assert found["detail"] == "This address cannot be asked with POST. Ask it with GET, HEAD, OPTIONS."
    spanish = client.post("/api/v1/search?ui=es").get_json(force=True)
    assert spanish["detail"] == "Esta dirección no admite POST. Use GET, HEAD, OPTIONS."


def test_another_refusal_of_http_is_a_problem_with_its_number(client: FlaskClient) -> None:
    headers = {"Accept": "application/json", "Range": "bytes=99999999-"}
    address = "/pdf/sample/IX-recommendations-en.pdf"
    found = client.get(f"{address}?ui=en", headers=headers).get_json(force=True)
    assert found["detail"] == "The request cannot be answered (HTTP 416). Check the address."
    spanish = client.get(f"{address}?ui=es", headers=headers).get_json(force=True)
    assert spanish["detail"] == "No se puede responder a la solicitud (HTTP 416). Compruebe la dirección."


def test_a_document_that_has_gone_is_a_problem_with_a_remedy(app: Flask) -> None:
    with app.test_request_context("/pdf/x?ui=es"):
        app.preprocess_request()
        found = json.loads(answer_with(NotThere("x.pdf"), 404).data)
    assert found["code"] == "not-found"
    assert found["remedy"].startswith("Quienes administran este servicio pueden devolverlo a su lugar")
    assert str(NotThere("x.pdf")).endswith("Those who run this service can put it back, or run `indexer build`.")
