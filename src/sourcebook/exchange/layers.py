"""Layers and features of UIMA, as INCEpTION and WebAnno have them: which of them say what a code says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sourcebook.exchange.model import Code

__all__ = ["Layers", "is_linguistic", "said"]

#: Features whose value is the code, the first that there is; else it is the first that is no remark.
_LABELS = (
    *("code", "value", "label", "category", "tag", "type", "class", "entity", "PosValue", "referenceType"),
    *("identifier",),
)
_REMARKS = ("note", "comment", "remark", "description", "explanation")
#: Features of chains that are no code; features of slots are called “roles of …” and “targets of …”.
_NO_LABELS = ("referenceRelation", "chain")
#: A value that is longer is no code, but what somebody wrote.
_LONGEST = 200
#: What taggers and parsers make of every word, and what describes the file.
_LINGUISTIC = (
    "uima.",
    "de.tudarmstadt.ukp.clarin.webanno.api.type.",
    "de.tudarmstadt.ukp.dkpro.core.api.lexmorph.",
    "de.tudarmstadt.ukp.dkpro.core.api.metadata.",
    "de.tudarmstadt.ukp.dkpro.core.api.segmentation.",
    "de.tudarmstadt.ukp.dkpro.core.api.syntax.",
)


def is_linguistic(layer: str) -> bool:
    """Return whether a layer is of words, sentences, lemmas, parts of speech or syntax, which are no codings.

    Parameters
    ----------
    layer : str
        The full name of its type.

    Examples
    --------
    >>> is_linguistic("de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token"), is_linguistic("custom.Claim")
    (True, False)
    """
    return layer.startswith(_LINGUISTIC)


def said(features: Mapping[str, str]) -> tuple[str, str, dict[str, str]]:
    """Return what the features of an annotation say: the one that is its code, its note, and the rest.

    Parameters
    ----------
    features : mapping of str to str
        Those that have a value, in the order of the layer.

    Examples
    --------
    >>> said({"identifier": "Q90", "value": "LOC", "comment": "the town"})
    ('value', 'the town', {'identifier': 'Q90'})
    """
    by_lower = {name.casefold(): name for name in features}
    note = next((by_lower[name] for name in _REMARKS if name in by_lower), "")
    possible = [
        name
        for name in features
        if name not in {note, *_NO_LABELS} and " of " not in name and len(features[name]) <= _LONGEST
    ]
    label = next((name for name in _LABELS if name in possible), possible[0] if possible else "")
    rest = {name: value for name, value in features.items() if name not in {note, label}}
    return label, features.get(note, ""), rest


@dataclass
class Layers:
    """The codes that come from layers and from the values of their features.

    Parameters
    ----------
    names : iterable of str
        The full names of the layers.

    Attributes
    ----------
    short : dict of str to str
        A short name of each layer, which no other has.
    codes : dict of str to Code
        The codes that :meth:`code` has given.

    Examples
    --------
    >>> layers = Layers(["custom.Claim"])
    >>> layers.code("custom.Claim", "number"), list(layers.codes)
    ('Claim/number', ['Claim', 'Claim/number'])
    """

    names: Iterable[str]
    short: dict[str, str] = field(init=False)
    codes: dict[str, Code] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        names = list(dict.fromkeys(self.names))
        ends = Counter(name.rpartition(".")[2] for name in names)
        last = {name: name.rpartition(".")[2] for name in names}
        self.short = {name: last[name] if ends[last[name]] == 1 and last[name] else name for name in names}

    def code(self, layer: str, value: str) -> str:
        """Return the id of the code for a value in a layer, or for the layer where there is no value.

        Parameters
        ----------
        layer : str
            The full name.
        value : str
            The value, or an empty string.
        """
        short = self.short[layer]
        self.codes.setdefault(
            short, Code(code_id=short, name=short, description=layer if layer != short else "")
        )
        if not value:
            return short
        code = f"{short}/{value}"
        self.codes.setdefault(code, Code(code_id=code, name=value, parent=short))
        return code
