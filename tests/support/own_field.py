"""A program that adds a row to the table of fields before all else, and tells where the field then is.

Called with the folder of an index to make. It writes JSON: what each part of the program knows of the field.
"""

import json
import re
import sys
from pathlib import Path
from typing import cast

from indexer.analysis import fields

ROW = fields.Field(
    name="initial",
    names={"es": ("letra",)},
    label="First letter",
    choice="Only texts that begin with this letter.",
    finds="that begin with this letter",
    example="t",
    pattern=re.compile(r"[A-Za-z]"),
    values=lambda _item, version, _meeting: (version.text[0].lower(),),
    per_version=True,
)
cast("dict[str, fields.Field]", fields.FIELDS)[ROW.name] = ROW


def main(folder: Path) -> None:
    # After the row was added, as most of the program is made of the rows when it is loaded.
    from indexer.engines.whoosh import WhooshEngine
    from indexer.generations import Reader
    from indexer.query.parser import parse, render
    from search_app import create_app
    from search_app.web.settings import Settings
    from tests.support.library import shelf
    from tests.support.visitor import visitor

    reader = Reader(shelf(folder, WhooshEngine()))
    client = visitor(create_app(Settings(), reader))
    found = client.get("/api/v1/search?initial=t&initial=q").get_json()["data"]
    told = client.get("/api/v1/openapi.json").get_json()["paths"]["/search"]["get"]["parameters"]
    (remedy,) = [client.get("/api/v1/search?q=initial:33").get_json()["remedy"]]
    known = {
        "typed": render(parse('letra:T -LETRA:"q" initial:q').tree),
        "remedy": remedy,
        "facet": {
            each["value"]: each["count"]
            for facet in found["facets"]
            for each in facet["values"]
            if facet["field"] == "initial"
        },
        "facet title": [facet["name"] for facet in found["facets"] if facet["field"] == "initial"],
        "chosen": found["choices"],
        "total": found["total"],
        "parameter": [each["schema"]["type"] for each in told if each["name"] == "initial"],
        "page": "facet-initial" in client.get("/search").text,
        "help": all(each in client.get("/help?ui=es").text for each in ("letra:t", "that begin with this letter")),
        "limit": "data-limit" in client.get("/embed?initial=t").text.split("name=&#34;initial&#34;")[1][:40],
        "builder": '<input type="checkbox" name="initial" value="t">' in client.get("/embed").text,
        "fragment": client.get("/embed/v1/fragment?q=&initial=x").text.count("rs-hit"),
    }
    reader.close()
    print(json.dumps(known))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
