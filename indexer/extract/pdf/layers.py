"""Optional content: which layers of a PDF a viewer shows (ISO 32000-1, 8.11)."""

from typing import Any

from pdfminer.pdftypes import PDFObjRef, resolve1

from indexer.extract.pdf.objects import array, dictionary, name_of

_DEEPEST = 12
"""Expressions within expressions. A deeper one counts as shown."""


class Layers:
    """Layers of a document, as a viewer that has just opened it shows them.

    Args:
        catalog: the document's catalogue.
    """

    def __init__(self, catalog: dict[str, Any]) -> None:
        properties = dictionary(catalog.get("OCProperties"))
        config = dictionary(properties.get("D"))
        self._base = name_of(config.get("BaseState")) != "OFF"
        self._on = _numbers(config.get("ON"))
        self._off = _numbers(config.get("OFF"))
        for usage in array(config.get("AS")):
            entries = dictionary(usage)
            if name_of(entries.get("Event")) == "View":
                self._heed_usage(array(entries.get("OCGs")))

    def _heed_usage(self, groups: list[object]) -> None:
        """Switch groups as their own usage says of viewing."""
        for group in groups:
            usage = dictionary(dictionary(group).get("Usage"))
            state = name_of(dictionary(usage.get("View")).get("ViewState"))
            if isinstance(group, PDFObjRef) and state:
                wanted, other = (self._off, self._on) if state == "OFF" else (self._on, self._off)
                wanted.add(group.objid)
                other.discard(group.objid)

    def shows(self, content: object) -> bool:
        """Tell whether a viewer shows what belongs to a group or to a membership dictionary.

        What is neither is shown.
        """
        entries = dictionary(content)
        if name_of(entries.get("Type")) == "OCMD":
            return self._shows_members(entries)
        return not isinstance(content, PDFObjRef) or self._shows_group(content.objid)

    def _shows_group(self, number: int) -> bool:
        return number not in self._off and (self._base or number in self._on)

    def _shows_members(self, entries: dict[str, Any]) -> bool:
        """Tell whether the expression or the policy of a membership dictionary holds."""
        if array(entries.get("VE")):
            return self._holds(entries["VE"], 0)
        groups = entries.get("OCGs")
        several = resolve1(groups)
        members = several if isinstance(several, list) else [groups]
        # Groups that are null, or gone, have no say; without any the content is shown.
        states = [
            self._shows_group(member.objid)
            for member in members
            if isinstance(member, PDFObjRef) and dictionary(member)
        ]
        if not states:
            return True
        policy = name_of(entries.get("P"))
        if policy == "AllOn":
            return all(states)
        if policy == "AnyOff":
            return not all(states)
        if policy == "AllOff":
            return not any(states)
        return any(states)

    def _holds(self, expression: object, depth: int) -> bool:
        """Tell whether an expression over groups holds."""
        parts = array(expression)
        if not parts:
            return self.shows(expression) if depth else True
        if depth >= _DEEPEST:
            return True
        values = (self._holds(part, depth + 1) for part in parts[1:])
        operator = name_of(parts[0])
        if operator == "Not":
            return not next(values, False)
        return all(values) if operator == "And" else any(values)


def _numbers(value: object) -> set[int]:
    """The object numbers of the references in a list."""
    return {part.objid for part in array(value) if isinstance(part, PDFObjRef)}
