"""Small projects of other tools for the tests, on the corpus of the bridge."""

from sourcebook.exchange.model import Annotation, Code, Document, Project

MILL = (
    "The bridge was flooded on 4 March 2021. About 150 residents were cut off from the market.\n\n"
    "The council must pay for the lamp, the miller said.\n"
)


def marked(words, text=MILL, **more):
    """Return an annotation of some words of a text by their place alone."""
    start = text.index(words)
    given = {"annotation_id": words, "document_id": "mill", "start": start, "end": start + len(words)}
    return Annotation(**{**given, **more})


def project(*annotations, documents=None, codes=()):
    """Return a project on the notice of the mill."""
    own = (Document(document_id="mill", text=MILL),) if documents is None else documents
    return Project(documents=tuple(own), codes=tuple(codes), annotations=annotations)


def codes(*names):
    """Return codes of the given names."""
    return tuple(Code(code_id=f"c{number}", name=name) for number, name in enumerate(names))
