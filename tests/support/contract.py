"""Promises of version 1 of the interface, as recorded, and answers checked against its document.

``python -m tests.support.contract`` records what has been added. It never takes anything away: that would be version 2.
"""

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
from flask.testing import FlaskClient

from search_app.api.openapi import document
from search_app.web.problem_json import TITLES

Json = dict[str, Any]

RECORDED = Path(__file__).with_name("api-v1.json")


def promised() -> Json:
    """The fields by form, the parameters by operation, and the codes of problems, as the document tells them."""
    told = document("https://search.example.org", {})
    gets = {path: item["get"] for path, item in told["paths"].items()}
    return {
        "forms": {name: _plain(form.get("properties", form)) for name, form in told["components"]["schemas"].items()},
        "parameters": {
            path: {each["name"]: _plain(_one_value(each)) for each in get["parameters"]} for path, get in gets.items()
        },
        "answers": {path: get["responses"]["200"]["content"] for path, get in gets.items()},
        "problems": sorted(TITLES),
    }


def _one_value(parameter: Json) -> Json:
    """The schema of one value of a parameter; what can be repeated takes one value as before."""
    schema: Json = parameter["schema"]
    return {**schema["items"], "repeated": parameter["explode"]} if schema.get("type") == "array" else schema


def _plain(schema: Any) -> Any:
    """A schema without what only explains it."""
    if isinstance(schema, dict):
        explains = ("description", "title", "examples", "default")
        return {key: _plain(value) for key, value in schema.items() if key not in explains}
    return [_plain(each) for each in schema] if isinstance(schema, list) else schema


def lost(recorded: Any, present: Any, place: str = "") -> list[str]:
    """Places where something recorded is gone or is otherwise; a list may have grown."""
    if isinstance(recorded, dict) and isinstance(present, dict):
        return [
            each
            for key, value in recorded.items()
            for each in (lost(value, present[key], f"{place}/{key}") if key in present else [f"{place}/{key}"])
        ]
    if isinstance(recorded, list) and isinstance(present, list):
        # What stands in a list may have grown as well: the choices of one of several forms.
        return [f"{place}/{each}" for each in recorded if all(lost(each, other) for other in present)]
    return [] if recorded == present else [place or "/"]


def answer(client: FlaskClient, address: str, status: int = 200) -> Json:
    """The answer at an address of the interface, found to be as its document says."""
    response = client.get(f"/api/v1{address}")
    assert response.status_code == status, response.text
    told: Json = client.get("/api/v1/openapi.json").get_json()
    first = address.strip("/").partition("?")[0].partition("/")[0]
    get = next((item["get"] for path, item in told["paths"].items() if path.split("/")[1] == first), None)
    form: Json = {"$ref": "#/components/schemas/Problem"}
    if status == 200:
        assert get, f"{address} is not documented"
        form = get["responses"]["200"]["content"][response.mimetype]["schema"]
    else:
        assert response.mimetype == "application/problem+json"
        assert get is None or str(status) in get["responses"], f"{status} is not documented for {address}"
    found: Json = response.get_json(force=True)
    jsonschema_rs.validator_for({**form, "components": told["components"]}, validate_formats=True).validate(found)
    return found


def data(client: FlaskClient, address: str) -> Json:
    """The data of that answer."""
    found: Json = answer(client, address)["data"]
    return found


def main() -> None:
    """Record what has been added."""
    present = promised()
    recorded = json.loads(RECORDED.read_text("utf-8")) if RECORDED.exists() else {}
    if gone := lost(recorded, present):
        raise SystemExit(f"Version 1 promises what is no longer there: {', '.join(gone)}")
    RECORDED.write_text(json.dumps(present, indent=1, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
