"""The day an article was published is found, or is left open: a wrong day is worse than none."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchapp.article import Dated
from searchapp.ingest.attribution.statement_days import statement_day
from searchapp.ingest.dating.addresses import path_day, url_day
from searchapp.ingest.dating.dates import day_first_evidence, find_dates
from searchapp.ingest.dating.details import date_prefix, is_date_line
from searchapp.ingest.dating.metadata import parse_date
from searchapp.ingest.dating.publication import decide
from tests import calendar_names

ENGLISH = "January February March April May June July August September October November December".split()
GERMAN = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
FRENCH = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
SPANISH = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()
INDONESIAN = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()
RUSSIAN = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()

DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
FORMATS = {
    "iso": lambda d: d.isoformat(),
    "iso with slashes": lambda d: f"{d.year}/{d.month}/{d.day}",
    "iso with time": lambda d: f"{d.isoformat()}T10:30:00+07:00",
    "rfc 822": lambda d: f"{WEEKDAYS[d.weekday()][:3]}, {d.day:02} {ENGLISH[d.month - 1][:3]} {d.year} 10:30:00 GMT",
    "dots": lambda d: f"{d.day}.{d.month}.{d.year}",
    "American": lambda d: f"{ENGLISH[d.month - 1]} {d.day}, {d.year}",
    "American ordinal": lambda d: f"{ENGLISH[d.month - 1]} {d.day}th, {d.year} at 06:28 am",
    "British": lambda d: f"{d.day} {ENGLISH[d.month - 1]} {d.year}",
    "capitals": lambda d: f"{d.day:02}-{ENGLISH[d.month - 1][:3].upper()}-{d.year} 15:01:01.79",
    "weekday and slashes": lambda d: f"{WEEKDAYS[d.weekday()]}, {d.month}/{d.day}/{d.year}",
    "German": lambda d: f"{d.day}. {GERMAN[d.month - 1]} {d.year}, 10:37 Uhr",
    "French": lambda d: f"le {d.day} {FRENCH[d.month - 1]} {d.year} à 10h30",
    "Spanish": lambda d: f"{d.day} de {SPANISH[d.month - 1]} de {d.year}",
    "Indonesian": lambda d: f"{d.day} {INDONESIAN[d.month - 1]} {d.year} 04:25 WIB",
    "Russian": lambda d: f"{d.day} {RUSSIAN[d.month - 1]} {d.year} г.",
    "Vietnamese": lambda d: f"ngày {d.day} tháng {d.month} năm {d.year}",
}
BODY = "\n\n".join(
    [
        "The harbour of Quellstadt will be dredged, Mayor Ansa Verlund told the council after a long debate.",
        "It would cost nine million crowns, she said, and the fishermen would be paid for the days they lose.",
        "Opponents doubted the figures; the opposition wants to see the contracts before anything is signed.",
    ]
)


def decided(
    *,
    head: str = "",
    dateline: str = "",
    body: str = BODY,
    tail: str = "",
    url: str | None = None,
    day_first: bool | None = None,
) -> tuple[str | None, str | None]:
    """The published and updated day, None where it is not known to the day."""
    both = decide(head=head, dateline=dateline, body=body, tail=tail, url=url, day_first=day_first)
    published, updated = (dated.first.isoformat() if dated and dated.precision == "day" else None for dated in both)
    return published, updated


def day_of(text: str, **settings: bool) -> str | None:
    dated = parse_date(text, origin="metadata", **settings)
    return dated.first.isoformat() if dated and dated.precision == "day" else None


# --- finding


@pytest.mark.parametrize("name", FORMATS)
@given(day=DAYS)
def test_every_format_reads_back_the_same_day(name: str, day: date) -> None:
    written = FORMATS[name](day)
    if name == "weekday and slashes" and day_of(written) is None:  # both readings fall on that weekday
        return
    assert day_of(written) == day.isoformat()
    assert day.isoformat() in {str(c.ordered(False).on()) for c in find_dates(f"Xyz {written} – abc.")}


@pytest.mark.parametrize(
    "text",
    [
        *("May 20 people came", "march 5 miles", "1/2 cup", "version 2021.3.40", "tel. 2021-04-2755"),
        *("February 30, 2021", "call 12-34-5678", "he may 5", "", "31.4.2021"),
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert [c for c in find_dates(text) if c.on()] == []


@pytest.mark.parametrize(
    "written", ["ngày 5 tháng 4 năm 2021", "5 tháng tư, 2021", "5Tháng 4 năm 2021", "5thApril 2021"]
)
def test_a_day_before_its_month_is_read_in_any_language(written: str) -> None:
    assert day_of(written) == "2021-04-05"


def test_glued_dates_are_parted() -> None:
    days = [str(c.on()) for c in find_dates("10. Februar 20199. Februar 2019 von UpdatedMay 5, 2020 07.11.202310:37")]
    assert days == ["2019-02-10", "2019-02-09", "2020-05-05", "2023-11-07"]


@given(st.text(st.sampled_from("0123456789/-.: MayJune\n") | st.characters(), max_size=200))
def test_candidates_lie_in_the_text_in_order(text: str) -> None:
    found = find_dates(text)
    assert all(0 <= c.start < c.end <= len(text) for c in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    decide(head=text, dateline=text, body=text, tail=text, url=text, day_first=None)
    statement_day(text, parse_date("2021-09-29", origin="x"))
    parse_date(text, origin="x")
    is_date_line(text)
    day_first_evidence(text)
    assert 0 <= date_prefix(text) <= len(text)


# --- metadata


@pytest.mark.parametrize(
    ("text", "first", "precision"),
    [
        ("2021-04", "2021-04-01", "month"),
        ("April 2021", "2021-04-01", "month"),
        ("2021", "2021-01-01", "year"),
        ("20210427", "2021-04-27", "day"),
        ("20210427T103000Z", "2021-04-27", "day"),
        ("9/29/2021", "2021-09-29", "day"),
        ("27/04/21", "2021-04-27", "day"),
        ("5/5/2021", "2021-05-05", "day"),
        ("Thứ sáu, 10/11/2023, 08:15 (GMT+7)", "2023-11-10", "day"),
    ],
)
def test_metadata_dates_are_as_exact_as_written(text: str, first: str, precision: str) -> None:
    dated = parse_date(text, origin="metadata")
    assert dated is not None
    assert (dated.first.isoformat(), dated.precision, dated.origin) == (first, precision, "metadata")
    assert dated.first <= dated.last


@pytest.mark.parametrize(
    "text", ["", "soon", "2021-02-30", "2021-13-01", "May 5, 2021 and May 6, 2021", "1620369600", "x" * 999]
)
def test_what_cannot_be_read_is_none(text: str) -> None:
    assert parse_date(text, origin="metadata") is None


def test_an_open_order_of_day_and_month_is_not_guessed() -> None:
    dated = parse_date("5/7/2021", origin="metadata")
    assert dated is not None
    assert (dated.precision, dated.first.year) == ("year", 2021)
    assert "unknown" in dated.origin
    assert day_of("5/7/2021", day_first=True) == "2021-07-05"
    assert day_of("5/7/2021", day_first=False) == "2021-05-07"


def test_evidence_of_the_order_is_counted() -> None:
    assert day_first_evidence("29/9/2021, 30/10/2020; 5/7/2021; 29.9.2021") == 2
    assert day_first_evidence("9/29/2021") == -1


@pytest.mark.parametrize(
    "written",
    [
        *(
            "2021年4月27日",
            "2021 年 4 月 27 日 星期二 上午8:30",
            "二〇二一年四月二十七日",
            "令和3年4月27日",
            "民國110年4月27日",
        ),
        *("2021년 4월 27일", "2021. 4. 27.", "٢٧ أبريل ٢٠٢١", "27 نيسان/أبريل 2021", "الثلاثاء 27 أبريل 2021"),
        *("27 Nisan 2021 Salı", "27 NİSAN 2021", "27-Nis-2021", "wtorek, 27 kwietnia 2021", "27 kwi 2021"),
        *("27. dubna 2021", "úterý 27. dubna 2021", "27 квітня 2021 р.", "27 апреля 2021 г.", "27 Απριλίου 2021"),
        *("27 ΑΠΡΙΛΙΟΥ 2021", "2021. április 27.", "2021. ápr. 27.", "27 เมษายน 2564", "27 เม.ย. 2564", "27/04/2564"),
        *("27 آوریل 2021", "۷ اردیبهشت ۱۴۰۰", "27 अप्रैल 2021", "२७ अप्रैल २०२१", "27 tháng 4 năm 2021", "27 April 2021"),
        *("27 de abril de 2021", "27 d’abril del 2021", "27 aprile 2021", "27 aprilie 2021", "27 april 2021"),
        *(
            "27. huhtikuuta 2021",
            "2021. gada 27. aprīlis",
            "2021 m. balandžio 27 d.",
            "27. travnja 2021.",
            "27 באפריל 2021",
        ),
    ],
)
def test_days_are_read_in_the_languages_digits_and_calendars_of_the_world(written: str) -> None:
    assert day_of(written) == "2021-04-27"


@pytest.mark.parametrize(
    "written",
    [
        *("sexta-feira, 27 de agosto de 2021", "27 Agustus 2021 pukul 08.30 WIB", "2021年8月27日(金) 8時30分"),
        *("शुक्रवार, 27 अगस्त 2021", "جمعه ۵ شهریور ۱۴۰۰", "2021년 8월 27일 금요일 오전 8:30"),
        *("วันศุกร์ที่ 27 สิงหาคม พ.ศ. 2564 เวลา 08:30 น.", "27 Αυγούστου 2021 08:30 π.μ.", "27. elokuuta 2021 klo 8.30"),
    ],
)
def test_a_day_may_have_its_weekday_and_its_hour_in_its_language_beside_it(written: str) -> None:
    assert day_of(written) == "2021-08-27"


@pytest.mark.parametrize("written", ["sierpień 2021", "Ağustos 2021", "2021年8月", "2021년 8월", "août 2021"])
def test_months_are_read_in_other_languages(written: str) -> None:
    dated = parse_date(written, origin="x")
    assert dated
    assert (dated.precision, dated.first) == ("month", date(2021, 8, 1))


def test_the_names_are_those_of_cldr() -> None:
    assert calendar_names.FILE.read_text("utf8") == calendar_names.written(), "run python -m tests.calendar_names"


def test_a_name_of_two_months_is_told_by_how_its_language_writes_the_day() -> None:
    assert day_of("27 listopada 2021") == "2021-11-27"
    assert day_of("27. listopada 2021.") == "2021-10-27"


@pytest.mark.parametrize(
    ("written", "day"),
    [("1 فروردین 1399", "2020-03-20"), ("30 اسفند 1399", "2021-03-20"), ("1 فروردین 1403", "2024-03-20")],
)
def test_the_years_of_iran_begin_in_spring(written: str, day: str) -> None:
    assert day_of(written) == day


@pytest.mark.parametrize(
    "written",
    [
        *(
            "None",
            "null",
            "0000-00-00",
            "0000-00-00T00:00:00Z",
            "N/A",
            "2021年13月40日",
            "31 kwietnia 2021",
            "27 wozów 2021",
        ),
        *("27 kwietnia 2021 i 28 kwietnia 2021", "31 اسفند 1399", "12 people 2021"),
    ],
)
def test_what_is_no_day_in_any_language_is_none(written: str) -> None:
    assert parse_date(written, origin="x") is None


def test_lines_give_days_in_other_languages() -> None:
    for line in ("27 kwietnia 2021, 08:30", "2021년 4월 27일 08:30", "27 أبريل 2021", "27 Nisan 2021, Ada Verlund"):
        assert decided(head=line) == ("2021-04-27", None)


# --- publication


@pytest.mark.parametrize(
    ("head", "published", "updated"),
    [
        (" date 2021-04-27 ", "2021-04-27", None),
        (" date 2021-04-27 Mayor Ansa Verlund (Photo: QNA)", "2021-04-27", None),
        ("9:00:26 AM | 9/29/2021", "2021-09-29", None),
        ("Last updated on June 9th, 2021 at 07:14 am", None, "2021-06-09"),
        ("Published 3rd Nov 2023, 09:25 GMT\nUpdated 4th Nov 2023, 10:25 GMT", "2023-11-03", "2023-11-04"),
        ("Updated: 11:17 EDT, 8 May 2020   |  Published:  10:55 EDT, 7 May 2020", "2020-05-07", "2020-05-08"),
        ("3. Mai 2021, 10:30 Uhr | geändert am 5. Mai 2021, 12:00 Uhr", "2021-05-03", "2021-05-05"),
        ("3 May 2021 (amended 5 May 2021)", "2021-05-03", "2021-05-05"),
        ("posted 3 May 2021, 10:10; last touched 5 May 2021, 09:00", "2021-05-03", "2021-05-05"),
        ("3 maja 2021, 10:30, aktualizacja 5 maja 2021, 12:00", "2021-05-03", "2021-05-05"),
        ("2021年5月3日 10:30（2021年5月5日 12:00 更新）", "2021-05-03", "2021-05-05"),
        ("21:48 GMT 14.05.2019(updated 10:02 GMT 15.05.2019)", "2019-05-14", "2019-05-15"),
        ("Last updated:\n7 May 2021", None, "2021-05-07"),
        ("Zuletzt am 14. März 2019 um 09:05 Uhr geändert", None, "2019-03-14"),
        ("Home\nSport\nBy Jorn Halvik | May 5, 2020", "2020-05-05", None),
        (
            "Thursday, November 9, 2023\n" + "Menu\n" * 20 + "Harbour to be dredged\n6 November 2023",
            "2023-11-06",
            None,
        ),
        ("© 2024 The Quell Courier", None, None),
    ],
)
def test_dates_in_the_head(head: str, published: str | None, updated: str | None) -> None:
    assert decided(head=head) == (published, updated)
    assert decided(body=f"{head}\n{BODY}") == (published, updated)


@pytest.mark.parametrize("line", ["Published March 2018", "March 2018", "Published: 2018-03", "By Ann Lee, March 2018"])
def test_a_month_is_taken_where_no_day_is_found(line: str) -> None:
    def found(head: str) -> Dated | None:
        return decide(head=head, dateline="", body=BODY, tail="", url=None, day_first=None)[0]

    assert found(line) == Dated(date(2018, 3, 1), date(2018, 3, 31), "month", "head")
    assert found(f"{line}\n5 April 2018") == Dated(date(2018, 4, 5), date(2018, 4, 5), "day", "head")
    assert found(f"{line}\nPublished April 2018\nPosted May 2018") is None
    assert found(f"{line}\nUpdated May 2019") == found(line)


@pytest.mark.parametrize(
    "line",
    [
        *("Updated March 2018", "The fair of March 2018", "Season: 2010-11", "30 February 2021", "2018-03"),
        *("Issue 12, March 2021", "Vol. 3, March 2021", "Page 12, March 2021", "Chapter 4 March 2021"),
        *("Room 12 March 2021", "Thursday, 1 January 1970", "1970-01-01"),
    ],
)
def test_what_gives_no_month_and_no_day(line: str) -> None:
    assert decide(head=line, dateline="", body=BODY, tail="", url=None, day_first=None) == (None, None)


def test_a_number_beside_a_day_does_not_hide_it() -> None:
    assert decided(head="Vol. 3, 12 March 2021") == ("2021-03-12", None)


@pytest.mark.parametrize(
    "body",
    [
        f"January 2018\n{BODY}\nFebruary 2018\n{BODY}",
        f"The bakers of Nesk said they sold more than in\nFebruary 1986.\n{BODY}",
        f"The bonds of the bakers of Nesk that were\nissued before July 1984\nfell in price.\n{BODY}",
    ],
    ids=["a chronicle", "the end of a sentence that is wrapped", "the middle of one"],
)
def test_the_months_of_a_story_do_not_date_it(body: str) -> None:
    assert decide(head="", dateline="", body=body, tail="", url=None, day_first=None) == (None, None)


def test_origins_are_told() -> None:
    def origin(**parts: str) -> str | None:
        whole = {"head": "", "dateline": "", "body": BODY, "tail": "", "url": None} | parts
        published, _ = decide(**whole, day_first=None)  # type: ignore[arg-type]
        return published.origin if published else None

    assert origin(head="date 2021-04-27 ") == "prefix"
    assert origin(head="27 April 2021") == "head"
    assert origin(url="https://courier.example/2021/04/27/harbour") == "url"
    assert origin(body=f"Quellstadt – Talks began here on April 27, 2021.\n\n{BODY}") == "lead"
    assert origin(tail="Published on 27 April 2021") == "tail"


def test_lines_are_looked_for_where_they_stand_in_the_page() -> None:
    """However much the cleaner cut, and took a byline for the title: the page tells what is near the text."""
    menu = "Menu\n" * 9
    page = f"Fair opens\n26 January 2026\n{menu}Jorn Halvik · 27 April 2021 · 7 comments\n{BODY}\nMore\n27 May 2024"
    published, _ = decide(head="", dateline="", body=BODY, tail="", url=None, day_first=None, page=page)
    assert published == Dated(date(2021, 4, 27), date(2021, 4, 27), "day", "head")


def test_teasers_behind_the_article_do_not_date_it() -> None:
    fair = "On January 26, 2026, the fair of Quellstadt opened its gates to all…"
    tail = f"See more\n{fair}\nFair opens\n26 January 2026\nMore\n27 May 2024"
    assert decided(tail=tail) == (None, None)
    assert decided(head="5 May 2020", tail=tail) == ("2020-05-05", None)


def test_comments_do_not_date_it() -> None:
    comments = "\n".join(
        f"Reader {n}\n24. November 2019 um 17:5{n} Uhr\nIch sehe das ganz anders als die Autorin." for n in range(5)
    )
    assert decided(body=f"16. Mai 2019 | Jorn Halvik\n{BODY}\n{comments}")[0] == "2019-05-16"


def test_dates_inside_the_text_do_not_date_it() -> None:
    assert decided(body=BODY + "\n\nThe harbour wall was built after the flood that came on February 1, 1953.") == (
        None,
        None,
    )


def test_the_address_settles_what_the_page_leaves_open() -> None:
    assert decided(url="https://courier.example/2021/04/27/harbour") == ("2021-04-27", None)
    assert decided(head="5/7/2021", url="https://courier.example/2021/07/05/harbour") == ("2021-07-05", None)


def test_day_and_month_are_settled_by_source_or_page_or_left_open() -> None:
    assert decided(head="5/7/2021") == (None, None)
    assert decided(head="5/7/2021", day_first=True) == ("2021-07-05", None)
    assert decided(head="5/7/2021", day_first=False) == ("2021-05-07", None)
    assert decided(head="5/7/2021", tail="Sport\n29/6/2021") == ("2021-07-05", None)
    assert decided(head="5/7/2021", url="https://courier.example.co.uk/harbour") == ("2021-07-05", None)


def test_the_year_of_a_lead_is_concluded_from_what_it_speaks_of() -> None:
    lead = "QUELLSTADT – Envoys of both towns met here on Friday, May 29 to speak of the harbour and its dredging.\n\n"
    assert decided(body=lead + BODY + " The next meeting is to be held in August 2020.") == (
        "2020-05-29",
        None,
    )
    assert decided(body=lead + BODY, tail="Related: https://courier.example/news/2020/06/01/harbour") == (
        "2020-05-29",
        None,
    )
    assert decided(body=lead + BODY) == (None, None)
    assert decided(body=lead + BODY + " The next meeting is to be held in August 2021.") == (
        None,
        None,
    )  # no Friday


def test_a_year_that_the_evidence_leaves_open_stays_open() -> None:
    lead = "The envoys met in Quellstadt on July 6 to speak of the harbour and its dredging, long overdue.\n\n"
    assert decided(body=lead + BODY + " Another meeting was proposed to be organised in October, 2021.") == (
        "2021-07-06",
        None,
    )
    assert decided(body=lead + BODY + " They spoke in May 2019, in June 2020 and in April 2021.") == (
        None,
        None,
    )


def test_what_is_still_to_come_does_not_date_the_article() -> None:
    lead = "The fair of Quellstadt will be opened on 6 July 2021 by the mayor, the town said in a statement.\n\n"
    assert decided(body=lead + BODY) == (None, None)


def test_paths_and_addresses_name_days() -> None:
    assert path_day("courier/2021/04/27/a.txt") == Dated(date(2021, 4, 27), date(2021, 4, 27), "day", "path")
    assert (found := path_day("courier/2021-04-27-harbour.txt")) is not None
    assert found.first == date(2021, 4, 27)
    assert url_day("https://courier.example/news-20210427-1") == Dated(
        date(2021, 4, 27), date(2021, 4, 27), "day", "url"
    )
    for nothing in ("courier/a.txt", "courier/2021/a.txt", "x/2021/13/45/a.txt", "id-120210427999"):
        assert path_day(nothing) is None
    assert url_day(None) is None


@pytest.mark.parametrize(
    ("address", "day"),
    [
        *((f"world/2013/{month}/14/plan", "2013-01-14") for month in ("01", "1", "jan", "january", "Jan")),
        *((f"{day}/plan", "2013-01-14") for day in ("14-01-2013", "14.01.2013", "14/01/2013", "20130114", "14jan2013")),
        *((f"plan-{day}.html", "2013-01-14") for day in ("14-january-2013", "january-14-2013", "14th-of-january-2013")),
        *((f"{day}/c1-4.htm", "2013-01-14") for day in ("2013/0114", "2013-01/14", "201301/14", "2013/01-14")),
        *((f"plan{day}", "2013-01-14") for day in ("_2013_01_14", "-20130114103000", "?date=2013-01-14")),
        *(
            (nothing, None)
            for nothing in ("paper/2022/03/21544", "5-7-2021/plan", "120130114", "20131301", "a?v=20130114")
        ),
        ("2013/01/14/fair-of-2013-01-13", None),
        ("2021/04/27/plan?from=https://other.example/2013/01/14/fair", "2021-04-27"),
    ],
)
def test_addresses_name_days_in_the_shapes_of_sites(address: str, day: str | None) -> None:
    found = url_day(f"https://courier.example/{address}")
    assert (found.first.isoformat() if found else None) == day


@pytest.mark.parametrize(
    "path", ["crawl-2021-04-27/a.txt", "archived 2021-04-27/a", "web.archive.org/web/20210427103000/a"]
)
def test_the_day_of_a_copy_is_no_day_of_publication(path: str) -> None:
    assert path_day(path) is None
    assert path_day(f"{path}/2013-01-14.txt") == path_day("14 January 2013 - plan.txt")


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("https://web.archive.org/web/20210427103000/https://courier.example/2013/01/14/plan", "2013-01-14"),
        ("https://web.archive.org/web/20210427/courier.example/2013/01/14/plan", "2013-01-14"),
        ("https://web.archive.org/web/20210427103000/https://courier.example/plan", None),
        ("https://archive.ph/2021.04.27-103000/https://courier.example/plan", None),
        ("https://archive.ph/20210427", None),
        ("https://[courier/2013/01/14", None),
    ],
)
def test_of_an_archive_of_the_web_the_address_of_what_was_copied_counts(address: str, day: str | None) -> None:
    found = url_day(address)
    assert (found.first.isoformat() if found else None) == day


def test_days_to_come_date_nothing() -> None:
    day = (date.today() + timedelta(400)).isoformat()
    for parts in ({"head": day}, {"url": f"https://courier.example/{day}/plan"}, {"head": f" date {day} Plan"}):
        assert decided(**parts) == (None, None)
    assert decided(head=f"27 April 2021\nUpdated {day}") == ("2021-04-27", None)
    tomorrow = (datetime.now(UTC).date() + timedelta(1)).isoformat()  # in the East it is tomorrow already
    assert decided(head=tomorrow) == (tomorrow, None)


# --- stories told


@pytest.mark.parametrize(
    "lead",
    [
        "Seventy-five years ago today, on 12 May 1940, the army crossed the river at Velm.",
        "It was on 12 May 1940 that the army crossed the river. Velm remembers it this week.",
        "On 12 May 1940 the army crossed the river. On Friday the town opens a museum.",
        "On 12 May, 75 years ago, the army crossed the river. It was in 1940 that the town was emptied.",
        "The mayor of Velm, who was elected on 3 June 2014, will not run again.",
        "The president, sworn in on 20 January 2013, said he would not run again.",
        "Founded on 1 March 2014, the Kestrin Courier is the youngest paper of the valley.",
        "Dora Quint, born on 7 April 2001, is the new head of the board.",
        "The treaty, signed on 5 May 2011, still holds. Ten years later, both capitals say that it works.",
        "A decade after the flood of 3 June 2011, the dikes are still not mended.",
        "The bridge of Kestrin, which opened on 14 July 2018, will close in spring.",
        "His father died on 9 October 2018, and Brandt still mends his boats.",
        "Am 5. Mai 2011 wurde in Velm der Flussvertrag unterzeichnet. 10 Jahre später gilt er noch immer.",
        "El tratado fue firmado el 5 de mayo de 2011 en Velm. Hace 10 años nadie lo creía.",
    ],
)
def test_a_day_of_a_story_told_is_not_that_of_publication(lead: str) -> None:
    assert decided(body=f"{lead}\n\n{BODY}") == (None, None)


@pytest.mark.parametrize(
    "lead",
    [
        "Velm – Talks on the river began here on April 27, 2021.",
        "On Tuesday, April 27, 2021, the council of Orle adopted a plan, 75 years after the battle.",
        "The council of Orle adopted a plan for the river on 27 April 2021.",
        "27.4.2021 - Seit zehn Jahren gibt es den Rat, der gestern einen Plan beschlossen hat.",
    ],
)
def test_a_day_that_news_report_is_that_of_publication(lead: str) -> None:
    assert decided(body=f"{lead}\n\n{BODY}") == ("2021-04-27", None)


def test_a_story_is_not_dated_by_what_its_headline_remembers() -> None:
    assert decided(body=f"Velm, 12 May 1940\n\nSeventy-five years ago the army crossed the river.\n\n{BODY}")[0] is None
    assert decided(body=f"8 May 2015\n\nOn 12 May 1940 the army crossed the river.\n\n{BODY}")[0] == "2015-05-08"


def test_a_page_made_long_after_a_day_shows_that_the_day_is_of_a_story() -> None:
    lead = "The ministers met in Velm on 5 May 2011 to talk about the river.\n\n"
    assert decided(body=lead + BODY)[0] == "2011-05-05"
    assert decided(body=lead + BODY, tail="© 2021 Velm Gazette")[0] is None


@pytest.mark.parametrize(
    "line",
    [
        "Founded: 4 June 2011",
        "設立：2011年6月4日",
        "Week of 14. - 20. January 2022",
        "Minutes of the last meeting of 5 May 2021",
    ],
)
def test_a_line_beside_the_text_may_give_the_day_of_something_else(line: str) -> None:
    assert decided(body=f"Harbour to be dredged\n3 May 2023\n{BODY}\n{line}") == ("2023-05-03", None)


def test_the_first_and_last_of_several_days_are_no_day_of_publication() -> None:
    assert decided(body=f"Fair of Nesk, 3 May 2021 – 5 May 2021\n{BODY}") == (None, None)
    assert decided(body=f"Fair of Nesk, 3 May 2021 – 5 May 2021\n1 April 2021\n{BODY}") == ("2021-04-01", None)


def test_a_list_of_other_stories_does_not_date_the_article() -> None:
    others = "\n".join(
        f"[ October {day}, 2020 ]   Fair of {place} opens    Audio"
        for day, place in ((25, "Nesk"), (24, "Orle"), (24, "Velm"))
    )
    assert decided(body=f"{others}\nHarbour to be dredged\nOctober 26, 2020 Jorn Halvik\n{BODY}")[0] == "2020-10-26"


# --- lines


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("9:00:26 AM | 9/29/2021", True),
        ("Last updated on June 9th, 2021 at 07:14 am", True),
        ("Updated: 10:30", True),
        ("Published 12 May 2020, 10:30 GMT+7", True),
        ("Thứ sáu, 10/11/2023, 08:15 (GMT+7)", True),
        ("Veröffentlicht: 05.09.2022, 08:12 Uhr | aktualisiert: 05.09.2022, 09:47 Uhr", True),
        ("By Jorn Halvik, May 5, 2020", False),
        ("May 5 was a good day.", False),
        ("Source: QNA", False),
        ("22 reasons", False),
        ("", False),
        ("Updated", False),
    ],
)
def test_lines_of_dates_alone(line: str, is_one: bool) -> None:
    assert is_date_line(line) is is_one


def test_the_prefix_of_a_scraper() -> None:
    assert date_prefix(" date 2021-04-27 Harbour to be dredged") == len(" date 2021-04-27 ")
    assert date_prefix("The date 2021-04-27 was fixed") == 0
    assert date_prefix("date palms grow") == 0


def test_a_prefix_far_from_the_dateline_is_the_day_of_the_crawl() -> None:
    for prefix, published, origin in (
        ("2026-01-08", date(2024, 6, 14), "dateline"),
        ("2024-06-15", date(2024, 6, 15), "prefix"),
    ):
        page = f" date {prefix} Bakers agree\nNesk, June 14, 2024 (PNT) – {BODY}"
        found, _ = decide(head="", dateline="", body=BODY, tail="", url=None, day_first=None, page=page)
        assert found
        assert (found.first, found.origin) == (published, origin)


def test_the_year_of_a_copyright_line_counts_where_the_weekday_agrees() -> None:
    for year, published in (("2019", "2019-06-20"), ("2020", None), ("2009-2019", None)):
        found, _ = decided(head="Thursday, June 20", tail=f"Copyright {year} North Post.")
        assert found == published


# --- statements

WEDNESDAY = Dated(date(2021, 9, 29), date(2021, 9, 29), "day", "head")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The harbour is safe, she said on Tuesday.", "2021-09-28"),
        ("Ms Verlund said Monday the plan is off.", "2021-09-27"),
        ("Ms Verlund said on Wednesday.", "2021-09-29"),
        ("Last Wednesday, Ms Verlund said so.", "2021-09-22"),
        ("She said yesterday all was fine.", "2021-09-28"),
        ("She told the council on September 12 that all was fine.", "2021-09-12"),
        ("On July 6, 2019, she said so.", "2019-07-06"),
        ("Tuesday, September 28, was a good day, she said.", "2021-09-28"),
        ('"See you on Monday," she told reporters on Tuesday.', "2021-09-28"),
        ("Am Dienstag sagte sie das.", "2021-09-28"),
        ("The talks will be held on Friday, she said.", None),
        ("Since Monday nothing has moved, she said.", None),
        ("The fair opens on October 5, she said.", None),
        ("From Monday on, and again on Tuesday and Sunday.", None),
        ("Sunday's vote was fair, she said.", None),
        ("She said so.", None),
    ],
)
def test_the_day_a_statement_gives_itself(text: str, day: str | None) -> None:
    dated = statement_day(text, WEDNESDAY)
    assert (dated.first.isoformat() if dated else None) == day


def test_without_a_day_of_publication_only_full_dates_count() -> None:
    assert statement_day("She said on Tuesday.", None) is None
    assert statement_day("She said on September 12.", None) is None
    full = statement_day("She said on September 12, 2021.", None)
    assert full is not None
    assert (full.first, full.origin) == (date(2021, 9, 12), "statement")


@pytest.mark.parametrize("line", ["20210305", "20210305 09:30", "20210305T09:30:00"])
def test_eight_digits_that_make_a_line_are_a_date(line: str) -> None:
    assert [found.on() for found in find_dates(f"A headline\n{line}\nText of 20210306 words")] == [date(2021, 3, 5)]
    assert is_date_line(line)


@pytest.mark.parametrize("line", ["20211305", "20210230", "No. 20210305", "20210305 sheep", "202103051", "18120305"])
def test_eight_digits_are_a_number_elsewhere(line: str) -> None:
    assert find_dates(line) == []
