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
    "<td><ul><li><a href='y'>over 200</a> <small>(all (by one count))</small></li><li>12</li></ul></td>\n"
    "<td><span class='sb-none'>not mentioned</span></td></tr></tbody></table><table><tr><td>more</td></tr></table>"
)


SILENT = "not mentioned, not stated, or not coded"


def test_the_card_reads_the_fact_sheet_of_a_page():
    sheet = card.read_sheet(f"<p>text</p>{SHEET}{SHEET}<p>text</p>")
    assert sheet == card.Sheet(
        ["Mill", "Gazette"], [("How many", [[("over 200", "all (by one count)"), ("12", "")], []])]
    )
    assert card.read_sheet("<p>text</p><table><tr><th scope='col'>n</th></tr></table>") is None


def test_a_card_shows_the_sheet_and_is_the_same_each_time(tmp_path):
    sheet = card.read_sheet(SHEET)
    many = card.Sheet(
        [f"Source {n}" for n in range(12)], [(f"Row {n}", [[("long " * 20, "")]] * 12) for n in range(20)]
    )
    for name, shown in (("plain", None), ("sheet", sheet), ("again", sheet), ("many", many)):
        card.draw_card(tmp_path / f"{name}.png", title="A title", author="Someone", sheet=shown)
    pixels = {path.stem: path.read_bytes() for path in tmp_path.iterdir()}
    assert pixels["sheet"] == pixels["again"]
    assert len(set(pixels.values())) == 3
    assert image.imread(tmp_path / "many.png").shape[:2] == (630, 1200)


LONG = card.Sheet(
    ["Mill", "Gazette", "A source with a name that is longer than its column"],
    [
        ("First", [[("1,500,000", "all, at all times")] * 3, [], [("a few", "")]]),
        ("Too high", [[("many words " * 60, "")], [], []]),
        (
            "A head of several words",
            [[], [], [("Donaudampfschifffahrtsgesellschaftskapitänsmütze", "x" * 90)]],
        ),
    ],
)


def test_the_card_cuts_no_cell_and_leaves_out_a_row_that_is_too_high():
    part = card.shown_part(LONG)
    assert part == card.Sheet(LONG.names, [LONG.rows[0], LONG.rows[2]])


def test_what_is_drawn_has_every_word_and_stays_in_its_column(monkeypatch, tmp_path):
    drawn = []

    def keep(self, path, **_):
        renderer = self.canvas.get_renderer()
        drawn.extend((words.get_text(), words.get_window_extent(renderer)) for words in self.texts)

    monkeypatch.setattr(card.Figure, "savefig", keep)
    card.draw_card(tmp_path / "card.png", title="A title " * 9, author="Someone", sheet=LONG)
    shown = "".join(words for words, _ in drawn).replace(" ", "").replace("\n", "")
    rows = card.shown_part(LONG).rows
    for words in (
        text for head, cells in rows for cell in cells for value in cell for text in (head, *value)
    ):
        assert words.replace(" ", "") in shown
    assert "…" not in shown
    columns = [card._FIRST + card._column(3) * n for n in range(4)]
    for words, box in drawn:
        assert 0 <= box.y0 < box.y1 <= 630 and box.x1 <= 1140 + 1, words
        if columns[0] - 1 <= box.x0 and 630 - box.y1 > card._TOP and 630 - box.y0 < card._BOTTOM:
            left = max(column for column in columns if column <= box.x0 + 1)
            assert box.x1 <= left + card._column(3), words


def test_a_title_of_any_length_stays_on_the_card(monkeypatch, tmp_path):
    ends = []
    monkeypatch.setattr(
        card.Figure,
        "savefig",
        lambda self, path, **_: ends.extend(
            t.get_window_extent(self.canvas.get_renderer()) for t in self.texts
        ),
    )
    for sheet in (None, LONG):
        card.draw_card(tmp_path / "card.png", title="A very long title " * 200, author="A" * 999, sheet=sheet)
    assert all(box.x0 >= 0 and box.x1 <= 1200 and box.y0 >= 0 and box.y1 <= 630 for box in ends)


def test_the_card_is_described_by_what_it_shows():
    assert card.describe_card("A title") == "A title"
    assert card.describe_card("A title", card.read_sheet(SHEET)) == (
        "A title. A table with a column for each of Mill; Gazette, and a row for each of How many. "
        f"The row “How many”: Mill: over 200 (all (by one count)), 12; Gazette: {SILENT}."
    )
    assert "Too high" not in card.describe_card("A title", LONG)
    assert card.describe_card("A title", card.Sheet(["Mill"], [])) == "A title"
