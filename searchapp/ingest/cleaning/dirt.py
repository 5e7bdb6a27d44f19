"""What lines say that are not the article's own text, but of the page around it: a pattern for each kind of dirt.

Each is matched against a whole line, or the start or end of one. All patterns are linear: no nested repeats.
"""

import re
from typing import Final

from searchapp.ingest.cleaning.hints import Hinted

_SHARE = (
    "facebook|twitter|x|likes?|shares?|email|e-mail|print|whats ?app|pinterest|linked ?in|reddit|telegram"
    "|zalo|messenger"
    "|tumblr|google\\+?"
    "|flipboard|copy link|pin it|tweet|share|vkontakte|odnoklassniki|instagram|youtube|line|pocket|rss"
    "|sms|skype|viber|mail"
)
SHARE: Final = re.compile(
    rf"(?:(?:share (?:on|via|to|by) )?(?:{_SHARE})\b[\s,|/·•:+]*(?:\d{{1,6}}k?\s*)?(?:shares?\s*)?){{1,20}}$"
    r"|(?:share|save|bookmark) (?:this|the|on|via|to|by|article|story)\b|\d{1,6} (?:shares?|views?|likes?"
    r"|reads?|comments?)$"
    r"|print this|email this|chia sẻ|поделиться|teilen|partager|compartir|bagikan|condividi|compartilhar",
    re.IGNORECASE,
)
# After one of these, as a line of its own, the article is over.
TAIL: Final = re.compile(
    r"(?:see more|see also|other news|other stories|more (?:news|stories|articles|headlines|videos)"
    r"|top (?:stories|news|videos|(?:\d{1,2}|five|ten)\b.{0,30}$)|(?:live |news ?)(?:feed|line|wire|ticker)$"
    r"|(?:related|similar|recommended|popular|latest|recent|trending|other|further|more|suggested"
    r"|previous|next|featured)"
    r"(?: [a-z]{2,12}){0,2} ?(?:news|articles?|stories|posts?|content|topics?|links|coverage|reading"
    r"|items|videos?|headlines)"
    r"|related|recommended(?: for you| by .{2,20})?|you (?:may|might|could)(?: also)?(?: be)? (?:like"
    r"|enjoy|interested)"
    r"|topics?(?=:|$)|most (?:read|popular|viewed|shared|commented|watched|recent)|popular(?: on .{2,30}| now| today)?"
    r"|trending(?: now| on .{2,30})?"
    r"|(?:what to|up) (?:read )?next|next up|in case you missed|editor['’]?s['’]? (?:picks?|choice)"
    r"|don['’]t miss|also read"
    r"|(?:\d{1,5} |readers?['’]?s?['’]? )?comments?(?! (?:from|by|was|were)\b)(?: \(?\d{1,5}\)?)?"
    r"|(?:leave|post|add|write|submit) (?:a |your )?(?:comment"
    r"|reply|response)"
    r"|join the (?:conversation|discussion)|be the first to comment|(?:show|view|loading|read"
    r"|hide) (?:all )?comments|responses"
    r"|your email address|about the author|about the writer|filed under|tags?|related tags|tagged"
    r"|keywords?|more (?:from|on|in|about)"
    r"|(?-i:(?:About|Über|Sobre|More) [A-ZÀ-Þ])|report (?:an |a )?(?:error|typo)|über den autor|sobre o autor"
    r"|from around the web|around the web|sponsored(?: content| links| stories)?|promoted|paid content"
    r"|partner content"
    r"|copyright|all rights reserved|site index|back to top|contact us|about us|terms of (?:use|service)"
    r"|privacy policy|footer"
    r"|xem thêm|tin liên quan|tin khác|tin mới|tin cùng chuyên mục|đọc thêm|từ khóa|bình luận|bài liên quan"
    r"|читайте также|материалы по теме|теги|комментарии|вам также может|смотрите также|по теме|новости партн"
    r"|mehr zum thema|weitere (?:beiträge|artikel|meldungen|themen|nachrichten)|lesen sie auch|kommentare"
    r"|das könnte|schlagw"
    r"|lire aussi|à lire aussi|sur le même sujet|commentaires|articles (?:liés|similaires|associés)|mots.clés"
    r"|leer más|lea también|lee también|noticias relacionadas|te puede interesar|comentarios|etiquetas"
    r"|artículos relacionados"
    r"|artigos relacionados|leia (?:também|mais)|comentários|baca juga|berita terkait|komentar"
    r"|artikel terkait"
    r"|leggi anche|articoli correlati|commenti|potrebbe interessarti)\b",
    re.IGNORECASE,
)
# Among these, those that also stand in the middle of articles: a link, then the article goes on.
INSIDE: Final = re.compile(
    r"(?:related|see also|also read|more (?:from|on|in|about)|read|recommended|don|xem thêm|đọc thêm"
    r"|читайте|lesen|lire|à lire"
    r"|leer|lea|lee|leia|baca|leggi|mehr|sponsored|promoted|up next|trending)\b",
    re.IGNORECASE,
)
LINK: Final = re.compile(
    r"(?:>{1,3}|[»►▶→➤☞])\s?(?=\w)|(?:read (?:more|also|next|the full|full)|related news|related|see also"
    r"|also read|recommended|more"
    r"|watch|listen|xem thêm"
    r"|читайте также|lesen sie auch|lire aussi|lea también|baca juga|leggi anche|click here"
    r"|continue reading|read on)\b"
    r"(?:\s?[:»>|–-]|$| (?:stor|article|about|on|at|here)| https?:)"
    r"|[(\[](?:read|see|watch|also|more|related)(?: (?:read|also|more|next))?\s?:",
    re.IGNORECASE,
)
CLICK_HERE: Final = Hinted(re.compile(r"\A[^.]{0,60}\bclick(?:ing)? here$", re.IGNORECASE), ("here",))
COOKIES: Final = re.compile(
    r"\b(?:uses?|using|use of|accept|our|your|about|all|essential|of) cookies?\b|\bcookies? (?:policy"
    r"|notice|settings|preferences"
    r"|on (?:this|our)|are|to)\b|\butilizza(?:mo)? (?:i )?cookie|\butilizamos cookies"
    r"|\bverwende\w* cookies|\bdes cookies"
    r"|\bиспользу\w{1,5} (?:файлы )?cookie|\bmenggunakan cookie",
    re.IGNORECASE,
)
# What a page puts between the paragraphs of an article.
INTERRUPTION: Final = re.compile(
    r"\W{0,3}(?:advertisement|advertising$|ads?\W{0,3}$|(?:story|article) continues|(?:continue|keep) reading"
    r"|scroll (?:down )?(?:to|for)|loading(?:\.\.\.|…|$)|(?:play )?(?:video|audio)$|play video|images?$"
    r"|anzeige|werbung|publicité|publicidad|publicidade|pubblicità|iklan|реклама|quảng cáo)",
    re.IGNORECASE,
)
# Menus, controls, notices of the publisher.
FURNITURE: Final = re.compile(
    r"(?:skip to|sign (?:in|up|out)|log ?(?:in|out)|(?:subscribe|register)\b|my account|newsletters?"
    r"|breaking news"
    r"|get (?:the|our|breaking|news)|follow (?:us|@|the|our|.{2,40} on (?:twitter|facebook|x|instagram"
    r"|telegram|threads))|search$|menu$|home$|home page|close$"
    r"|advertise|sections$|gallery$|photos?$|slideshow"
    r"|font size|text size|(?:a ?[+–-]? ?){2,4}$|(?:increase|decrease|reset|larger|smaller)$|listen to|reading time"
    r"|\d{1,3} min(?:ute)?s? read|toggle"
    r"|download (?:the|our) app|click here|click to|tap here|want more|sign me|enter your|email address"
    r"|please (?:enter|log|sign|enable)"
    r"|enable javascript|javascript|©|copyright|all rights|this (?:article|story|content) (?:was|is"
    r"|originally|first|appeared)"
    r"|word count|\(?\d{1,5} words?\)?(?:$|\s?[|·•,/])|views?:|page \d|\d{1,3} (?:/|of) \d{1,3}(?: documents?)?$"
    r"|back to"
    r"|go to|view (?:all|more"
    r"|gallery|image)"
    r"|next(?: page| article)?$|prev(?:ious)?$|older$|newer$|imprint|impressum|legal notice|disclaimer"
    r"|privacy(?: policy| notice)?$|contact$|(?:#\w{1,40}[\s,]{0,2}){1,30}$"
    r"|our standards:|acquire licensing|reuse this content"
    r"|support (?:our|us|the)|donate|become a|posted in|categor(?:y|ies)\b|breadcrumb|đăng nhập|đăng ký"
    r"|trang chủ|(?:« ?)?(?:prev(?:ious)?\W{1,3})?(?:\d{1,3}[ |·…]{1,3}){2,12}(?:next|last"
    r"|older|»|›)"
    r"|главная|войти|подписаться|startseite|anmelden|accueil|connexion"
    r"|inicio|beranda|[\W_]{1,12}$)",
    re.IGNORECASE,
)
WEATHER: Final = re.compile(r"\d\s?°")
# Who is behind a paper, and where.
IMPRINT: Final = re.compile(
    r"(?:(?:deputy |managing )?editor[- ]in[- ]chief|publisher|licen[cs]e|giấy phép|address|địa chỉ"
    r"|tel(?:ephone)?|phone"
    r"|hotline|fax|e-?mail|redaktion|verlag|chefredakteur\w{0,2}|directeur de la publication"
    r"|главный редактор|адрес|телефон"
    r"|tổng biên tập)(?:\s?:|\.|\sno\b)|published by (?-i:[^\W\d_a-z])|\(c\)\s?(?:19|20)\d\d\b",
    re.IGNORECASE,
)
BREADCRUMB: Final = re.compile(
    r"(?:you are here\b|(?:home|start|trang chủ|главная|startseite|accueil|inicio)\s?[>»/›|→])", re.I
)
# What a text is, above its headline.
GENRE: Final = re.compile(
    r"(?:official |joint )?(?:press|media|news) (?:release|statement|note|communiqu[eé]|briefing)(?: ?(?:no|nr|n°"
    r"|number)?\.? ?[\d/.-]{1,12}"
    r"| \(.{1,20}\))?|(?:for )?immediate release|official report\b.{0,30}|hansard\b.{0,50}|(?:verbatim"
    r"|stenographic) (?:record|report|minutes)\b.{0,30}"
    r"|(?:full |official )?transcript|(?:as delivered|as prepared for delivery|unofficial translation"
    r"|for information|questions and answers"
    r"|(?:opening |closing |keynote )?(?:statement|speech|remarks|address|keynote|intervention|declaration|interview"
    r"|q ?& ?a|communiqu[eé]))",
    re.IGNORECASE,
)
# What a paper prints above a page: its number, its edition.
EDITION: Final = re.compile(
    r"(?:(?:first|second|third|final|late|early|morning|evening|national|city|home|main|international|online|print"
    r"|sunday"
    r"|weekend|digital|metro|state)[ ,-]{1,2}){1,4}edition\b.{0,20}"
    r"|(?:vol(?:ume)?\.?|no\.?|number|issue|nr\.?|jahrgang|année"
    r"|año)\s?[\dIVXLC]{1,6}\b(?:[\s,.;/–—-]{1,3}(?:vol(?:ume)?|no|number|issue"
    r"|nr|n°|ausgabe)?\.?\s?\d{1,6}){0,3}|(?:our )?ref(?:erence)?\.?(?: no\.?)?\s?[:.]\s?[\w/.-]{2,30}|(?:page|pg"
    r"|pp?|seite|section|s)\.?\s?[A-Z]?\d{1,3}[A-Z]?",
    re.IGNORECASE,
)
CLOCK: Final = re.compile(r"[\[(]?(?:[01]?\d|2[0-3])[:.h][0-5]\d(?:\b|(?=[ap]\.?m\b))")
# Parts of a menu in one line ("Contact | Imprint | Privacy").
MENU: Final = re.compile(r"[^|·•»<>/\n]{1,30}(?:(?:\s?[|·•»>]\s?|\s/\s)[^|·•»<>/\n]{1,30}){2,9}")
BULLET: Final = re.compile(r"[•*·▪‣–—-]\s?")
# What a cache says of the page it kept; at times the headline stands nowhere else.
CACHED: Final = re.compile(
    r"\b(?:cached? (?:version|copy|page|snapshot|result)|(?:google['’]s )?cache of|snapshot of the page"
    r"|archived (?:version|copy|snapshot))\b"
    r"(?:(?: of|:)? (?:the (?:page|article|story) )?(?P<quote>[“\"«‘])?(?!https?:)(?P<title>[^“”\"«»"
    r"|\n]{10,200}?)"
    r"(?:[”\"»]|(?<!\w)(?=[–—|(-])|(?= as (?:it|found|retrieved)| (?:retrieved|saved|taken) )|$))?",
    re.IGNORECASE,
)
# Notes of the editors and the publisher to the reader.
NOTICE: Final = re.compile(
    r"[(\[*]{0,2}(?:attn\s?:|editor(?:s|['’]s|s['’]|ial)? ?note|note (?:from|by|of) the editors?"
    r"|check(?:ed)? against delivery|embargo(?:ed)?\b|correction(?=:)|correct(?:ed|ion) appended|corrected version"
    r"|clarification(?=:)"
    r"|this (?:article|story|content|page|text) is (?:only )?(?:for|available|reserved|exclusive)"
    r"|(?:already a|for) subscribers?\b|exclusively for|you(?: have|['’]ve) (?:read|reached|used|\d|no\b"
    r"|one\b)|all rights reserved|reproduction (?:in|is)|no part of this|to (?:continue|keep) reading"
    r"|(?:subscribe|sign up)(?=:)|(?:a )?subscri(?:bers?|ption)(?: only| required)|premium (?:article|content)"
    r"|members only)"
    r"(?=[\s:.,!(]|$)",
    re.IGNORECASE,
)
# What a site says for itself inside a line, be it a sentence.
HOUSE_NOTICE: Final = Hinted(
    re.compile(
        r"\b(?:sign up (?:for|to)|subscribe to|(?:our|daily|free|email) newsletters?|news alerts|all rights reserved"
        r"|may (?:earn|receive) an? (?:affiliate )?commission"
        r"|follow us on"
        r"|download (?:the|our)|(?:privacy|cookie) policy|terms of (?:use|service)|support our journalism"
        r"|may not be (?:published|reproduced)"
        r"|letters to the editor|your email address|this (?:material|site is protected)|comments? (?:are"
        r"|will be) (?:closed|moderated))\b",
        re.IGNORECASE,
    ),
    tuple(
        "sign up|subscribe to|newsletter|news alerts|rights reserved|commission|follow us on|download"
        "|policy|terms of|support our|may not be|letters to|your email|this material|this site|comment".split("|")
    ),
)
# "3 days ago": when a page was crawled is not known, so it dates nothing.
AGE: Final = Hinted(
    re.compile(
        r"(?:(?:published|posted|updated):? )?(?:about )?(?:an?|\d{1,3})"
        r" (?:seconds?|min(?:ute)?s?|hours?|days?|weeks?|months?|years?) ago"
        r"|\d{1,3}\s?(?:s|m|h|d|w|mins?|hrs?) ago"
        r"|(?:today|yesterday|heute|gestern|hier|hoy|ayer|сегодня|вчера|hôm nay|hôm qua),?(?: at| um| à)?"
        r" \d{1,2}[:.h]\d\d"
        r"|vor \d{1,3} (?:minuten|stunden|tagen|wochen|monaten|jahren)|il y a \d{1,3} \w{4,8}"
        r"|hace \d{1,3} \w{3,8}"
        r"|há \d{1,3} \w{3,8}|\d{1,3} (?:phút|giờ|ngày|tuần|tháng|năm) trước"
        r"|\d{1,3} \w{3,7} назад|\d{1,3} \w{3,6} (?:lalu|fa)",
        re.IGNORECASE,
    ),
    tuple(
        " ago|today|yesterday|heute|gestern|hier|hoy|ayer|сегодня|вчера|hôm|vor |l y a|hace |há |trước|назад|lalu"
        "| fa".split("|")
    ),
)
# Words of which a text must hold one, small, for the patterns to match.
