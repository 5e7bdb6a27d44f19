"""What scrapers store in the place of an article: robot checks, consent walls, error pages, log-in forms.

A page is one of these if it is short and most of its words stand in lines that speak to whoever opened it about the
page, the browser or an account. A story about such things has sentences of another kind, and is kept.
"""

import re
from collections import Counter
from typing import Final

_MAX_WORDS = 220  # of a page that may be none; a wall of consent is the longest
_SHARE, _SHARE_UNDER_TITLE = 0.6, 0.25  # of its words; the latter where a short line above all others tells already
_TITLE = 6  # words of that line
_MAX_OTHER = 14  # words of the longest line that may speak of other things: an address, a site and its motto
_MAX_CHARACTERS = 20_000  # looked at
_WORD = re.compile(r"\w+")
_PARTS = re.compile(r"(?<=[.!?。！？])[\"'”’)]{0,2}\s+|\n")

# By kind: what only such a page says; each line with one of them counts, and one of them is needed.
_TELLING: Final = {
    "a robot check": (
        r"(?:are|that) you(?: are|['’]re)? (?:not )?(?:a |an )?(?:human|robot|bot\b|real person|person\b)"
        r"|i['’]m not a robot"
        r"|you(?: are|['’]re) (?:a |an )?(?:human|not a (?:ro)?bot|real person)|\b(?:robot|bot|human)s? (?:check"
        r"|verification)"
        r"|(?:checking|verifying|inspecting) (?:if )?(?:you|your (?:browser|connection|device))|captcha"
        r"|unusual (?:traffic|activity)"
        r"|\bbrowser (?:must|has to|needs? to|should) (?:run|allow|accept|support|enable|have)|(?:enable|turn on"
        r"|allow) (?:java ?script|js\b|cookies|scripts)"
        r"|(?:java ?script|cookies) (?:is|are|must be|needs? to be) (?:disabled|enabled|required|turned o)"
        r"|automated (?:access|requests?|queries|traffic)"
        r"|pardon (?:our|the) interruption|just a moment|one moment,? please|ddos protection|\bray id\b"
        r"|performing security|security (?:check|verification)"
        r"|you have been blocked|press (?:and|&) hold|bist du ein mensch|sind sie ein (?:mensch|roboter)"
        r"|kein(?:e)? roboter"
        r"|(?:êtes|etes)[- ]vous (?:un )?(?:humain|robot)|pas un robot|no (?:es|eres|soy) un robot"
        r"|non sono un robot|geen robot"
        r"|(?:que )?(?:usted )?(?:es|eres) humano|(?:java ?script|cookies) (?:aktivieren|activer|activar|attivare"
        r"|inschakelen)"
        r"|(?:aktivieren|activez|active|habilite|attiva|schakel)\b.{0,30}(?:java ?script|cookies)"
        r"|ihr(?:en)? browser (?:wird|muss)|incident id|checking if the site|security of your connection"
        r"|too many requests|rate limit"
        r"|подтвердите, что вы не робот|вы не робот|jesteś człowiekiem|nie jesteś robotem|robot olmadığ|är du en robot"
        r"|ロボットではありません|请完成验证|請完成驗證|로봇이 아닙니다|لست روبوت"
    ),
    "a question of consent": (
        r"\b(?:we|us) and our (?:[\d,.]+ )?(?:trusted |advertising |technology )?(?:partners|vendors)"
        r"|store and/?(?:or)? access(?: information)?|\bbefore you (?:continue|go on)"
        r"|we (?:value|respect|care about) your (?:privacy|data)|(?:manage|change|set|adjust) (?:your "
        r"|my )?(?:cookie |privacy |consent )?(?:preferences|choices|options|settings)"
        r"|\A(?:accept|reject|allow|refuse|agree to|decline)(?: and (?:continue|close))?(?: all"
        r"| the)?(?: cookies)?\Z|(?:use|uses|using) (?:of )?cookies|legitimate interest"
        r"|(?:your|you) (?:consent|agree)\b|consent to|process(?:ing)? (?:of )?(?:your )?personal (?:data"
        r"|information)"
        r"|wir und unsere (?:[\d.]+ )?partner|\A(?:alle )?(?:akzeptieren|ablehnen)\Z|personenbezogene daten"
        r"|ihre (?:einwilligung|zustimmung|privatsphäre)"
        r"|nous et nos (?:[\d ]+)?partenaires|tout (?:accepter|refuser)|(?:votre|vos) (?:consentement|vie privée"
        r"|données personnelles)|continuer sans accepter"
        r"|nosotros y nuestros (?:[\d.]+ )?socios|(?:aceptar|rechazar) todo|(?:su|tu) (?:consentimiento"
        r"|privacidad)|noi e (?:i nostri )?(?:[\d.]+ )?partner|(?:accetta|rifiuta) tutt"
        r"|wij en onze (?:[\d.]+ )?partners|\A(?:alles )?(?:accepteren|weigeren)\Z|bevor sie fortfahren"
        r"|avant de continuer|antes de continuar|prima di continuare|voordat u (?:verder|door)gaat"
        r"|(?:soubory|soubor[ůy]|pliki|plików|файлы|файлов|файлів) cookies?|informationskapslar|(?:çerez|cookie)ler"
        r"|(?:nasi|našich|naši|наши|våra|vores|våre|kumppanimme) (?:[\d ]{0,9})?(?:partner|партнер)"
        r"|(?:twoj[ąa]|vaše|вашу?|din|gizlilik\S{0,6}) (?:prywatność|soukromí|конфиденциальность|integritet|önem)"
        r"|\A(?:akceptuj\S* wszystk\S*|odrzuć wszystk\S*|přijmout vše|odmítnout vše|godkänn alla|avvisa alla"
        r"|принять(?: все)?|отклонить(?: все)?|kabul et|reddet|accepter alle|afvis alle)\Z"
        r"|персональных данных|kişisel veri|personuppgifter|osobních údajů|danych osobowych"
        r"|(?:18|21) or older|クッキー|cookieを|使用cookie|쿠키를|ملفات تعريف الارتباط"
    ),
    "an error page": (
        r"\b(?:page|article|file|site|content|story|url|document|link)\b.{0,60}\b(?:not (?:be )?found|does(?: not"
        r"|n['’]t) exist|no longer (?:exists?|available|here)|not available|has (?:been )?(?:moved|removed"
        r"|deleted|expired)|could not be (?:loaded|displayed|shown|opened|read))"
        r"|\A(?:error |http |status )?(?:code )?[45]0[0-9]\b|\b(?:error|http) [45]0\d\b|\b(?:can(?:not|['’]t)"
        r"|could(?:n['’]t| not)|unable to) (?:find|locate|reach|load|display|open) (?:the|this|that|your) (?:page"
        r"|article|site|file|content|url|document|address)"
        r"|\baccess (?:is |was |has been |to .{0,40} )?(?:denied|forbidden)|permission to (?:access|view)"
        r"|\binternal server error|bad gateway|gateway time-?out|service (?:is )?(?:temporarily )?unavailable"
        r"|something(?: has|['’]s)? (?:went|gone|is) wrong|\boops\b|(?:may|might|could) have (?:been )?(?:moved"
        r"|removed|deleted|renamed|expired|changed)|being (?:repaired|restored|rebuilt|updated|moved)|(?:come"
        r"|check) back (?:later|soon|in a)|due to legal|legal reasons|attempting to access|(?:page|article"
        r"|story) is gone|(?:moved|removed|renamed) or (?:deleted|removed|moved|renamed)|(?:address|url"
        r"|link) (?:may|might|could) be (?:wrong|mistyped|broken|out ?dated)|error occurred|we seem to have lost"
        r"|(?:site|server|page|service|system) (?:is )?(?:currently |temporarily )?(?:down|under (?:maintenance"
        r"|construction)|undergoing|unavailable|out of (?:order|service)|overloaded)|technical (?:difficult"
        r"|problem|fault|error)|(?:we|our .{0,20}) (?:are|is) (?:currently )?(?:working|repair|mending|fixing"
        r"|restor)"
        r"|(?:page|file|copy|document|article|record) (?:is|was|has been) (?:damaged|corrupt)|be back (?:soon"
        r"|shortly|online)|seite (?:wurde )?nicht gefunden|seite .{0,40}(?:existiert nicht"
        r"|nicht (?:mehr )?(?:verfügbar|gefunden|vorhanden))|zugriff verweigert|page (?:non |in)?(?:trouvée"
        r"|trouvable|introuvable)"
        r"|(?:page|article) .{0,40}n['’](?:existe|est) (?:pas|plus)|página no encontrada"
        r"|página .{0,50}(?:no (?:existe|está disponible|se (?:ha )?(?:encontr|pud))|não (?:existe|encontrada"
        r"|foi encontrada))|acc[eè]s (?:refusé|interdit)|acceso denegado|pagina non trovata"
        r"|pagina .{0,40}non (?:esiste|è)|pagina niet gevonden|pagina .{0,40}(?:bestaat niet|niet (?:gevonden"
        r"|beschikbaar))"
        r"|страница не найдена|сторінк\S{1,2} не знайдено|nie znaleziono strony|strona nie (?:istnieje|została)"
        r"|stránka (?:nebyla nalezena|neexistuje)|sidan (?:hittades|finns) inte|siden (?:blev|ble) ikke fundet"
        r"|sivua ei löy|sayfa bulunamadı|az oldal nem|page est introuvable|la página no|pagina nu (?:a fost|există)"
        r"|không tìm thấy trang|halaman tidak (?:di)?temu|(?:ошибка|fehler|erreur|error|błąd|chyba|hata|lỗi) [45]0\d"
        r"|找不到|页面不存在|頁面不存在|ページ[がは]見つかり|페이지를 찾을 수 없|الصفحة غير موجودة|הדף לא נמצא|δεν βρέθηκε|ไม่พบหน้า"
        r"|database connection|(?:connection|server).{0,40}(?:timed? ?out|too long|refused)|gateway time-?out"
        r"|(?:site|page) can(?:['’]t|not) be (?:reached|displayed|shown)|not (?:included|available|part) .{0,20}in your"
        r"|(?:item|article|text|document) (?:can(?:not|['’]t)|is not|could not) (?:be )?(?:shown|displayed|available"
        r"|provided)|(?:copyright|rights?) (?:restrictions|limitations|reasons)|account (?:is|has been) suspended"
        r"|domain (?:may be |is )?for sale|(?:article|story) (?:was|has been) (?:removed|withdrawn|deleted)"
    ),
    "a form to log in or subscribe": (
        r"\b(?:log ?in|sign in|sign up|subscribe|register|create (?:a free |an )?account)\b.{0,30}\b(?:to"
        r"|and) (?:continue|read|view|access|see|unlock|proceed|keep|finish|get)|\bto (?:continue|keep|read|view"
        r"|unlock|access|go on|finish)\b.{0,50}(?:log ?in|sign (?:in|up)|subscri|register|account)"
        r"|(?:already|not) (?:have an account|a (?:subscriber|member)|registered|subscribed)"
        r"|forg[oe]t(?:ten)? (?:your |my )?password|\b(?:for|to) (?:(?:our|paying|registered"
        r"|digital) (?:subscribers|members)|subscribers|members only)\b|subscri(?:bers?|ption)[- ]only"
        r"|(?:subscription|registration|premium|login|log-in) (?:is )?(?:required|content|article)"
        r"|(?:free articles?|article limit)|\b(?:user ?name|e-?mail(?: address)?)(?: and|,| or)? password"
        r"|subscribe (?:now|today|for)|behind (?:a|our) paywall|(?:keep|continue) reading\b.{0,30}(?:with|for)"
        r"|want to read (?:more|on)|this (?:article|content|story|page) is (?:reserved|exclusive|only"
        r"|available (?:only )?(?:to|for))"
        r"|(?:nur|exklusiv) für (?:abonnent|mitglieder)|jetzt (?:anmelden|registrieren|abonnieren|weiterlesen"
        r"|testen)|(?:weiterlesen|lesen).{0,30}(?:abo\b|anmeld|abonn)|bereits (?:abonnent|registriert|kunde)"
        r"|(?:réservé|reserve)e?s? (?:à|aux) (?:nos )?abonnés|déjà abonné|abonnez[- ]vous|se connecter"
        r"|connectez-vous|exclusivo para (?:suscriptores|assinantes)|(?:ya|já) (?:eres|es|é) (?:suscriptor"
        r"|assinante)|suscríbete|inicia(?:r)? sesión"
        r"|(?:riservato|solo per) (?:agli )?abbonati|già abbonato|abbonati (?:per|ora|subito)"
        r"|alleen voor (?:abonnees|leden)|al (?:abonnee|lid)\b|tylko dla (?:prenumeratorów|subskrybentów)"
        r"|(?:только|лише) (?:для )?(?:подписчик|передплатник)|по подписке|nur mit abo|yalnızca abone|abonelere özel"
        r"|forbeholdt abonnent|(?:bli|logga in|bliv) (?:som )?(?:prenumerant|abonnent)|lisez la suite|(?:lees|leest) verder"
        r"|有料会員|会員限定|残り\d{1,6}文字|付费|付費|订阅后|訂閱|유료 (?:회원|구독)|구독자 전용"
        r"|(?:want|get) the (?:full|whole) story|become a member (?:now|today|and|to)\b|for paying (?:readers|members)"
        r"|(?:subscription|membership) to continue|in our app\b|\Aunlock (?:this|the|full)\b"
        r"|subscribe from|\A(?:log ?in|sign in)(?: to your account)?\Z|\A(?:no|new|create an?) account"
        r"|\A(?:username|passwort|password|mot de passe|contraseña|wachtwoord|hasło|пароль)\Z|identifiez-vous"
        r"|(?:passwort|mot de passe|contraseña|wachtwoord|hasło|пароль).{0,4}(?:vergessen|oublié|olvidad|vergeten|забыл)"
        r"|noch kein konto|créer un compte|crear una cuenta|choose your plan|cancel any ?time"
    ),
}  # fmt: skip
# All of it is looked for in lower-cased text, which takes a fraction of the time that re.IGNORECASE does.
_KINDS: Final = {kind: re.compile(pattern) for kind, pattern in _TELLING.items()}
# What such pages say besides, and others, too.
_SPEAKING = re.compile(
    r"\b(?:you|your|please|sorry|try|click|refresh|reload|browser|cookies?|home ?page|search|url|address"
    r"|website|web site|log|sign|continue|accept"
    r"|reject|options|partners|privacy|ip\b|reference|contact|support|e-?mail|password|redirect\w*|seconds"
    r"|back|menu|loading|wait"
    r"|sie|ihre?n?|bitte|startseite|suche|vous|votre|vos|veuillez|accueil|recherche|usted|su|tu|por favor"
    r"|inicio|buscar|prego|cerca|ricerca|uw?|alstublieft|zoek\w*)\b",
)
# What a story says, and no such page.
_REPORTED = re.compile(
    r"\b(?:said|says|told|(?<!you )asked|according to|announced|reported|warned|(?:on|last|next|this) (?:mon|tues"
    r"|wednes|thurs|fri|satur|sun)day"
    r"|sagte|erklärte|teilte|laut|a (?:dit|déclaré|annoncé)|selon|dijo|afirmó|según|ha (?:detto|dichiarato)"
    r"|secondo|zei|volgens"
    r"|disse|segundo|am (?:mon|diens|donners|frei|sams|sonn)tag|сказал\w*|сообщил\w*)\b",
)
_MAX_CALLS, _MAX_CALL = 6, 40  # paragraphs below an article that call to subscribe; words of one


def stub(title: str | None, text: str) -> str | None:
    """Return what kind of page a text is if it is none of an article ("an error page"), else None.

    Time is linear in the length of the text.
    """
    if len(text) > _MAX_CHARACTERS or " said" in text or len(text.split()) > 2 * _MAX_WORDS:
        return None
    whole = f"{title or ''}\n{text}".lower()
    if _REPORTED.search(whole):
        return None
    lines = list(dict.fromkeys(part.strip() for part in _PARTS.split(whole) if part.strip()))
    sizes = [len(_WORD.findall(line)) for line in lines]
    if not 0 < sum(sizes) <= _MAX_WORDS:
        return None
    titled = sizes[0] <= _TITLE and any(pattern.search(lines[0]) for pattern in _KINDS.values())
    shares: Counter[str] = Counter()
    speaking = 0
    for size, line in sorted(zip(sizes, lines, strict=True), reverse=True):
        kinds = [kind for kind, pattern in _KINDS.items() if pattern.search(line)]
        shares.update(dict.fromkeys(kinds, size))
        if kinds or size <= 2 or _SPEAKING.search(line):
            speaking += size
        elif size > _MAX_OTHER and not titled:
            return None
    least = _SHARE_UNDER_TITLE if titled else _SHARE
    if not shares or speaking < least * sum(sizes):
        return None
    kind, share = shares.most_common(1)[0]
    return kind if titled or share >= sum(sizes) / 5 else None


def without_calls(text: str) -> tuple[str, list[str]]:
    """Return a text without the paragraphs at its end that ask the reader to subscribe or log in, and those."""
    paragraphs = text.rstrip().split("\n\n")
    calls: list[str] = []
    for paragraph in reversed(paragraphs[1:][-_MAX_CALLS:]):
        if not is_call(paragraph):
            break
        calls.insert(0, paragraph)
    return ("\n\n".join(paragraphs[: len(paragraphs) - len(calls)]), calls) if calls else (text, [])


def is_call(paragraph: str) -> bool:
    """Tell whether a paragraph asks the reader to subscribe or log in."""
    pattern, paragraph = _KINDS["a form to log in or subscribe"], paragraph.lower()
    parts = [part for part in _PARTS.split(paragraph) if part.strip()]
    return (
        0 < len(_WORD.findall(paragraph)) <= _MAX_CALL
        and pattern.search(paragraph) is not None
        and not _REPORTED.search(paragraph)
        and all(pattern.search(part) or _SPEAKING.search(part) for part in parts)
    )
