"""Templates escape what they print, ask for all of it, and leave their line breaks out."""

import json
import re
from importlib.resources import files

import pytest
from jinja2 import UndefinedError

from sourcebook.render import templating
from sourcebook.render.display import Html


def from_string(source, **context):
    return templating._environment().from_string(source).render(context)


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("<p>\n  {{ a }}\n</p>\n", "<p>x</p>"),
        ("<p>\n  one\n  two {{ a }}, {{ a }}\n  {{ a }}\n</p>", "<p>one two x, xx</p>"),
        ('<a class="b"\n   href="c">d</a> <b>e</b>', '<a class="b" href="c">d</a> <b>e</b>'),
        ("{% for i in [1, 2] %}\n<li>{{ i }}</li>\n{% endfor %}\n", "<li>1</li><li>2</li>"),
    ],
)
def test_a_line_break_of_a_template_is_layout(source, shown):
    assert from_string(source, a="x") == shown


def test_a_line_break_of_the_data_is_kept():
    assert from_string("<p>{{ a }}</p>", a="x\n  y") == "<p>x\n  y</p>"


def test_text_is_escaped_and_markup_is_not():
    assert from_string("{{ a }}{{ b }}", a='<i "', b=Html("<i>")) == "&lt;i &#34;<i>"


def test_data_in_a_script_end_it_nowhere_and_come_back():
    text = "</script><!-- \u2028 & ' \" \U0001f309 \u202e"
    markup = from_string("{{ a|tojson }}", a=[text, 1])
    assert json.loads(markup) == [text, 1]
    assert not re.search(r"[<>&'\u2028]", markup)


def test_a_name_that_is_not_given_is_an_error():
    with pytest.raises(UndefinedError, match="'topics' is undefined"):
        templating.render("silences", reasons={})


def test_an_error_names_the_line_of_the_template():
    with pytest.raises(UndefinedError) as raised:
        from_string("<p>\n</p>\n{{ missing + 1 }}")
    assert raised.traceback[-1].lineno + 1 == 3


def test_every_template_is_one_that_the_environment_finds():
    folder = files("sourcebook.render") / "templates"
    names = sorted(path.name for path in folder.iterdir())
    assert names
    assert names == sorted(templating._environment().list_templates(extensions=["j2"]))
    for name in names:
        templating._environment().get_template(name)
