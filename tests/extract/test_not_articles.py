"""Consent walls, paywalls, lost pages and bot checks in many languages are refused; articles about them are read."""

from __future__ import annotations

import json

import pytest
from extract.generator_pages import PROSE as LINES
from extract.pages import PROSE, article, extract, raw

from litsearch.errors import ExtractError
from litsearch.extract.blocks import reading_size

CONSENT = {
    "en": "We use cookies and similar techniques on this website. By clicking accept you agree that our partners may store them.",
    "de": "Diese Website und unsere Partner verwenden Cookies, um Inhalte anzuzeigen. Mit einem Klick auf Akzeptieren stimmen Sie zu.",
    "fr": "Ce site et ses partenaires déposent des cookies pour mesurer l'audience. Vous pouvez accepter ou refuser à tout moment.",
    "es": "Este sitio y sus socios guardan cookies en su dispositivo para mostrar anuncios. Puede aceptar o rechazar su uso aquí.",
    "it": "Questo sito e i suoi partner usano cookie per mostrare annunci. Cliccando su accetta dai il consenso al loro uso.",
    "pt": "Este site e os seus parceiros guardam cookies para mostrar anúncios. Pode aceitar ou recusar a sua utilização aqui.",
    "nl": "Deze site en zijn partners plaatsen cookies om advertenties te tonen. Klik op akkoord om hiermee in te stemmen.",
    "pl": "Nasza strona i partnerzy zapisują pliki cookie w przeglądarce, aby zbierać dane. Kliknij, aby wyrazić zgodę na ich użycie.",
    "sv": "Den här webbplatsen och våra partner använder cookies för att visa annonser. Klicka på godkänn för att samtycka.",
    "ru": "Наш сайт и партнёры сохраняют файлы cookie, чтобы собирать данные о посещениях. Нажимая кнопку, вы соглашаетесь с этим.",
    "tr": "Sitemiz ve ortaklarımız reklam göstermek için çerez kullanır. Devam ederek verilerinizin işlenmesini kabul edersiniz.",
    "zh": "本网站及其合作伙伴使用 cookie 来衡量访问量并显示广告。点击同意即表示您接受我们存储这些数据，您也可以随时更改设置。",
    "ja": "当サイトとパートナーは、広告を表示し利用を測るためクッキーを使います。同意を押すと保存に同意したことになります。",
    "ko": "이 사이트와 파트너는 광고를 표시하고 이용 현황을 측정하기 위해 쿠키를 사용합니다. 동의를 누르면 저장에 동의하는 것입니다.",
    "ar": "يستخدم هذا الموقع وشركاؤه ملفات تعريف الارتباط لعرض الإعلانات وقياس الزيارات. بالنقر على موافق فإنك تقبل حفظها.",
    "hi": "यह साइट और उसके भागीदार विज्ञापन दिखाने और डेटा मापने के लिए कुकीज़ रखते हैं। स्वीकार करें पर दबाने से आप सहमत होते हैं।",
    "el": "Αυτός ο ιστότοπος και οι συνεργάτες του αποθηκεύουν cookies για να συλλέγουν δεδομένα. Πατήστε αποδοχή για να συμφωνήσετε.",
}
GONE = {
    "de, as one speaks": "Die Seite, die Sie suchen, gibt es leider nicht mehr.",
    "sv, as one speaks": "Sidan du letar efter finns inte längre.",
    "hi": "क्षमा करें, आप जो पृष्ठ ढूंढ रहे हैं वह नहीं मिला।",
    "de": "Die gewünschte Seite konnte nicht gefunden werden.",
    "fr": "Désolé, la page que vous cherchez n'existe plus.",
    "es": "Lo sentimos, la página que buscas ya no existe.",
    "it": "Spiacenti, la pagina richiesta non è stata trovata.",
    "pt": "Lamentamos, a página que procura não existe.",
    "nl": "Sorry, de opgevraagde pagina bestaat niet meer.",
    "pl": "Przepraszamy, strona, której szukasz, nie istnieje.",
    "sv": "Tyvärr, sidan du söker finns inte längre.",
    "ru": "К сожалению, запрашиваемая страница не найдена.",
    "tr": "Üzgünüz, aradığınız sayfa bulunamadı.",
    "cs": "Omlouváme se, hledaná stránka neexistuje.",
    "zh": "抱歉，您访问的页面不存在。",
    "ja": "お探しのページは見つかりませんでした。",
    "ko": "죄송합니다. 요청하신 페이지를 찾을 수 없습니다.",
    "ar": "عذرا، الصفحة التي تبحث عنها غير موجودة.",
    "el": "Λυπούμαστε, η σελίδα που ζητήσατε δεν υπάρχει.",
}
PAYWALL = {
    "en, politely": "To read the rest of this article, please subscribe.",
    "fr, of the rest": "La suite de cet article est réservée à nos abonnés.",
    "ru, of the whole": "Полная версия материала доступна только подписчикам.",
    "hi": "यह लेख केवल सदस्यों के लिए है। आगे पढ़ने के लिए सदस्यता लें।",
    "de": "Nur für Abonnenten: Mit einem Abo weiterlesen.",
    "fr": "La suite est réservée aux abonnés.",
    "es": "Para seguir leyendo, hazte socio para tener acceso.",
    "it": "Articolo riservato agli abbonati.",
    "pt": "Conteúdo exclusivo para assinantes.",
    "nl": "Dit artikel is alleen voor abonnees.",
    "pl": "Kup prenumeratę, aby czytać dalej.",
    "sv": "Artikeln är endast för prenumeranter.",
    "ru": "Материал доступен только подписчикам.",
    "tr": "Okumaya devam etmek için abone olun.",
    "zh": "本文仅限会员阅读，订阅后继续阅读全文。",
    "ja": "この記事は有料会員限定です。残り1,203文字。",
    "ko": "이 기사는 유료 회원 전용입니다.",
    "ar": "هذا المقال متاح فقط للمشتركين.",
}


def page(title: str, *paragraphs: str, head: str = "") -> str:
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return f"<html><head><title>{title}</title>{head}</head><body><main><h1>{title}</h1>{body}</main></body></html>"


def refused(markup: str) -> ExtractError:
    with pytest.raises(ExtractError) as caught:
        extract(raw(markup))
    return caught.value


@pytest.mark.parametrize("language", CONSENT)
def test_a_consent_wall_is_no_article(language: str) -> None:
    error = refused(page("Krant", CONSENT[language]))
    assert error.status == "blocked"
    assert "consent" in str(error)


@pytest.mark.parametrize("language", GONE)
def test_a_lost_page_is_dead(language: str) -> None:
    assert refused(page("Krant", GONE[language])).status == "dead"


@pytest.mark.parametrize("language", PAYWALL)
def test_a_paywall_is_no_article(language: str) -> None:
    error = refused(page("Lighthouses", PROSE[0], PAYWALL[language]))
    assert "paywall" in str(error)


def test_a_banner_beside_an_article_is_only_a_banner() -> None:
    for text in CONSENT.values():
        assert PROSE[3] in extract(raw(article(after=f"<div>{text}</div>"))).text


def test_a_recipe_for_cookies_is_an_article() -> None:
    recipe = "Our cookies are of oat and butter, and every guest may accept one more after the walk along the harbour."
    assert recipe in extract(raw(page("Oat cookies", recipe, *PROSE[:2]))).text


def paid(*paragraphs: str) -> str:
    data = json.dumps({"@type": "NewsArticle", "isAccessibleForFree": False})
    return page(
        "Lighthouses", *paragraphs, head=f"<script type='application/ld+json'>{data}</script>"
    )


def test_a_page_that_is_not_free_and_came_whole_is_read() -> None:
    assert PROSE[5] in extract(raw(paid(*PROSE, PROSE[0], PROSE[1]))).text
    assert refused(paid(PROSE[0])).status == "blocked"
    assert refused(paid(*PROSE, PROSE[0][:-1] + "…")).status == "blocked"


@pytest.mark.parametrize("language", ["de", "fr", "ja", "ru"])
def test_a_plea_beside_a_whole_article_condemns_nothing(language: str) -> None:
    plea = PAYWALL.get(language) or PAYWALL["ru, of the whole"]
    more = "".join(f"<p>{text}</p>" for text in LINES["en"])
    markup = article(more, after=f"<div><p>{plea}</p></div>")
    assert PROSE[5] in extract(raw(markup)).text


def test_vowel_signs_count_as_letters() -> None:
    assert reading_size("नहीं मिला") == 8


def test_lengths_are_letters_not_words() -> None:
    """A Chinese article of two hundred signs has five words between spaces, and is no empty page."""
    text = "这座石桥建于一八七二年，桥上的每一块石头都是从北面的山上用木筏运下来的。"
    markup = page("石桥", *(text,) * 6).replace(
        "</main>", "</main><script>x()</script><script>y()</script>"
    )
    assert text in extract(raw(markup)).text


def test_text_that_stands_in_structured_data_only_is_read() -> None:
    data = json.dumps(
        {"@type": "Article", "headline": "Lighthouses", "articleBody": "\n\n".join(PROSE)}
    )
    head = f"<title>Lighthouses</title><script type='application/ld+json'>{data}</script>"
    shell = f"<html><head>{head}</head><body><div id=root></div><script src=a.js></script></body>"
    assert [PROSE[0], PROSE[5]] == [
        part for part in extract(raw(shell)).text.split("\n\n") if part in (PROSE[0], PROSE[5])
    ]


def test_text_that_stands_in_noscript_only_is_read() -> None:
    inside = "".join(f"<p>{text}</p>" for text in PROSE)
    assert (
        PROSE[5]
        in extract(
            raw(
                f"<html><title>x</title><body><div id=root></div><script src=a.js></script><noscript>{inside}</noscript></body></html>"
            )
        ).text
    )


# Whole short articles, and what stands behind them: no word of it is about this article.
SHORT = {
    "ar": (
        "أعيد فتح الجسر الحجري القديم في وسط البلدة يوم السبت بعد ترميم استمر عامين. عبر "
        "مئات السكان الجسر سيرا على الأقدام صباح ذلك اليوم. قال رئيس البلدية إن الكلفة "
        "بلغت ثلاثة ملايين، وإن الحجارة الأصلية أعيدت إلى أماكنها واحدا واحدا. لن تعبره "
        "السيارات بعد اليوم، لكن الدراجات مسموح بها. وسيضاء الجسر ليلا ابتداء من الشهر "
        "القادم.",
        "اشترك في نشرتنا البريدية لتصلك أحدث الأخبار.",
        "ادعم صحافتنا المستقلة: اشترك الآن.",
        "سجل الدخول لإضافة تعليق.",
        "لمتابعة قراءة المزيد من المقالات اشترك معنا.",
    ),
    "el": (
        "Η παλιά πέτρινη γέφυρα στο κέντρο της πόλης άνοιξε ξανά το Σάββατο, ύστερα από "
        "δύο χρόνια εργασιών. Εκατοντάδες κάτοικοι την πέρασαν με τα πόδια το ίδιο πρωί. "
        "Ο δήμαρχος είπε ότι το έργο κόστισε τρία εκατομμύρια ευρώ και ότι οι αρχικές "
        "πέτρες μπήκαν πάλι μία μία στη θέση τους. Αυτοκίνητα δεν θα περνούν πια, τα "
        "ποδήλατα όμως επιτρέπονται.",
        "Εγγραφείτε στο newsletter μας για να λαμβάνετε τα νέα.",
        "Στηρίξτε την ανεξάρτητη δημοσιογραφία: γίνετε συνδρομητής.",
        "Συνδεθείτε για να σχολιάσετε.",
        "Για να διαβάσετε περισσότερα άρθρα, γίνετε συνδρομητής.",
    ),
    "hi": (
        "शहर के बीच बना पुराना पत्थर का पुल दो साल की मरम्मत के बाद शनिवार को फिर खुल "
        "गया। उसी सुबह सैकड़ों लोग पैदल पुल पार करके गए। महापौर ने कहा कि काम पर तीन "
        "करोड़ रुपये खर्च हुए और पुराने पत्थर एक एक करके अपनी जगह लगाए गए। अब गाड़ियाँ "
        "पुल से नहीं जाएँगी, पर साइकिल चलाना जारी रहेगा। अगले महीने से रात में पुल पर "
        "रोशनी होगी।",
        "हमारे न्यूज़लेटर की सदस्यता लें।",
        "स्वतंत्र पत्रकारिता का साथ दें: आज ही सदस्य बनें।",
        "टिप्पणी करने के लिए लॉग इन करें।",
        "और लेख पढ़ने के लिए सदस्यता लें।",
    ),
    "he": (
        "גשר האבן הישן במרכז העיר נפתח שוב ביום שבת, אחרי שנתיים של שיפוץ. מאות תושבים "
        "חצו אותו ברגל באותו בוקר. ראש העיר אמר שהעבודה עלתה שלושה מיליון שקלים, ושהאבנים "
        "המקוריות הוחזרו אחת אחת למקומן. מכוניות לא יעברו בו עוד, אבל אופניים מותרים.",
        "הירשמו לניוזלטר שלנו.",
        "תמכו בעיתונות עצמאית: הצטרפו כמנויים.",
        "התחברו כדי להגיב.",
        "כדי לקרוא עוד כתבות, הצטרפו כמנויים.",
    ),
}


@pytest.mark.parametrize("language", SHORT)
@pytest.mark.parametrize("shape", ["<p>{0}</p><p>{1}</p>", "<p>{0}</p></article><div>{1}</div>"])
def test_a_plea_behind_a_short_article_condemns_nothing(language: str, shape: str) -> None:
    text, *pleas = SHORT[language]
    for plea in pleas:
        body = f"<article><h1>{text[:20]}</h1>{shape.format(text, plea)}"
        page = f"<html lang={language}><title>{text[:20]}</title><body>{body}</body></html>"
        assert text in extract(raw(page)).text
