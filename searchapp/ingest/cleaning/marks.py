"""The marks by which lines that are not the article's own text are known: one table for each kind of dirt.

Everything is matched against a whole line, or the start or end of one. All patterns are linear: no nested repeats.
"""

import re
from typing import Final

MAX_LINE: Final = 400  # code points: longer lines are prose and bear no mark as a whole
# Agencies that sign or date articles; elsewhere a name in brackets counts only in a dateline or after "Source:".
AGENCIES: Final = (
    "AA|AFP|ANI|ANSA|ANTARA|APA|APS|AP|Anadolu Agency|Anadolu|Antara|Associated Press|BELTA|BelTA|BERNAMA"
    "|Bernama|BNA"
    "|CNA|CNN|DPA|dpa|EFE|GNA|IANS|INA|Interfax|IRNA|ITAR-TASS|KBS|Kazinform|KPL|Kyodo News|Kyodo|KUNA"
    "|Lusa|MAP|MENA"
    "|MTI|NAN|NDO|NHK|NNA|PAP|Petra|PNA|PTI|QNA|REUTERS|REUTER|Reuters|Reuter|RIA Novosti|SANA|SPA"
    "|Sputnik|TAP"
    "|TASS|TTXVN|UNI"
    "|UPI|Ukrinform|VGP|VIR|VNA|VNN|VNS|VOV5|VOV|VietnamPlus|Vietnam News Agency|WAM|XINHUA|Xinhua|Yonhap"
)
PHOTO: Final = (
    "photos?|photograph(?:er|s)?|picture|image|images|illustration|illustrative (?:photo|image)"
    "|illustration photo"
    "|file photo|photo credit|photo courtesy|ảnh(?: minh họa)?|hình(?: ảnh)?|фото|foto|fotos|bild"
    "|crédit(?: photo)?|imagen"
)
# "(Photo: X)": closes a caption, wherever it stands in a line.
PHOTO_BRACKETS: Final = re.compile(
    rf"[(\[](?:(?:{PHOTO})(?: by| of| from| courtesy)?\s?[:/–-][^()\[\]\n]{{0,80}}"
    rf"|(?:source|nguồn|via) ?(?:photo|ảnh)?:[^()\[\]\n]{{0,60}}|file photo|illustrative (?:photo|image)"
    rf"|photos? (?:by|courtesy|credit)[^()\[\]\n]{{0,80}})[)\]]",
    re.IGNORECASE,
)
NUMBERED_PHOTO: Final = re.compile(r"(?:[–|-] ?)?(?:ảnh|hình|[Pp]hoto|foto|фото) \d{1,2}[.:]?(?=\s|$|[A-ZĐÀ-ỸА-Я“\"(])")
# A line that is a credit, or ends in one.
CREDIT: Final = re.compile(
    rf"^(?:{PHOTO})(?: by| courtesy(?: of)?| credit)?\s?[:|©/]"
    r"|^(?:(?:image |photo |picture )?credits?|courtesy)(?:\s?[:/|]|\.\.\.| of\b(?=.{2,60}$)(?<=courtesy of))"
    r"|^photos? (?:by|courtesy|illustration)\b|\bphoto by [^.]{2,60}$"
    r"|\b(?:getty images|ap photo|afp photo|shutterstock|istock|file photo|afp via getty|epa-efe"
    r"|reuters file)\b[^.]{0,40}$"
    r"|^(?:image|photo|picture|media|video) caption\b|® ?(?-i:[^\W\d_a-z])[^.]{1,40}$"
    r"|credit\s?(?:\.\.\.|…|:)|^©(?!\s?(?:19|20)\d\d\b)"
    rf"|[.!?”] (?:{PHOTO})(?: by| credit)?: ?[^.:]{{2,60}}$"
    r"|(?<!copyright )© ?[^\W\d_][^.]{1,40}$|\b(?:reuters|afp|ap|epa|dpa|tass|sputnik)/[a-z][^.]{2,50}$",
    re.IGNORECASE,
)
# What only captions say of people in a picture.
PICTURED: Final = re.compile(
    r"\((?:l|(?<!(?-i:[A-Z]{2}) \()r|(?<!copyright \()c|left|right|centre|center|pictured|second (?:left|right)|file"
    r"|front|back)\)"
    r"|, (?:pictured|left|right|centre|center|second (?:from )?(?:left|right))[,.]|^(?:pictured|seen here"
    r"|above|left|right):"
    r"|\b(?:poses? for a (?:photo|picture)|(?:is|are) (?:seen|pictured) (?:in|at(?! \d)|on|during|near|here)"
    r"|in this (?:file |undated )?(?:photo|picture|image))\b",
    re.IGNORECASE,
)
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
_CLICK: Final = re.compile(r"[^.]{0,60}\bclick(?:ing)? here$", re.IGNORECASE)
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
    r"|font size|text size|(?:increase|decrease|reset|larger|smaller)$|listen to|reading time"
    r"|\d{1,3} min(?:ute)?s? read|toggle"
    r"|download (?:the|our) app|click here|click to|tap here|want more|sign me|enter your|email address"
    r"|please (?:enter|log|sign|enable)"
    r"|enable javascript|javascript|©|copyright|all rights|this (?:article|story|content) (?:was|is"
    r"|originally|first|appeared)"
    r"|word count|\(?\d{1,5} words?\)?(?:$|\s?[|·•,/])|views?:|page \d|\d{1,3} (?:/|of) \d{1,3}$|back to"
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
    r"|tổng biên tập)(?:\s?:|\.|\sno\b)|published by (?-i:[^\W\d_a-z])",
    re.IGNORECASE,
)
BREADCRUMB: Final = re.compile(
    r"(?:you are here\b|(?:home|start|trang chủ|главная|startseite|accueil|inicio)\s?[>»/›|→])", re.I
)
CLOCK: Final = re.compile(r"[\[(]?(?:[01]?\d|2[0-3])[:.h][0-5]\d\b")
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
    r"[(\[*]{0,2}(?:editor(?:s|['’]s|s['’]|ial)? ?note|note (?:from|by|of) the editors?|correction(?=:)"
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
HOUSE_NOTICE: Final = re.compile(
    r"\b(?:sign up (?:for|to)|subscribe to|(?:our|daily|free|email) newsletters?|news alerts|all rights reserved"
    r"|may (?:earn|receive) an? (?:affiliate )?commission"
    r"|follow us on"
    r"|download (?:the|our)|(?:privacy|cookie) policy|terms of (?:use|service)|support our journalism"
    r"|may not be (?:published|reproduced)"
    r"|letters to the editor|your email address|this (?:material|site is protected)|comments? (?:are"
    r"|will be) (?:closed|moderated))\b",
    re.IGNORECASE,
)
# "3 days ago": when a page was crawled is not known, so it dates nothing.
AGE: Final = re.compile(
    r"(?:(?:published|posted|updated):? )?(?:about )?(?:an?|\d{1,3})"
    r" (?:seconds?|min(?:ute)?s?|hours?|days?|weeks?|months?|years?) ago"
    r"|\d{1,3}\s?(?:s|m|h|d|w|mins?|hrs?) ago"
    r"|(?:today|yesterday|heute|gestern|hier|hoy|ayer|сегодня|вчера|hôm nay|hôm qua),?(?: at| um| à)? \d{1,2}[:.h]\d\d"
    r"|vor \d{1,3} (?:minuten|stunden|tagen|wochen|monaten|jahren)|il y a \d{1,3} \w{4,8}"
    r"|hace \d{1,3} \w{3,8}"
    r"|há \d{1,3} \w{3,8}|\d{1,3} (?:phút|giờ|ngày|tuần|tháng|năm) trước"
    r"|\d{1,3} \w{3,7} назад|\d{1,3} \w{3,6} (?:lalu|fa)",
    re.IGNORECASE,
)
# What an obituary ends in.
LIFE: Final = re.compile(r"\bborn\b[^\n]{4,80}?\bdied\b", re.IGNORECASE)
# "Copyright 2023 North Post. All rights reserved."
COPYRIGHT: Final = re.compile(
    r"(?:copyright|©|\(c\))(?:[\s©,:]|\(c\)|(?:19|20)\d\d(?:\s?[–-]\s?(?:19|20)?\d\d)?|by )*"
    r"(?P<name>(?-i:[^\W\d_a-z])[^\n.,;|©•·]{1,60})",
    re.IGNORECASE,
)
RIGHTS: Final = re.compile(r"(?:copyright|©|\(c\))[^\n]{1,100}?all rights reserved\.?", re.IGNORECASE)
CREDITS: Final = re.compile(
    r"[(\[]?(?:additional reporting|reporting|editing|writing|compiled|translated|translation|edited"
    r"|contributions?)(?: from [^.]{3,40})? by\b|[(\[]?(?:translat|edit|report|writ|photograph)[eo]rs?\s?:",
    re.IGNORECASE,
)
_CONTRIBUTED: Final = re.compile(
    r"[^.]{3,80} contributed (?:reporting\b|to this (?:report|article|story))", re.IGNORECASE
)
SOURCE: Final = re.compile(
    r"[(\[]?(?:sources?|nguồn|theo|источник|quelle|fuente|fonte"
    r"|sumber)\s?:\s?(?P<name>[^\n()\[\]]{2,60}?)[)\].]?$",
    re.IGNORECASE,
)
SIGNED: Final = re.compile(rf"[\s(/–—-]{{0,4}}(?P<name>{AGENCIES})(?:[/-][A-Z]{{2,12}})?[)/.\s]{{0,3}}$")
# "./." and its like at the end of the last sentence, with what an agency signs after it.
END: Final = re.compile(
    rf"(?P<mark>\s?(?:/\.{{1,2}}|\./|//\.?|/-|\(end\)|\(END\)|\bENDS?//|###|■|◼|●|\(\*\))\s?)"
    rf"(?P<sign>[\s(–—-]{{0,3}}(?:{AGENCIES}|[A-ZĐ]{{2,8}})(?:[/-][A-Z]{{2,12}})?[).\s]{{0,3}})?$"
)
END_LINE: Final = re.compile(
    r"[\s(\[*#/–—-]{0,5}(?:end|ends|ends here|(?<=[–—-])\s?30|hết|конец|ende|fin)[\s)\]*#/–—.-]{0,5}$"
    r"|[./\s*#■◼]{1,10}$",
    re.IGNORECASE,
)
SIGN_OFF: Final = re.compile(
    rf"(?<=[.!?”\"’])\s?(?P<sign>[–—/-]{{1,2}}\s?(?:{AGENCIES}|[A-ZĐ]{{2,8}}(?:/[A-ZĐ]{{2,8}})?)"
    rf"|\((?:{AGENCIES}|[A-ZĐ]{{2,8}})\)|(?:VNA|VNS|TTXVN|AFP))\.?$"
)
# "(Reporting by Marta Quill; editing by Jon Ferro)" behind the last sentence.
CREDITED: Final = re.compile(
    r"(?<=[.!?”\"’])\s?[(\[—–-]{0,2}\s?(?:additional reporting|reporting|editing|writing|compiled"
    r"|translated|translation"
    r"|edited|written) by [^.!?()]{2,180}[)\].]{0,2}$",
    re.IGNORECASE,
)
_NAME = r"[^\W\d_a-z][\w.’'-]{1,20}(?: [^\W\d_a-z][\w.’'-]{0,20}){1,3}"
NAME: Final = re.compile(_NAME)
# "(Marta Quill)" or "PNT/Marta Quill" behind the last sentence.
SIGNED_BY: Final = re.compile(
    rf"(?<=[.!?])\s?(?:[–—-]{{1,2}}\s?{_NAME}|\({_NAME}\)|By:? {_NAME}|[A-Z]{{2,8}}/{_NAME})$"
)
# What is left of a dateline when its place is lost.
LEFT_DASH: Final = re.compile(r"(?:[–—]{1,2}|--?)\s?(?=[^\W\d_a-z])")
_PLACE_WORD = r"[^\W\d_][\w.’'-]{0,30}"
_UPPER_PLACE = r"[^\W\d_a-z][^\W\d_a-z]{1,30}(?:[ .’'-]{1,2}[^\W\d_a-z]{1,30}){0,4}\.?"
_MIXED_PLACE = rf"{_PLACE_WORD}(?:[ ](?:[–-] )?{_PLACE_WORD}){{0,4}}"
_NUMBERED_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_NUMBERED_MONTH = r"(?:1[0-2]|0?[1-9])(?!\d)"
_WHEN = (
    r"(?:(?:the )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d{1,2}(?:st|nd|rd"
    r"|th)?(?:,? \d{4})?"
    r"|(?:the )?\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov"
    r"|dec)[a-z]{0,6}\.?(?:,? \d{4})?"
    rf"|\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?|{_NUMBERED_DAY}\.{_NUMBERED_MONTH}(?:\.\d{{2,4}})?)"
)
FULL_DATE: Final = re.compile(rf"(?i:{_WHEN})(?:,? (?:19|20)\d\d)?(?<!\d\.\d)(?<!\d\.\d\d)\.?$")
DATE: Final = re.compile(rf"(?i:{_WHEN})\b")
_DASH = r"\s?[–—]{1,2}\s?|\s?--?\s|\s?--"
_REGION = r"(?P<region>, [^\W\d_][\w. ’'-]{1,40}?)"
_DATED = rf"(?:,? ?\(?(?P<when>(?i:{_WHEN}))\)?)"
_AGENCY = r"[(/](?P<agency>[^\W\d_][^()\n/]{1,40})[)/]"
# What a page puts before its first words.
WEB_NAME: Final = re.compile(r"[\w-]{2,30}\.(?:vn|com|net|org|ru|info|eu|de|fr)(?:\.\w\w)?", re.IGNORECASE)
ORNAMENT: Final = re.compile(r"[❖❚■□▪●◆◇◼★☆►▶▸•✦✱|»>*+#~]{1,3}\s?")
# Place, region, day, agency, dash: at the start of the first paragraph.
DATELINES: Final = (
    re.compile(
        rf"(?P<place>{_MIXED_PLACE}){_REGION}??{_DATED}?,?"
        rf" ?{_AGENCY}\.?,?(?P<dash>{_DASH}|:\s|\s(?=[A-Z]))"
    ),
    re.compile(rf"(?P<place>{_UPPER_PLACE}){_REGION}??{_DATED}?\.?(?P<dash>{_DASH}|:\s)"),
    re.compile(
        rf"(?P<place>{_UPPER_PLACE})\.? ?,? {_DATED}[,.]? ?"
        r"(?P<dash>/(?P<agency>[A-Za-z][\w -]{1,20})/[.,]?\s?[–—-]?\s?)"
    ),
    re.compile(rf"(?P<place>{_MIXED_PLACE}){_REGION}??{_DATED}\.?(?P<dash>{_DASH}|:\s)"),
    re.compile(
        rf"(?P<agency>{AGENCIES}"
        rf"|[A-Z]{{2,8}}(?=/))(?:/[A-Z]{{2,8}}(?![a-z])|/(?P<place>[A-ZĐ]\w{{2,20}}(?: [A-ZĐ]\w{{1,20}}){{0,2}}))?"
        r"(?:\.VN)?(?P<dash>\s?[–—-]{1,2}\s|: )"
    ),
    re.compile(rf"(?:, ?{_DATED},? ?)?{_AGENCY}(?:\s(?P<place>{_MIXED_PLACE}))?(?P<dash>{_DASH})"),
    re.compile(rf"(?P<place>{_MIXED_PLACE}?){_REGION}?(?P<dash>\s?[–—]\s|\s[-]{{1,2}}\s)"),
)  # fmt: skip
NO_PLACE: Final = frozenset(
    "update analysis exclusive opinion editorial comment factbox timeline interview profile breaking"
    " correction corrected"
    " refile wrapup preview review feature features column insight poll video photo photos watch live"
    " news note notes"
    " quote table summary brief briefs highlights instant covid q&a faq obituary background explainer"
    " urgent flash alert advisory media release statement speech transcript"
    " inc corp co ltd plc ag sa gmbh llc company".split()
)
# Places that open a dateline without any other sign ("Hanoi – The ministry …").
PLACES: Final = frozenset(
    "abu dhabi|abuja|accra|addis ababa|algiers|amman|amsterdam|ankara|antananarivo|ashgabat|asmara|astana"
    "|athens|baghdad|baku"
    "|bamako|bandar seri begawan|bangkok|bangui|beijing|beirut|belgrade|berlin|bern|bishkek|bogota"
    "|brasilia|bratislava"
    "|brussels|bucharest|budapest|buenos aires|cairo|canberra|caracas|chisinau|colombo|copenhagen|cotonou"
    "|dakar|damascus"
    "|dar es salaam|dhaka|dili|djibouti|doha|dublin|dushanbe|freetown|geneva|hanoi|ha noi|hà nội|harare"
    "|havana|helsinki"
    "|ho chi minh city|hcm city|da nang|hai phong|can tho|hue|hong kong|islamabad|istanbul|jakarta"
    "|jerusalem|juba|kabul"
    "|kampala|karachi|kathmandu|khartoum|kiev|kyiv|kigali|kinshasa|kuala lumpur|kuwait|kuwait city|la paz"
    "|lagos|libreville"
    "|lilongwe|lima|lisbon|ljubljana|lome|london|luanda|lusaka|luxembourg|madrid|male|managua|manama"
    "|manila|maputo|mexico city"
    "|minsk|mogadishu|monrovia|montevideo|montreal|moscow|mumbai|muscat|nairobi|naypyidaw|new delhi"
    "|new york|niamey|nicosia"
    "|nouakchott|oslo|ottawa|ouagadougou|paris|phnom penh|prague|pretoria|pyongyang|quito|rabat|reykjavik"
    "|riga|riyadh|rome"
    "|saint petersburg|st petersburg|san jose|san salvador|sana'a|sanaa|santiago|santo domingo|sao paulo"
    "|sarajevo|seoul"
    "|shanghai|singapore|skopje|sofia|stockholm|strasbourg|sydney|taipei|tallinn|tashkent|tbilisi"
    "|tegucigalpa|tehran"
    "|tel aviv|the hague|tirana|tokyo|toronto|tripoli|tunis|ulaanbaatar|united nations|valletta"
    "|vatican city|vienna"
    "|vientiane|vilnius|vladivostok|warsaw|washington|wellington|windhoek|yangon|yaounde|yerevan|zagreb"
    "|zurich"
    "|москва|киев|минск|санкт-петербург".split("|")
)  # fmt: skip

PHOTO_NUMBER: Final = re.compile(r"[hoо] \d")
# Words of which a text must hold one, small, for the patterns to match.
_HOUSE = (
    "sign up", "subscribe to", "newsletter", "news alerts", "rights reserved", "commission", "follow us on", "download",
    "policy", "terms of", "support our", "may not be", "letters to", "your email", "this material", "this site",
    "comment",
)  # fmt: skip
_PICTURED = ("(", "pictured", "left", "right", "centre", "center", "second", "seen", "above", "pose", "in this")
_CREDITED = (
    "photo", "image", "picture", "illustrat", "ảnh", "hình", "фото", "foto", "bild", "crédit", "credit", "courtesy",
    "getty", "shutterstock", "istock", "epa-efe", "reuters", "caption", "®", "©", "afp", "ap/", "epa/", "dpa/",
    "tass/", "sputnik/",
)  # fmt: skip


def says_house_notice(text: str) -> bool:
    small = text.casefold()
    return any(word in small for word in _HOUSE) and HOUSE_NOTICE.search(text) is not None


def is_pictured(text: str) -> bool:
    small = text.casefold()
    return any(word in small for word in _PICTURED) and PICTURED.search(text) is not None


def is_credited(text: str) -> bool:
    small = text.casefold()
    return any(word in small for word in _CREDITED) and CREDIT.search(text) is not None


def is_link(text: str) -> bool:
    return bool(LINK.match(text)) or (text[-4:].lower() == "here" and _CLICK.match(text) is not None)


def is_credits(text: str) -> bool:
    return bool(CREDITS.match(text)) or ("contributed" in text.lower() and _CONTRIBUTED.match(text) is not None)
