"""Numbers of several parts: mixed fractions, powers, magnitudes that the last of several lends the others, rates."""

import pytest

from sourcebook.parsing.quantities import scan_quantities


def read(words):
    return "; ".join(f"{found.notation} {found.unit}".strip() for found in scan_quantities(words))


MIXED = {
    "5 and 1/2 kg": "5.5 kg",
    "3 and 3/4 million": "3750000",
    "5-1/2 million": "5500000",
    "2-1/2 inches": "2.5 in",
    "12-3/4 inch": "12.75 in",
    "3-1/4 percent": "3.25 %",
    "5 and 6/7 km": "41/7 km",
    "1 and 1/2 to 2 hours": "1.5..2 h",
    "2 and 1/2 to 3 and 1/4 hours": "2.5..3.25 h",
    "6 and ¾ percent": "6.75 %",
    "five and 1/2 million": "5500000",
    "five and ½ miles": "5.5 mile",
    "ten and 1/4 acres": "10.25 acre",
    "five and a half to six million": "5500000..6000000",
    "two and one-half million": "2500000",
    "2 ½ million": "2500000",
    "5 ½ to 6 kg": "5.5..6 kg",
    "1/2 to 3/4 of a cup": "0.5..0.75 cup",
    "half to two thirds": "0.5..2/3",
    "between 3 and 1/2": "3; 0.5",
    "on 5-6/7 he said": "",
    "5-1/2001": "",
    "½ a million": "500000",
    "half of 1%": "0.5 %",
    "1/4 of 1%": "0.25 %",
    "half an hour to an hour": "0.5..1 h",
    "half a mile to a mile": "0.5..1 mile",
    "5-1/2%": "5.5 %",
    "5-½ inches": "5.5 in",
    "a third to a half of voters": "1/3..0.5",
    "1–½ cups": "1; 0.5 cup",
}


@pytest.mark.parametrize("words", MIXED)
def test_a_number_and_its_fraction_are_one(words):
    assert read(words) == MIXED[words]


POWERS = {
    "5·10^6": "5000000",
    "5·10⁻³ m": "0.005 m",
    "5 · 10^3": "5000",
    "2.5·10^-3": "0.0025",
    "1,000·10^3": "1000000",
    "6.02·10²³ molecules": "602000000000000000000000",
    "3·10^8 m/s": "300000000 m/s",
    "5×10⁶": "5000000",
    "5 x 10^6": "5000000",
    "5e6": "5000000",
    "10^-3": "0.001",
    "12·5 percent": "12.5 %",
    "5 × 10^{6}": "5000000",
    "10^{-3} m": "0.001 m",
    "5–6 × 10^6": "5000000..6000000",
    "5 to 6 × 10^6": "5000000..6000000",
    "5 × 10^5 to 6 × 10^6": "500000..6000000",
    "5 ± 0.2 × 10^3": "4800..5200",
    "(5 ± 2) × 10^3": "3000..7000",
    "(5–6) × 10^6 kg": "5000000..6000000 kg",
    "(0.04–0.10)×10-10m": "0.000000000004..0.00000000001 m",
    "(about x) × 10^6": "",
    "4 x 100 m": "4; 100 m",
    "2 × 100 kg": "2; 100 kg",
    "10**-5": "0.00001",
    "10^5.5": "",
    "1.0 10^5": "",
    "x^2": "",
    "√5": "",
    "square root of 5": "",
    "5 squared": "",
    "10 to the power of 6": "",
    "5 to the sixth power": "",
    "5 divided by 3": "",
}


@pytest.mark.parametrize("words", POWERS)
def test_a_raised_dot_before_a_power_of_ten_multiplies(words):
    assert read(words) == POWERS[words]


LENT = {
    "two hundred and fifty to three hundred thousand": "250000..300000",
    "two hundred to three hundred and fifty thousand": "200000..350000",
    "between two hundred and three hundred thousand people": "200000..300000",
    "from one hundred to one hundred and fifty thousand men": "100000..150000",
    "one hundred and fifty or two hundred thousand": "150000..200000",
    "one hundred to five hundred million dollars": "100000000..500000000 dollar",
    "fifty to two hundred thousand": "50000..200000",
    "two to three hundred thousand": "200000..300000",
    "between three and four hundred thousand": "300000..400000",
    "three to two hundred thousand": "",
    "two hundred to two thousand": "200..2000",
    "five hundred to two hundred thousand": "500..200000",
    "seven hundred to eight hundred": "700..800",
    "50 to 2 lakh": "50..200000",
    "40 or 50 thousand": "40000..50000",
    "2 million to 3": "",
    "2 million or 3.": "",
    "gave 2 million to 3 people": "2000000; 3",
    "2 to nearly 3 million": "2000000; <~3000000",
    "from 2 to about 3 million": "2000000; ~3000000",
    "more than 2 but fewer than 3 million people": ">2000000..<3000000",
    "at least 2 but not more than 3 million": "2000000..3000000",
    "rose from about 850,000 to nearly a million men": "~850000; <~1000000",
    "grew from two hundred and fifty to three hundred thousand men": "250000; 300000",
    "rose from a hundred to two hundred million": "100000000; 200000000",
    "rose from two to three hundred thousand": "200000; 300000",
    "fell from three hundred to two hundred thousand": "",
}


@pytest.mark.parametrize("words", LENT)
def test_hundreds_have_the_thousands_of_the_other_end(words):
    assert read(words) == LENT[words]


LISTS = {
    "5, 6 and 7 million": "5000000; 6000000; 7000000",
    "5, 6, and 7 million people": "5000000; 6000000; 7000000",
    "5, 6 or 7 million": "5000000; 6000000..7000000",
    "about 5, 6 and 7 million": "~5000000; 6000000; 7000000",
    "two, three and four hundred thousand men": "200000; 300000; 400000",
    "$5, $6 and $7 million": "5000000 dollar; 6000000 dollar; 7000000 dollar",
    "5, 6 and 7bn": "5000000000; 6000000000; 7000000000",
    "2, 3 and 4 hundred": "200; 300; 400",
    "40, 50 and 60 thousand troops": "40000; 50000; 60000",
    "3, 4 and 5 m": "3 m; 4 m; 5 m",
    "5 and 6 million": "6000000",
    "$5 and $6 million": "6000000 dollar",
    "killed 3 and 4 million fled": "4000000",
    "5 to 6 and 7 million": "7000000",
    "1, 2 and 500 million": "500000000",
    "5, 6 and two hundred and fifty thousand": "250000",
    "100, 200 and 1 million": "100; 200; 1000000",
    "200 and 1 million people": "1000000",
    "5 million, 6 million and 7 million": "5000000; 6000000; 7000000",
    "three, four, five million people": "3000000; 4000000; 5000000",
    "5 by 10 m": "5 m; 10 m",
    "5 × 10 × 20 cm": "5 cm; 10 cm; 20 cm",
    "4 × 200 m": "4; 200 m",
    "5 and 6 and 7 million": "5000000; 6000000; 7000000",
    "5, 6 and 7 or 8 million": "5000000; 6000000; 7000000..8000000",
    "$5, 6 and 7 million": "5000000 dollar; 6000000; 7000000",
    "a hundred or so thousand": "",
    "5 to 10 or more million": "",
    "5, perhaps 6 million": "~6000000",
    "5 million, possibly 6": "5000000",
    "5 million, up from 4": "5000000",
    "5 million, up from 4 million": "5000000; 4000000",
    "5 million from 4 countries": "5000000; 4",
    "fell to 4 million from 5": "4000000",
    "10s of thousands": "",
    "tens of 1000s": "",
    "5 million and 600 thousand": "5000000; 600000",
    "£5 million 6": "5000000 GBP",
    "$5.5 million2": "5500000 dollar",
}


@pytest.mark.parametrize("words", LISTS)
def test_a_list_has_the_magnitude_of_its_last_member_or_is_left_out(words):
    assert read(words) == LISTS[words]


BOUNDS = {
    "not less than five (5) years nor more than ten (10) years": "5..10 year",
    "not less than 5 per cent nor more than 10 per cent": "5..10 %",
    "not less than $100 nor more than $500": "100..500 dollar",
    "not less than 3 months nor more than 2 years": ">=3 month; <=2 year",
    "no fewer than 12 nor more than 20 members": "12..20",
    "not more than ten nor less than five members": "5..10",
    "no fewer than 10 and no more than 20": "10..20",
    "not less than 10 days nor exceeding 30 days": "10..30 day",
    "not less than 10 days and not exceeding 30 days": "10..30 day",
    "not fewer than 10 or more than 20 members": "10..20",
    "max. 10 kg": "<=10 kg",
    "max 10 kg": "<=10 kg",
    "Max: 10 kg": "<=10 kg",
    "a max of 10": "<=10",
    "holds max 10 people": "<=10",
    "Pepsi Max 500 ml": "500 mL",
    "min. 5 kg": ">=5 kg",
    "min. of 5 kg": ">=5 kg",
    "at most, 5 kg": "<=5 kg",
    "at least, 5 kg": ">=5 kg",
    "5 kg max": "<=5 kg",
    "5 kg max. and more": "<=5 kg",
    "5 kg max per person": "<=5 kg",
    "5 kg min": ">=5 kg",
    "5 min": "5 min",
    "5 min walk": "5 min",
    "5 plus years of work": ">=5 year",
    "20 plus people": ">=20",
    "5-plus years": ">=5 year",
    "5 plus 10": "5; 10",
    "10 or thereabouts": "~10",
    "5 kg (max.)": "<=5 kg",
    "5 kg (maximum)": "<=5 kg",
    "5 kg, at least": ">=5 kg",
    "5 kg, at most": "<=5 kg",
    "at the least 5 kg": ">=5 kg",
    "at the very most, 5 kg": "<=5 kg",
    "5 kg as a maximum": "<=5 kg",
    "an upper limit of 5 kg": "<=5 kg",
    "at or above 5 kg": ">=5 kg",
    "no more then 5": "<=5",
    "≥5 to <10 kg": "5..<10 kg",
    "> 5 to < 10 mg": ">5..<10 mg",
    "5 kg ± 10%": "4.5..5.5 kg",
    "5 kg ± 200 g": "",
    "not less than one quarter nor more than one half": "0.25..0.5",
    "max = 5 kg": "<=5 kg",
    "at a minimum, 5": ">=5",
    "5 percent up to 10 percent": "5..10 %",
    "at least 5 up to 10": "5..10",
    "from 5 up to a maximum of 10": "5..10",
    "not under 5 nor over 10": "5..10",
    "from 5 to below 10 kg": "5..<10 kg",
    "5–<10 mg": "5..<10 mg",
    "rose from 5 to below 10 percent": "5; <10 %",
    "10 to less than 5": "10; <5",
    "5 people, up to 10 in summer": "5; <=10",
    "5 million and rising": ">5000000",
    "20 something": "",
}


@pytest.mark.parametrize("words", BOUNDS)
def test_a_bound_is_read_however_it_is_cut(words):
    assert read(words) == BOUNDS[words]


RATES = {
    "5 per 100 000": "5 /100000",
    "5 per 1,000 live births": "5 /1000",
    "12.5 per million": "12.5 /1000000",
    "5 to 10 deaths per 1,000": "5..10 /1000",
    "5 mg/100 ml": "5 mg/100 mL",
    "5 l/100 km": "5 L/100 km",
    "10 g per 100 g": "10 g/100 g",
    "$5 per 1,000 gallons": "5 dollar/1000 gallon",
    "5 parts per million": "5 ppm",
    "$5 an hour": "5 dollar/h",
    "$5/hour": "5 dollar/h",
    "$20,000 a year, she says": "20000 dollar/year",
    "from $5 to $10 a day": "5..10 dollar/day",
    "10 kg every day": "10 kg/day",
    "20 litres a minute": "20 L/min",
    "5% a year": "5 %/year",
    "paid $5 million a year ago": "5000000 dollar",
    "$5 million a year and a half ago": "5000000 dollar; 1.5 year",
    "sold it for $3 billion a year later": "3000000000 dollar",
    "25°C/77°F": "25 °C; 77 °F",
    "10 miles/16 km": "10 mile; 16 km",
    "60 mph/100 km/h": "60 mph; 100 km/h",
    "5 mg/kg": "5 mg/kg",
    "$5 a gallon": "5 dollar/gallon",
    "5 cents a litre": "5 cent/L",
    "$1,200 an ounce on Monday": "1200 dollar/oz",
    "$5 per kg per day": "5 dollar/kg/day",
    "$10-an-hour job": "10 dollar/h",
    "60 kilometers-per-hour": "60 km/h",
    "5% p.a.": "5 %/year",
    "5 million tonnes annually": "5000000 t/year",
    "5 mg daily": "5 mg/day",
    "5 mg daily dose": "5 mg",
    "5 per day": "5 /day",
    "between 5 and 10 per day": "5..10 /day",
    "5 people per km²": "5 /km2",
    "more than 300 deaths annually": ">300 /year",
    "5 cases per 100,000 per year": "5 /100000/year",
    "$5 an hour or more": ">=5 dollar/h",
    "$5 million a year from now": "5000000 dollar",
    "5 m/s²": "5 m/s2",
    "5 W/(m·K)": "5 W/m/K",
    "5 W/(m²K)": "5 W/m2/K",
    "60 ml/min/1.73 m²": "60 mL/min/1.73 m2",
    "5 kW h": "5 kWh",
    "5 N m": "5 N·m",
    "5 mPa s": "5 mPa·s",
    "5 mAh": "5 mAh",
    "5 lb/in²": "5 psi",
    "5 %-points": "5 percentage point",
    "5 p.c.": "5 %",
    "5 per 6 million": "5 /6000000",
    "20 per cent per annum compound": "20 %/year",
    "5 daily newspapers": "5",
}


@pytest.mark.parametrize("words", RATES)
def test_a_rate_keeps_what_it_is_of(words):
    assert read(words) == RATES[words]


THOUSANDS = {
    "5 grand": "5000",
    "five grand a month": "5000 /month",
    "between 5 and 10 grand": "5000..10000",
    "two and a half grand.": "2500",
    "half a grand": "",
    "20 grand pianos": "20",
    "three grand juries": "3",
    "5 Mio. EUR": "5000000 EUR",
    "1,5 Mrd. Euro": "1500000000 EUR",
    "CHF 5 Mio.": "5000000 CHF",
    "3 Mio. Tonnes": "3000000 t",
    "30 Tsd. Euro": "30000 EUR",
    "EUR 5 mn": "5000000 EUR",
    "5 M€": "5000000 EUR",
    "5 M USD": "5000000 USD",
    "5 quid": "5 GBP",
    "5 yrs 6 mos": "5.5 year",
}


@pytest.mark.parametrize("words", THOUSANDS)
def test_short_words_for_magnitudes_are_read(words):
    assert read(words) == THOUSANDS[words]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("$40 million in 2010 dollars", "40000000 dollar"),
        ("$40 million in constant 2010 dollars", "40000000 dollar"),
        ("$40 million (2010 dollars)", "40000000 dollar"),
        ("40 million in 2010 dollars", "40000000 dollar"),
        ("£40 million at 2010 prices", "40000000 GBP"),
    ],
)
def test_the_year_of_prices_is_told(words, expected):
    (found,) = scan_quantities(words)
    assert (f"{found.notation} {found.unit}", found.lossy) == (expected, "in prices of 2010")
    assert scan_quantities("$40 million in 2010")[0].lossy == ""
