#!/usr/bin/env bash
# feedparser takes the link of a deleted entry for the link of the feed, and keeps one deleted entry of many.
#
# RFC 6721 allows links and a source in at:deleted-entry. feedparser knows no such element and reads what stands in it as
# the feed's own: the address of the feed becomes that of the removed text where this comes after the link of the feed.
# Of several deleted entries the last remains, so that a reader cannot learn what was removed.
#
# Expected: what is in an unknown element is passed over, and the feed keeps its link.
# Seen with feedparser 6.0.14: the link of the feed is that of its last deleted entry, and nothing is reported.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check feedparser==6.0.14
"$folder/venv/bin/python" - <<'PYTHON'
import feedparser

REMOVED = """<at:deleted-entry ref="urn:example:{0}" when="2026-01-02T00:00:00Z">
<link rel="alternate" href="https://example.org/removed/{0}"/></at:deleted-entry>"""
FEED = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0">
<title>Recommendations</title><id>urn:example:feed</id><updated>2026-01-02T00:00:00Z</updated>
<author><name>A body</name></author>
<link rel="alternate" href="https://example.org/"/>{removed}
<entry><title>One</title><id>urn:example:1</id><updated>2026-01-02T00:00:00Z</updated>
<link href="https://example.org/1"/></entry></feed>"""
removed = "".join(REMOVED.format(number) for number in (2, 3))
read = feedparser.parse(FEED.format(removed=removed).encode())
print(read.feed.link, read.feed["at_deleted-entry"], read.bozo)
assert read.feed.link == "https://example.org/removed/3"
assert read.feed["at_deleted-entry"] == {"ref": "urn:example:3", "when": "2026-01-02T00:00:00Z"}
assert not read.bozo and len(read.entries) == 1
PYTHON
