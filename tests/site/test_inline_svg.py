"""A drawing in a page looks like the one of matplotlib, in the browser that readers use."""

import io

import numpy as np
import pytest
from matplotlib import image
from walk import browser

import sourcebook
from sourcebook.render import figures, inline_svg, palette

pytestmark = pytest.mark.browser
EDGE = 0.25  # how much of a channel a rounded edge may change
SHARE = 0.001  # of the pixels


def pictured(page, content):
    page.set_content(f"<body style='margin:0;background:white'>{content}</body>")
    return image.imread(io.BytesIO(page.locator("svg").screenshot()))[..., :3]


@pytest.mark.parametrize(
    ("plot", "table", "options"),
    [
        (figures.plot_timeline, "timeline", ("sources",)),
        (figures.plot_shared, "shared_passages", ("lengths",)),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_the_same_picture(plot, table, options):
    data = sourcebook.load()
    given = {
        "sources": data.sources,
        "lengths": {source: len(document.raw) for source, document in data.documents.items()},
    }
    before = palette.to_css(
        inline_svg.draw_svg(plot, data[table], inline_svg.WIDE, {name: given[name] for name in options})[0]
    )
    rules, (drawing,) = inline_svg.inline({"wide": before}, key="k")
    width, height = (round(float(n) * 2) for n in drawing.box.split()[2:])
    size = f'width="{width}" height="{height}" xmlns="http://www.w3.org/2000/svg" viewBox="{drawing.box}"'
    after = (
        f'<svg {size} style="{drawing.style};max-width:none"><style>{rules}</style>{drawing.content}</svg>'
    )
    root = before[before.index(">") + 1 :]
    with browser() as chromium:
        page = chromium.new_page(viewport={"width": width, "height": height})
        one = pictured(page, f'<svg {size} xmlns:xlink="http://www.w3.org/1999/xlink">{root}')
        two = pictured(page, after)
    assert one.shape == two.shape
    assert np.ptp(one) > 0.5
    assert (np.abs(one - two).max(axis=2) > EDGE).mean() < SHARE
    assert len(drawing.content) < 0.6 * len(before)
