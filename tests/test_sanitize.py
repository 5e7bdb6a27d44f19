"""Markup becomes text; text that is none stays as it is."""

import html

import nh3
import pytest
import timing
from hypothesis import given
from hypothesis import strategies as st

from searchapp.sanitize import plain

ATTACKS = [
    "<script>steal()</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>steal()</scr</script>ipt>",
    "<<script>steal()//<</script>",
    "<img src=x onerror=steal()>",
    "<img/src=x/onerror=steal()>",
    "<svg/onload=steal()>",
    "<svg><script>steal()</script></svg>",
    "<math><mi//xlink:href='data:x,<script>steal()</script>'>",
    "<a href='javascript:steal()'>press</a>",
    "<iframe src='javascript:steal()'></iframe>",
    "<body onload=steal()>",
    "<p onclick=steal()>text",
    "<x onclick=steal()>text</x>",
    "<!--<img src='--><img src=x onerror=steal()//'>",
    "<style><img src='</style><img src=x onerror=steal()//'>",
    "<noscript><p title='</noscript><img src=x onerror=steal()>'></noscript>",
    "<template><img src=x onerror=steal()></template>",
    "<p>unclosed <script>steal()",
    "<p>unclosed <img src=x onerror=steal()",
    "<div><textarea></div><script>steal()</script></textarea>",
    "<p>&lt;script&gt;steal()&lt;/script&gt;</p>",
    "<p>&amp;lt;script&amp;gt;</p>",
]


@pytest.mark.parametrize(
    "text",
    [
        "Shares of <GM.N> and <P> rose, <BR> fell; <P> was traded most.",
        "5 < 6 and 7 > 6",
        "AT&T, R&D &c.",
        "If a <b and c> d, then e.",
        "He wrote: i <3 u",
        "",
    ],
)
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>One\ntwo.</p><p>Three.</p>", "One two.\n\nThree."),
        ("One.<br>Two.<br/>Three.", "One.\nTwo.\nThree."),
        ("One <b>bold</b> word", "One bold word"),
        ('See <a href="https://fair.example/?a=1&b=2">the fair</a>.', "See the fair."),
        ("<div>One.</div>\n\n<div>Two.</div>", "One.\n\nTwo."),
        ("<ul><li>One</li><li>Two</li></ul>", "One\n\nTwo"),
        ("<tr><td>One</td><td>two</td></tr>", "One two"),
        ("<p>Fish &amp; chips, 5 &lt; 6, R&D</p>", "Fish & chips, 5 < 6, R&D"),
        ("<p>&amp;amp;</p>", "&amp;"),
        ("<p>Up: <GM.N>, 5 < 6</p>", "Up: <GM.N>, 5 < 6"),
        ("<style>p { color: red }</style>One<script>go()</script> two", "One two"),
        ("One <!-- not shown --> <p>two</p>", "One\n\ntwo"),
        ("<p>One <script>go()\n\nTwo", "One\n\nTwo"),
    ],
)
def test_markup_becomes_text(text: str, expected: str) -> None:
    assert plain(text) == expected


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_executable_is_left(attack: str) -> None:
    """A second sanitizer finds only text in it as shown, autoescaped; and no markup unless it came as entities."""
    result = plain(attack)
    assert html.unescape(nh3.clean(html.escape(result))) == result
    assert nh3.is_html(attack)
    if "&" not in attack:
        assert not nh3.is_html(result)


def test_entities_are_unescaped_once() -> None:
    assert plain("<p>&lt;b&gt;</p>") == "<b>"
    assert plain("<p>&amp;lt;b&amp;gt;</p>") == "&lt;b&gt;"


@given(st.text(st.sampled_from("<>/ab p=\"'&;!-\n") | st.characters(), max_size=300))
def test_any_text_is_taken(text: str) -> None:
    assert isinstance(plain(f"<p>{text}"), str)
    assert isinstance(plain(text), str)


@given(st.lists(st.text("abcdeäßđ ", min_size=1).filter(str.strip), min_size=1, max_size=6))
def test_words_between_tags_are_kept(paragraphs: list[str]) -> None:
    result = plain("".join(f'<p class="x">{paragraph}</p>' for paragraph in paragraphs))
    assert result.split() == " ".join(paragraphs).split()


@pytest.mark.slow
@pytest.mark.parametrize(
    "part", ["<", "<b>", "<script>", "<script></script ", "&", "<!--", "<p a='", "<a", '<a x="y" ', " \n"]
)
def test_hostile_text_takes_linear_time(part: str) -> None:
    text = "<p>" + part * (200_000 // len(part))
    assert timing.seconds(lambda: plain(text)) < 20  # quadratic time would be minutes
