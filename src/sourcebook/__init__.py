"""Claims anchored to the exact words of their sources, and how the sources relate.

`load` reads a data folder with its derived tables, `build` derives them; the other functions are the ones that
are useful by themselves, on any text or table. The rooms of the library are attributes, from `core` to `book`.

Examples
--------
>>> import sourcebook
>>> data = sourcebook.load()
>>> data["agreement"].columns[0]
'proposition_id'
>>> sourcebook.parse_date("December 5–6, 2024").edtf
'2024-12-05/2024-12-06'
"""

import lazy_loader

from sourcebook._version import __version__

# Everything is imported when it is first used; the stub beside this file says what there is.
__getattr__, _names, _ = lazy_loader.attach_stub(__name__, __file__)

__all__ = [
    "Dataset",
    "__version__",
    "build",
    "find_dates",
    "find_instruments",
    "find_quantities",
    "find_quote",
    "krippendorff_alpha",
    "load",
    "near_duplicates",
    "parse_date",
    "parse_quantity",
    "read",
    "relate",
    "shared_passages",
]


def __dir__() -> list[str]:
    return sorted({*_names(), *__all__})
