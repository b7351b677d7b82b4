"""What the theme makes of the mark-up of a page."""

from sourcebook.book import theme

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
