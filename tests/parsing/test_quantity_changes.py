"""Changes with the levels that they lead to, numbers said again as a share, and letters of two meanings."""

import pytest

from sourcebook.parsing.quantities import scan_quantities


def read(words):
    return "; ".join(f"{found.notation} {found.unit}".strip() for found in scan_quantities(words))


CHANGES = {
    "rose by $5 to $45 a ton": "5 dollar; 45 dollar",
    "up $1.20 to $93.40 a barrel": "1.2 dollar; 93.4 dollar",
    "was down $1.02 to $107.50": "1.02 dollar; 107.5 dollar",
    "jumped $2.25 to $38.50": "2.25 dollar; 38.5 dollar",
    "rose 1 1/2 to 45 3/8": "1.5; 45.375",
    "Shares rose 4p to 312p": "4 penny; 312 penny",
    "Shares rose 4p, to 312p": "4 penny; 312 penny",
    "Imports fell $2 billion to $40 billion": "2000000000 dollar; 40000000000 dollar",
    "rose by 5,000 to 45,000": "5000; 45000",
    "increased 12,000 to 1.6 million": "12000; 1600000",
    "toll rose by six to 57": "6; 57",
    "index fell 12 to 2,450": "12; 2450",
    "added 5 to 105": "5; 105",
    "up 200 to 1,500": "200; 1500",
    "an increase of 200 to 1,500": "200; 1500",
    "a drop of $2 to $40": "2 dollar; 40 dollar",
    "cut the number of troops by 10,000 to 35,000": "10000; 35000",
    "reduced its stake by 5% to 20%": "5 %; 20 %",
    "cut rates by 0.25% to 5%": "0.25 %; 5 %",
    "raised its dividend 5 cents to 20 cents": "5 cent; 20 cent",
    "fell by two-thirds to $3 million": "2/3; 3000000 dollar",
    "cut by a third to 2 billion rupees": "1/3; 2000000000 rupee",
    "reduced by a quarter to 12 percent": "0.25; 12 %",
    "The price rose 5 cents to $2.10": "5 cent; 2.1 dollar",
    "The index rose 12 points to 2,450": "12; 2450",
    "It rose 10 percent to $20m": "10 %; 20000000 dollar",
    "will rise 2 to 3 percent": "2..3 %",
    "rose by 2 to 3 percent": "2..3 %",
    "The stock rose by 2 or 3 percent": "2..3 %",
    "It rose two to three points": "2..3",
    "Temperatures rose 5 to 10 degrees": "5..10 °",
    "rose by 1.5% to 2%": "",
    "Ten to 20 people": "10..20",
    "Output rose from 100 to 200 tonnes": "100; 200 t",
    "an increase of 2 to 3 percent": "2..3 %",
    "an increase of $5 to $10": "5..10 dollar",
    "they cut 10,000 to 15,000 trees": "10000..15000",
    "It needs to be raised 1,000 to 2,000 metres": "1000..2000 m",
    "up to $5 to $10 a day": "<=10 dollar",
    "grew by 5 to 10 percent a year": "5..10 %",
    "Sales are expected to grow 3% to 4% next year": "3..4 %",
    "sea level will rise 0.1 to 0.9 metres": "0.1..0.9 m",
    "temperatures will rise by 1 to 6 degrees": "1..6 °",
    "They dropped 20 to 30 bombs": "20..30",
    "It lost 10 to 15 men": "10..15",
    "Output rose by 5,000 to 45,000 tonnes": "",
    "Unemployment fell by 7,000 to 2.5 million people": "7000; 2500000",
    "rose by 2 to 3 million": "2000000..3000000",
    "The price fell by nearly $5 to $45": "<~5 dollar; 45 dollar",
    "up another 200 to 1,500": "200; 1500",
    "It fell sharply by 5 to 45": "5; 45",
    "IBM was up 1/2 to 45 3/8": "0.5; 45.375",
    "Net income rose 5 percent to $3 million": "5 %; 3000000 dollar",
    "The dollar fell to 110 to 112 yen": "110..112 JPY",
    "rose to 5 to 10 percent": "5..10 %",
    "from 5 to 50 percent": "5..50 %",
    "made up 10 to 15 percent": "10..15 %",
    "Up to 5 to 45": "<=45",
    "The company said it would cut 2,000 to 3,000 jobs": "2000..3000",
    "The company said it would cut 2,000 to 30,000 jobs": "",
    "He raised 10 to 50 pigs": "10..50",
    "It narrowed its loss by $5 million to $10 million": "5000000 dollar; 10000000 dollar",
    "increases of 10 to 50 percent": "10..50 %",
    "a rise of 10% to 50%": "",
    "with growth of 2 to 3 percent": "2..3 %",
    "He moved 5 to 45": "",
    "rises 5 to 10 cm": "5..10 cm",
    "it climbed 500 to 1,000 metres": "500..1000 m",
    "rose 5 to 10,": "",
    "from 10 to 50": "10..50",
    "The number of seats was reduced by 10 to 90.": "10; 90",
    "The number of seats was reduced, by 10 to 90.": "10; 90",
    "Its members: 10 to 90": "10..90",
    "The increase, 10 to 90, was": "10..90",
    "dead rose to 12 to 15": "12..15",
}


@pytest.mark.parametrize("words", CHANGES)
def test_a_change_and_its_level_are_no_range(words):
    assert read(words) == CHANGES[words]
