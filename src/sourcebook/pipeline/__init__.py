"""Run the whole: read a data folder, check it, derive every table, and write them.

A data folder holds ``raw`` (documents and their registry), ``coded`` (human judgement), ``reference``
(facts from elsewhere, optional) and ``derived`` (built here, never edited).
"""

from sourcebook.pipeline.build import STAGES, build
from sourcebook.pipeline.dataset import Dataset, default_folder, read
from sourcebook.pipeline.store import load, stale, write

__all__ = ["STAGES", "Dataset", "build", "default_folder", "load", "read", "stale", "write"]
