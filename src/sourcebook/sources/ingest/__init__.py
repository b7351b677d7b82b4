"""Read documents as people have them: text in any encoding, web pages, PDF, office files, e-mail, lists of articles.

Two engines were tried on the same twenty files: kreuzberg 4.10, and MarkItDown 0.1 with pypdf for PDF. kreuzberg reads
the columns of a PDF one after the other, where MarkItDown mixes them and pypdf prints some files a word a line; it
reads RTF and OpenDocument, which MarkItDown prints as code or refuses; it is one wheel without dependencies and
works offline. It reads PDF, RTF, OpenDocument and EPUB here. It loses the signs ``<``, ``>`` and ``&`` of Word files,
prints the navigation of web pages, leaves entities in mails, and takes other encodings for UTF-8: these kinds are
read by the modules beside it.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "extraction": ["Extraction", "UnreadableError"],
        "proposals": ["Proposal", "propose"],
        "reading": ["SUFFIXES", "read_file"],
    },
)
