"""The site as a reader meets it, in Debian's Chromium: with a mouse, by keyboard, without JavaScript."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import sync_playwright
from web_articles import ARABIC, ARTICLES, day, said, written
from werkzeug.serving import make_server

from searchapp.article import Removed, Speaker
from searchapp.engines.memory import MemoryEngine
from searchapp.settings import Settings
from searchapp.web import create_app

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
LONG = "kelp" * 40
LONG_BODY = f"“The {LONG} is a weed,” said {LONG}. It grows at {LONG}.example/{LONG}."
SAID = said(LONG_BODY, LONG_BODY[:200], LONG_BODY[:170], Speaker(LONG, f"guard of {LONG}"))
LONG_WORDS = written(
    LONG, f"About {LONG}", LONG_BODY, SAID, published=day("2021-08-08"), source=LONG, place=LONG,
    url=f"https://{LONG[:60]}.example/", removed=(Removed(LONG, LONG),),
)  # fmt: skip
MANY = "&".join(f"speaker=The+Keeper+Of+Lighthouse+Number+{number}" for number in range(30))
PHONE = {"width": 390, "height": 800}
PAGES = ("/", "/search?q=ferry", "/search?q=ferry&view=statements", "/search?q=zeppelin+ferry",
         "/articles/2021/ferry%20night.txt?q=ferry", "/facets/speaker?q=ferry", "/about", "/help", "/archive",
         "/search?q=%22x", f"/search?q={LONG}", f"/search?q={LONG}&view=statements",
         f"/search?q={LONG}+ferry&speaker={LONG}",
         f"/articles/{LONG}?q={LONG}", f"/statements/{LONG_WORDS.statements[0].id}?q={LONG}",
         f"/facets/speaker?not_speaker={LONG}", f"/search?q={LONG}&{MANY}&not_source={LONG}",
         f"/search?q=%22{LONG}&source={LONG}", f"/search?q={LONG}&from=x&source={LONG}", f"/search?{LONG}=x",
         "/speakers", f"/speakers/{LONG}?said={LONG}", f"/compare?speaker={LONG}&speaker=Irena+Velacourt&q={LONG}",
         f"/compare?q=ferry&q={LONG}",
         "/articles/arabic", "/search?q=body:ferry+harbour", f"/search?{MANY}&view=statements&not_place=")  # fmt: skip
AXED = ("/", "/search?q=ferry+harbour&year=2021", "/search?q=ferry&view=statements", "/search?q=zeppelin+ferry",
        "/articles/2021/ferry%20night.txt?q=bolt&hit=1#m-1", f"/statements/{ARTICLES[0].statements[0].id}?q=ferry",
        "/speakers/Irena%20Velacourt?said=ferry", "/speakers?find=ve", "/compare?q=ferry&q=harbour",
        "/facets/speaker?q=ferry", "/help", "/about", "/archive",
        "/search?q=%22x")  # fmt: skip
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf8")

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if not CHROMIUM.exists():
        missing = f"{CHROMIUM} is missing: apt-get install chromium"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    engine = MemoryEngine()
    with engine.lock():
        engine.reindex([*ARTICLES, LONG_WORDS, ARABIC])
    app = create_app(Settings(title="The Lessing Archive"), engine=engine)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(browser: Any, address: str) -> Iterator[Any]:
    """A page whose console must stay empty: what the Content-Security-Policy blocks is told there."""
    context = browser.new_context(base_url=address, java_script_enabled=True)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: None if "400 (BAD REQUEST)" in said.text else complaints.append(said.text))
    page.on("request", lambda sent: None if sent.url.startswith(address) else complaints.append(sent.url))
    yield page
    context.close()
    assert complaints == []


def ask(page: Any, words: str) -> None:
    page.get_by_label("Search the archive").fill(words)
    page.get_by_role("button", name="Find").click()


def total(page: Any) -> str:
    return str(page.get_by_role("status").inner_text())


def test_a_reader_searches_narrows_goes_back_and_reads(page: Any, browser: Any) -> None:
    page.goto("/")
    ask(page, "vaccine")
    assert total(page) == "2 articles with vaccine"
    page.get_by_role("link", name="Skarn & Sund Post 1").click()
    assert total(page) == "1 article with vaccine, from the source Skarn & Sund Post"
    shared = page.url
    page.go_back()
    assert total(page) == "2 articles with vaccine"
    page.go_forward()
    assert total(page) == "1 article with vaccine, from the source Skarn & Sund Post"

    fresh = browser.new_context().new_page()  # the link, sent to somebody else
    fresh.goto(shared)
    assert total(fresh) == "1 article with vaccine, from the source Skarn & Sund Post"
    fresh.context.close()

    page.get_by_role("link", name="Vaccines reach Skarn").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Vaccines reach Skarn <on a ferry>"
    assert page.locator(".text mark").all_inner_texts() == ["vaccines", "vaccine"]
    page.get_by_role("link", name="Go to the first mark").click()
    assert page.url.endswith("#m-1")
    page.locator("#m-1 a").click()
    assert page.url.endswith("#m-2")


def test_the_total_is_announced_and_heads_an_outline(page: Any) -> None:
    page.goto("/search?q=ferry")
    assert page.get_by_role("heading", level=1).inner_text() == total(page)
    headings = page.get_by_role("heading", level=2).all_inner_texts()
    assert {"Speaker", "Source", "Place", "Year", "Published"} < set(headings)


def test_a_reader_mends_a_query_and_keeps_what_narrowed_it(page: Any) -> None:
    page.goto("/search?q=%22bolt&speaker=Tomas+Okorowski&view=statements")
    ask(page, "ferry")
    assert "with the speaker Tomas Okorowski" in total(page)
    assert "statements with ferry" in total(page)


def test_a_statement_leads_to_its_place(page: Any) -> None:
    page.goto("/search?view=statements&q=bolt")
    page.get_by_role("heading", level=2).get_by_role("link").click()
    assert "We counted every bolt twice" in page.locator("blockquote").inner_text()
    page.get_by_role("link", name="Night ferry to the Skarn islands").click()
    assert page.locator(".statement:has(:target)").inner_text().startswith("“We counted every bolt twice")


def test_new_words_keep_the_filters_until_they_are_removed(page: Any) -> None:
    page.goto("/search?q=ferry&speaker=Edvin%20Brask")
    ask(page, "vaccine")
    assert total(page) == "1 article with vaccine, with the speaker Edvin Brask"
    page.get_by_role("link", name="Remove speaker Edvin Brask").click()
    assert total(page) == "2 articles with vaccine"


def test_dates_are_set_in_words_people_write(page: Any) -> None:
    page.goto("/search?q=ferry")
    page.get_by_label("from", exact=True).fill("2021-04")
    page.get_by_label("to", exact=True).fill("2021")
    page.get_by_role("button", name="Set dates").click()
    assert total(page).endswith("published from April to December 2021")
    assert page.get_by_label("to", exact=True).input_value() == "2021"


def test_a_mended_query_is_one_click_away(page: Any) -> None:
    page.goto("/about")
    ask(page, '"night ferry')
    page.get_by_role("link", name='"night ferry"').click()
    assert total(page).startswith("1 article with “night ferry”")


def test_everything_works_by_keyboard(page: Any) -> None:
    page.goto("/search?q=ferry")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the hits"
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    page.keyboard.press("Enter")
    assert page.url.endswith("#hits")
    page.get_by_label("Search the archive").focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("bolt")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=bolt**")
    assert total(page) == "1 article with bolt"


def test_on_a_phone_the_facets_are_folded_and_several_are_applied_at_once(browser: Any, address: str) -> None:
    context = browser.new_context(base_url=address, viewport=PHONE, has_touch=True, java_script_enabled=False)
    page = context.new_page()
    page.goto("/search?q=ferry&year=2021&not_place=Sund&sort=newest")
    assert not page.locator(".facets").is_visible()
    page.get_by_text("Narrow (2)").click()
    for name in ("Tomas Okorowski", "Irena Velacourt"):
        page.get_by_role("checkbox", name=name).check()
    page.get_by_role("button", name="Apply").click()
    assert "with the speaker Irena Velacourt or Tomas Okorowski, not from the place Sund, published in 2021" in total(
        page
    )
    assert "sort=newest" in page.url
    page.get_by_text("Narrow (4)").click()
    page.get_by_role("checkbox", name="2021").uncheck()
    page.get_by_role("button", name="Apply").click()
    assert "published" not in total(page)
    context.close()


def test_the_first_hit_is_a_few_tabs_away_and_the_filters_one(page: Any) -> None:
    focused = "document.activeElement.closest('.hit') !== null"
    for words in ("ferry&year=2021", "velacourt"):
        page.goto(f"/search?q={words}")
        tabs = 0
        while not page.evaluate(focused):
            page.keyboard.press("Tab")
            tabs += 1
            assert tabs <= 8, words
    page.goto("/search?q=ferry")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.narrow') !== null")


def test_keys_lead_through_the_hits_and_the_pages(page: Any) -> None:
    def at() -> str:
        return str(page.evaluate("document.activeElement.textContent"))

    page.goto("/search")
    titles = page.locator(".hit h2 a").all_inner_texts()
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert at() == titles[1]
    page.keyboard.press("k")
    assert at() == titles[0]
    page.keyboard.press("k")
    assert at() == titles[0], "before the first there is none"
    page.keyboard.press("n")
    page.wait_for_url("**page=2**")
    page.keyboard.press("p")
    page.wait_for_url("**/search")
    page.keyboard.press("j")
    page.keyboard.press("o")
    page.wait_for_url("**/articles/**")
    page.locator("details.cite").wait_for()
    page.keyboard.press("c")
    assert page.locator("details.cite[open]").count() == 1
    page.keyboard.press("/")
    page.keyboard.type("jko?")
    assert page.locator("#q").input_value() == "jko?", "in a box a key is a letter"
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.wait_for_url("**/help#keys")


def test_keys_can_be_turned_off_for_good_and_on_again(page: Any) -> None:
    page.goto("/help")
    page.get_by_role("button", name="Turn the keys off").click()
    page.goto("/search")
    page.keyboard.press("j")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement === document.body")
    page.goto("/help")
    page.get_by_role("button", name="Turn the keys on").click()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"


def test_on_a_wide_screen_the_facets_stand_beside_the_hits(page: Any) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto("/search?q=ferry")
    facets, hits = page.locator(".facets").bounding_box(), page.locator(".hits").bounding_box()
    assert facets["x"] + facets["width"] <= hits["x"]
    assert facets["height"] > 100


def test_on_a_phone_the_choices_stand_in_a_row_below_the_tabs(page: Any) -> None:
    page.set_viewport_size(PHONE)
    page.goto("/search?q=ferry+harbour&match=any")
    tabs, words, order = (page.locator(f".controls nav:nth-child({each})").bounding_box() for each in (1, 2, 3))
    assert tabs["y"] + tabs["height"] <= words["y"] == order["y"]
    assert (tabs["x"], tabs["x"] + tabs["width"]) == (words["x"], order["x"] + order["width"])


def test_on_a_speaker_s_page_the_statements_come_first(page: Any) -> None:
    page.goto("/speakers/Irena%20Velacourt")
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 800})
        said, about = (page.locator(f".portrait > {each}").bounding_box() for each in (".list", "aside"))
        assert (said["x"] + said["width"] < about["x"]) if width > 1000 else (said["y"] < about["y"])


def test_an_article_its_statements_and_the_box_are_one_column(page: Any) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto("/articles/2021/ferry%20night.txt?q=ferry")
    parts = (page.locator(each).bounding_box() for each in (".box", ".text", ".statements", "article > header"))
    assert len({(part["x"], part["width"]) for part in parts}) == 1
    size = page.evaluate("parseFloat(getComputedStyle(document.querySelector('.text')).fontSize)")
    assert page.locator(".text").bounding_box()["width"] <= 36 * size
    margin = page.locator(".margin").first.bounding_box()
    assert margin["x"] + margin["width"] < page.locator(".text").bounding_box()["x"]


def test_text_runs_in_its_own_direction(page: Any) -> None:
    def directions(selector: str) -> set[str]:
        return set(page.eval_on_selector_all(selector, "all => all.map(each => getComputedStyle(each).direction)"))

    for address, own in {
        "/articles/arabic": "h1, .text p, blockquote, .removed dd",
        f"/statements/{ARABIC.statements[0].id}": "blockquote, .paragraph, .where a",
        "/search?q=برغي": "h2 + .passage, .hit h2, #q",
        "/search?q=برغي&view=statements": ".hit h2, .dots a[dir]",
    }.items():
        page.goto(address)
        assert directions(own) == {"rtl"}, address
        assert directions("body, .quiet, .by") == {"ltr"}, address
    page.goto("/articles/2021/ferry%20night.txt?q=ferry")
    assert directions("h1, .text p, blockquote, .removed dd, #q") == {"ltr"}


def test_the_ring_around_not_leaves_the_count_alone(page: Any) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto("/search?q=ferry")
    row = page.locator(".row").first
    count, leave_out = row.locator(".count").bounding_box(), row.locator(".not").bounding_box()
    assert count["x"] + count["width"] + 5 <= leave_out["x"]  # outline and its offset
    assert min(leave_out["width"], leave_out["height"]) >= 24


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 640, 1280])
def test_no_page_scrolls_sideways(browser: Any, address: str, width: int, scheme: Any) -> None:
    context = browser.new_context(base_url=address, viewport={"width": width, "height": 700}, color_scheme=scheme)
    page = context.new_page()
    for path in PAGES:
        page.goto(path)
        page.eval_on_selector_all("details", "all => all.forEach(each => { each.open = true })")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    context.close()


CONTRASTS = """() => {
  const parsed = (colour) => (colour.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
    .map((c) => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (node) => {
    for (; node; node = node.parentElement) {
      const colour = parsed(getComputedStyle(node).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), faint = [];
  while (texts.nextNode()) {
    const node = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim()) continue;
    const [a, b] = [light(parsed(getComputedStyle(node).color)), light(ground(node))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) faint.push(texts.currentNode.data.trim().slice(0, 40));
  }
  return faint;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_stands_out_from_its_ground(browser: Any, address: str, scheme: Any) -> None:
    context = browser.new_context(base_url=address, color_scheme=scheme)
    page = context.new_page()
    for path in PAGES:
        page.goto(path)
        assert page.evaluate(CONTRASTS) == [], path
    context.close()


def options(page: Any) -> list[str]:
    return [each.inner_text() for each in page.get_by_role("option").all()]


def test_a_query_is_completed_by_keyboard_and_told_to_screen_readers(page: Any) -> None:
    page.goto("/")
    box = page.get_by_role("combobox")
    assert box.get_attribute("aria-expanded") == "false"
    box.press_sequentially("ferry bras")
    page.get_by_role("listbox").wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    assert "Edvin Brask" in options(page)[0]
    assert "suggestion" in page.locator(".box [aria-live]").inner_text()
    assert not box.get_attribute("aria-activedescendant")  # manual selection: what is typed stays until one is taken
    box.press("ArrowDown")
    chosen = page.locator(f"#{box.get_attribute('aria-activedescendant')}")
    assert chosen.get_attribute("aria-selected") == "true"
    assert box.input_value() == "ferry bras"
    box.press("Enter")
    assert box.input_value() == 'ferry speaker:"Edvin Brask" '
    assert not page.get_by_role("listbox").is_visible()
    box.press("Enter")
    page.wait_for_url("**/search?**")
    assert "Edvin Brask" in page.get_by_role("heading", level=1).inner_text()


def test_suggestions_are_left_by_escape_taken_by_mouse_and_do_not_hinder(page: Any) -> None:
    page.goto("/")
    box = page.get_by_role("combobox")
    box.press_sequentially("bras")
    page.get_by_role("listbox").wait_for()
    box.press("ArrowUp")  # from the box to the last
    assert page.get_by_role("option").last.get_attribute("aria-selected") == "true"
    box.press("Escape")
    assert not page.get_by_role("listbox").is_visible()
    assert box.input_value() == "bras"
    box.press("ArrowDown")
    page.get_by_role("listbox").wait_for()
    page.get_by_role("option").first.click()
    assert box.input_value() == 'speaker:"Edvin Brask" '
    box.fill("ferry")
    box.press("Enter")  # at once: what is typed is searched for
    page.wait_for_url("**/search?q=ferry")


WIDTHS = (320, 390, 768, 1280)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
OF_COLOUR = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


@pytest.mark.parametrize("path", AXED)
def test_every_page_keeps_the_rules_of_axe(browser: Any, address: str, path: str) -> None:
    """Those for WCAG 2.2 AA, target sizes and links in text among them; in the dark, those of colour."""
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.goto(path)
    page.eval_on_selector_all("details", "all => all.forEach(each => { each.open = true })")
    page.evaluate(AXE)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        for scheme, rules in {"light": RULES, "dark": OF_COLOUR}.items():
            page.emulate_media(color_scheme=scheme)
            found = page.evaluate("rules => axe.run(document, rules)", rules)["violations"]
            broken = [(each["id"], node["html"]) for each in found for node in each["nodes"]]
            assert broken == [], (width, scheme)
    context.close()
