"""A corpus with a table that no other has: prices of grain in two letters, declared in its own folder."""

DECLARATION = """
[lists]
grain = "What is sold."

[tables.prices]
title = "Prices"
description = "Each price that a letter reports."
key = "price_id"
coverage = true
numbers = { grain = "grain", paid = "paid" }
pass = { variable = "price", column = "grain" }

[tables.prices.edition]
mark = 5
name = "price"
plural = "prices"
label = "prices of grain"
text = "{grain} at {market_id}: {amount}[ for {measure}]"

[tables.prices.columns]
price_id = { type = "id", description = "Identifier of the price." }
quote = { type = "quote" }
grain = { description = "What is sold.", list = "grain" }
market_id = { type = "id", description = "Where.", link = "markets.market_id" }
amount = { type = "number", description = "How much.", unit = "pence" }
measure = { description = "For how much of it.", required = false }
paid = { type = "boolean", description = "Whether the letter says that it was paid." }
speech = { type = "speech" }

[tables.markets]
title = "Markets"
description = "Where grain was sold."
path = "reference/markets.csv"
key = "market_id"
label = "name"

[tables.markets.columns]
market_id = { type = "id", description = "Identifier of the market." }
name = { description = "Its name." }
"""

TEXTS = {
    "anne": "# A Letter\n\nRye is sold for 14.5 pence the bushel at Norton. We paid it.\n",
    "jane": "# An Answer\n\nHere they ask 12 pence for barley. Nobody pays.\n",
}

ROWS = {
    "coded/codebook.csv": [
        {"vocabulary": v, "term": t, "label": label, "definition": f"Use for {label}."}
        for v, t, label in (
            ("grain", "rye", "rye"),
            ("grain", "barley", "barley"),
            ("grain", "oats", "oats"),
            ("topic", "market", "the market"),
            ("voice", "author", "the author"),
        )
    ],
    "coded/propositions.csv": [
        {
            "proposition_id": "letter-sold",
            "question": "Is rye sold?",
            "kind": "presence",
            "scope": "Norton",
            "topic": "market",
            "cardinality": "one",
            "search": "rye",
        }
    ],
    "coded/claims.csv": [
        {"claim_id": "anne.c001", "proposition_id": "letter-sold", "exact": "Rye is sold", "value": "yes"}
    ],
    "coded/prices.csv": [
        {
            "price_id": "anne.p001",
            "exact": "14.5 pence the bushel",
            "grain": "rye",
            "market_id": "norton",
            "amount": "14.5",
            "measure": "a bushel",
            "paid": "yes",
        },
        {
            "price_id": "jane.p001",
            "exact": "12 pence for barley",
            "grain": "barley",
            "market_id": "selby",
            "amount": "12",
            "paid": "no",
        },
    ],
    "coded/uncoded.csv": [
        {"source_id": "anne", "exact": "A Letter", "reason": "heading"},
        {"source_id": "anne", "exact": "We paid it.", "reason": "rhetoric"},
        {"source_id": "jane", "exact": "An Answer", "reason": "heading"},
        {"source_id": "jane", "exact": "Nobody pays.", "reason": "rhetoric"},
    ],
    "reference/markets.csv": [
        {"market_id": "norton", "name": "Norton Market"},
        {"market_id": "selby", "name": "Selby Fair"},
    ],
}
