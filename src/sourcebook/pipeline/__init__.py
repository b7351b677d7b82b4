"""Run the whole: read a data folder, check it, derive every table, and write them.

A data folder holds ``raw`` (documents and their registry), ``coded`` (human judgement), ``reference``
(facts from elsewhere, optional) and ``derived`` (built here, never edited).
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submodules=["build", "datapackage", "dataset", "releases", "store"],
)
