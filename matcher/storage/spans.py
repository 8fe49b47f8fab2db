"""Competences and demands as the text of one column, so that a new field of theirs needs no migration."""

import json
from dataclasses import asdict

from matcher.records import Competence, Demand

READ_AS: dict[str, type[Competence] | type[Demand]] = {"competence": Competence, "demand": Demand}


def span_text(span: Competence | Demand | None) -> str | None:
    """Return a span as a JSON object of its filled fields, and None for none."""
    if span is None:
        return None
    name = "demand" if isinstance(span, Demand) else "competence"
    filled = {field: value for field, value in asdict(span).items() if value is not None}
    return json.dumps({"as": name, **filled}, ensure_ascii=False)


def span_of(text: str | None) -> Competence | Demand | None:
    """Return what `span_text` wrote."""
    if text is None:
        return None
    fields = json.loads(text)
    return READ_AS[fields.pop("as")](**fields)
