"""What others call our fields: the one table of the names that scrapers, news APIs and data sets use."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import Any, Final

MAX_FIELDS = 2_000  # of one record, nested ones counted, that are looked at
_FEW = 100
_MAX_NAME = 200  # characters of it that are looked at
_MAX_DEPTH = 4  # objects within objects; the news APIs nest two

# Case, "-", "_" and spaces do not count; a dot leads into an object ("source": {"name": …}), or stands in the name of a
# column. The first name that holds something readable counts: from the surest to what is only better than nothing.
_NAMES: Final[Mapping[str, str]] = {
    "id": """
        id _id _id.$oid article_id story_id stories_id news_id doc_id document_id item_id post_id uuid guid""",
    # news-please, newspaper4k, fundus, trafilatura, the Guardian, Kaggle's data sets, WordPress, ...
    "text": """
        text maintext main_text plaintext plain_text body_text article_text full_text text_full text_content
        content_text page_content article_content article_body news_text news_content story_text cleaned_text
        clean_text content.rendered content.plain content.text body content article story transcript raw_text
        contents blocks.body paragraphs treść tekst szöveg metin текст 正文 内容 內容 本文 본문 내용 texto texte
        volltext inhalt contenu contenido conteudo testo corpo cuerpo""",
    "html": """
        html body_html content_html html_content article_html text_html raw_html full_html main_html page_html""",
    "summary": """
        lead_paragraph abstract description summary snippet excerpt excerpt.rendered trail_text standfirst lead
        lede teaser subtitle resumen resume chapo""",
    "title": """
        title headline headline.main title.rendered title.text web_title article_title news_title story_title
        head_line heading post_title meta_title og_title title_page hed titel überschrift schlagzeile titre
        título titulo titolo otsikko rubrik tytuł nadpis cím başlık заголовок заглавие название 标题 標題 題名
        見出し タイトル 제목 name html_title""",
    "url": """
        url link link.href article_url web_url article_link canonical_url canonical_link source_url story_url
        news_url page_url permalink url_canonical final_url href web_link document_identifier original_url
        main_entity_of_page main_entity_of_page.@id short_url lien enlace requested_url responded_url ссылка
        адрес 链接 網址 网址""",
    "published": """
        date published published_at date_publish publish_date date_published publication_date publishing_date
        pub_date published_date web_publication_date first_publication_date first_published_at
        first_publish_date date_time_published published_time publish_time publication_time time_published
        pub_datetime article_date news_date date_time article_published posted_at posted_on date_posted posted
        post_date release_date issue_date issued display_date date_time_pub published_on date_line_date
        created_at created date_created create_date date_gmt publish_datetime publish_datetime_utc timestamp
        datum erscheinungsdatum fecha fecha_publicacion date_parution date_de_parution date_publication
        date_de_publication first_published data_publicacao data_pubblicazione seen_date time data dato pvm
        datum_vydani tarih дата 日期 发布时间 日付 掲載日 発行日 일자 날짜""",
    "updated": """
        updated updated_at date_modify date_modified modified modified_at modified_date last_modified
        last_updated last_update update_date updated_date date_updated update_time web_modified_date
        modification_date revised""",
    "fetched": """
        fetched fetched_at date_download download_date downloaded_at crawl_date crawled_at crawled crawl_time
        date_crawled scraped_at scrape_date date_scraped scraped retrieved retrieved_at retrieval_date
        access_date accessed collected_at collect_date indexed_date indexed_at file_date warc_date capture_date
        captured_at captured seen_date added_at inserted_at import_date""",
    "source": """
        source.name source.title source.display_name source source_name media_name outlet outlet_name
        news_outlet media.name outlet.name newspaper.name newspaper newspaper_name news_source medium
        medium_name media publication publication_name site_name site.name meta_site_name og_site_name
        meta_data.og.site_name news_site site paper journal provider provider.name source_title publication.name
        publication_title publisher publisher.name publisher_name source_hostname host_name host source_domain
        source.domain source.uri source.id domain domain_name source_common_name media_url site_url quelle
        zeitung fuente medio fonte veículo źródło zdroj forrás kaynak källa kilde источник издание газета 来源
        來源 媒体 媒體 報紙 新聞名 언론사 매체""",
    "place": "place dateline_place place_name location lieu ort lugar luogo",
    "language": """
        language lang in_language language_code source_language article_language meta_lang lang_code sprache
        langue idioma lingua""",
    "speakers": "speakers speaker",
    "authors": """
        authors author author.name byline byline.original creator writer by_line autor auteur autore
        contributors reporters journalist""",
    "year": "year",
    "month": "month",
    "day": "day",
}
# Objects that hold the article's fields beside what is said of the record.
_WRAPPERS: Final = tuple(f"{name}." for name in "fields attributes article document doc record post metadata".split())


def folded(name: str) -> str:
    """Return what spellings of a name have in common."""
    return _folded(name[:_MAX_NAME])


@lru_cache(maxsize=1 << 14)
def _folded(name: str) -> str:
    return re.sub(r"[\s_\-\ufeff]+", "", name.casefold()).replace("/", ".")


NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    ours: tuple(dict.fromkeys(folded(theirs) for theirs in names.split())) for ours, names in _NAMES.items()
}


_OURS: Final[dict[str, list[tuple[str, int]]]] = {}  # by their name: each of ours, and how sure it is
for _ours, _theirs in NAMES.items():
    for _place, _name in enumerate(_theirs):
        _OURS.setdefault(_name, []).append((_ours, _place))


def _is_plain(record: Mapping[str, Any]) -> bool:
    """Tell whether a record is like most: few fields with short names, none of them an object."""
    return len(record) <= _FEW and all(
        len(name) <= _MAX_NAME and not isinstance(value, dict) for name, value in record.items()
    )


@lru_cache(maxsize=64)  # most records of a file have the same fields
def _all_folded(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(folded, names))


@lru_cache(maxsize=64)
def _places(names: tuple[str, ...]) -> tuple[list[str], dict[str, list[str]]]:
    """Return which names of a record stand within a wrapper, and for each field of ours where it stands, the surest
    first."""
    within = [name for name in names if name.startswith(_WRAPPERS)]
    held: dict[str, list[tuple[int, str]]] = {}
    for name in dict.fromkeys((*names, *(name.partition(".")[2] for name in within))):
        for ours, place in _OURS.get(name, ()):
            held.setdefault(ours, []).append((place, name))
    return within, {ours: [name for _, name in sorted(places)] for ours, places in held.items()}


class Fields:
    """The fields of one record, under whatever names; ``columns`` (ours, theirs) are the archivist's and come first."""

    def __init__(self, record: Mapping[str, Any], columns: tuple[tuple[str, str], ...] = ()) -> None:
        self._columns = columns
        self._values: dict[str, Any] = {}
        if isinstance(record.get("_source"), dict):  # a hit of Elasticsearch or OpenSearch
            record = {**record, **record["_source"], "_source": None}
        named: Iterable[tuple[str, Any]] = (
            zip(_all_folded(tuple(record)), record.values(), strict=True)
            if _is_plain(record)
            else _flat(record, "", _MAX_DEPTH)
        )
        for name, value in islice(named, MAX_FIELDS):
            self._values.setdefault(name, value)
        within, self._held = _places(tuple(self._values))
        for name in within:
            self._values.setdefault(name.partition(".")[2], self._values[name])

    def of(self, ours: str) -> Iterator[Any]:
        """Yield what stands under the names of a field of ours, none that is empty."""
        names = self._held.get(ours, [])
        if self._columns:
            names = [folded(theirs) for name, theirs in self._columns if name == ours] + names
        for name in names:
            value = self._values.get(name)
            if value is not None and value != "" and value != [] and value != {}:
                yield value


def known(names: list[str], columns: tuple[tuple[str, str], ...] = ()) -> set[str]:
    """Return which of our fields columns of these names hold."""
    theirs = {folded(name) for name in names}
    given = {ours for ours, name in columns if folded(name) in theirs}
    return given | {ours for ours, those in NAMES.items() if not theirs.isdisjoint(those)}


def _flat(record: Mapping[str, Any], above: str, depth: int) -> Iterator[tuple[str, Any]]:
    """Yield each field with its folded name, those of objects behind that of the object and a dot."""
    for name, value in record.items():
        own = above + folded(str(name))
        yield own, value
        if isinstance(value, dict) and depth > 1:
            yield from _flat(value, own + ".", depth - 1)
