"""To and from the formats of other tools, each in a module of its own."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submodules=[
        *(
            "brat",
            "doccano",
            "formats",
            "label_studio",
            "model",
            "offsets",
            "ro_crate",
            "uima_cas",
            "untrusted",
            "webanno_tsv",
            "xmlfiles",
        ),
    ],
)
