"""To and from the formats of other tools, each in a module of its own."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submodules=[
        *(
            "bibtex",
            "atom",
            "brat",
            "csl_json",
            "csvw",
            "doccano",
            "formats",
            "label_studio",
            "model",
            "nif",
            "offsets",
            "parquet",
            "prov_json",
            "releases",
            "ro_crate",
            "stam",
            "taguette",
            "tei",
            "timeline_js",
            "uima_cas",
            "untrusted",
            "webanno_tsv",
            "xmlfiles",
        ),
    ],
)
