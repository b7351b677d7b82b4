from . import analysis as analysis
from . import book as book
from . import coding as coding
from . import core as core
from . import exchange as exchange
from . import parsing as parsing
from . import pipeline as pipeline
from . import reliability as reliability
from . import render as render
from . import reuse as reuse
from . import sources as sources
from . import text as text
from .analysis.relations import relate as relate
from .parsing.dates import find_dates as find_dates
from .parsing.dates import parse_date as parse_date
from .parsing.law import find_instruments as find_instruments
from .parsing.quantities import find_quantities as find_quantities
from .parsing.quantities import parse_quantity as parse_quantity
from .pipeline.build import build as build
from .pipeline.dataset import Dataset as Dataset
from .pipeline.dataset import read as read
from .pipeline.store import load as load
from .reliability import krippendorff_alpha as krippendorff_alpha
from .reuse import near_duplicates as near_duplicates
from .reuse import shared_passages as shared_passages
from .text.quotes import find_quote as find_quote

__version__: str
