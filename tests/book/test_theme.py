"""What the theme makes of the mark-up of a page."""

from matplotlib import image

from sourcebook.book import theme
from sourcebook.book.theme import card

CODE = (
    '<pre><span></span><span class="n">data</span><span class="o">.</span><span class="n">sources</span>'
    '<span class="k">if</span> <span class="s2">&quot;n&quot;</span></pre>'
)


def test_code_keeps_the_tokens_that_look_different_and_all_of_its_text():
    assert theme._mended(f'<p><span class="n">n</span></p>{CODE}') == (
        '<p><span class="n">n</span></p><pre><span></span>data.sources<span class="k">if</span> '
        '<span class="s2">&quot;n&quot;</span></pre>'
    )


def test_a_fold_of_code_is_called_by_the_words_that_it_shows():
    assert (
        theme._mended('<summary aria-label="Toggle hidden content">Code</summary>')
        == "<summary>Code</summary>"
    )


def test_the_words_of_a_fold_are_no_paragraph():
    fold = (
        '<summary>\n<p class="collapsed admonition-title">Code</p>\n'
        '<p class="expanded admonition-title">Hide</p></summary>'
    )
    assert theme._mended(f"<p>text</p>{fold}") == (
        '<p>text</p><summary>\n<span class="collapsed admonition-title">Code</span>\n'
        '<span class="expanded admonition-title">Hide</span></summary>'
    )


SHEET = (
    "<table><tr><th scope='col'>another</th></tr></table>"
    "<table class='sb-table sb-facts'><thead><tr><td></td><th scope='col'><a href='x'>Mill</a></th>"
    "<th scope='col'>Gazette</th></tr></thead><tbody><tr>\n<th scope='row'>How many</th>\n"
    "<td><ul><li><a href='y'>over 200</a> <small>(all)</small></li><li>12</li></ul></td>\n"
    "<td><span class='sb-none'>not mentioned</span></td></tr></tbody></table><table><tr><td>more</td></tr></table>"
)


def test_the_card_reads_the_fact_sheet_of_a_page():
    sheet = card.read_sheet(f"<p>text</p>{SHEET}{SHEET}<p>text</p>")
    assert sheet == card.Sheet(["Mill", "Gazette"], [("How many", ["over 200 (all); 12", ""])])
    assert card.read_sheet("<p>text</p><table><tr><th scope='col'>n</th></tr></table>") is None


def test_a_card_shows_the_sheet_and_is_the_same_each_time(tmp_path):
    sheet = card.read_sheet(SHEET)
    many = card.Sheet(
        [f"Source {n}" for n in range(12)], [(f"Row {n}", ["long " * 30] * 12) for n in range(20)]
    )
    for name, shown in (("plain", None), ("sheet", sheet), ("again", sheet), ("many", many)):
        card.draw_card(tmp_path / f"{name}.png", title="A title", author="Someone", sheet=shown)
    pixels = {path.stem: path.read_bytes() for path in tmp_path.iterdir()}
    assert pixels["sheet"] == pixels["again"]
    assert len(set(pixels.values())) == 3
    assert image.imread(tmp_path / "many.png").shape[:2] == (630, 1200)
