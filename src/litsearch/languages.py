"""Hold what the tokenizer knows of each language: the name of its stemmer, its stop words, its
elided articles.

Languages go by their ISO 639-1 codes. A language without a line here is searched by whole words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from litsearch.patterns import expression

ENGLISH = "en"
STEMMERS = {
    "ar": "arabic",
    "ca": "catalan",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}
NAMES = {
    "ar": "Arabic",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "ru": "Russian",
    "sv": "Swedish",
    "da": "Danish",
    "fi": "Finnish",
    "no": "Norwegian",
    "ro": "Romanian",
    "uk": "Ukrainian",
    "hu": "Hungarian",
    "ca": "Catalan",
    "th": "Thai",
    "tr": "Turkish",
    "zh": "Chinese",
}
# these write compounds as one word
COMPOUNDING = frozenset("da de fi nb nl nn no sv".split())

# Words that join and point: they tell nothing about what a text is about.
_STOPWORDS = {
    "ar": """
        في من على إلى عن مع هذا هذه ذلك التي الذي التى هو هي هم ما ماذا متى أين كيف لماذا هل
        لم لن لا كان كانت يكون أن إن أو ثم قد كل بعد قبل بين عند حتى أي و ف ب ل ك كما إذا
        منذ حيث لكن غير فيه فيها به بها له لها
    """,
    "da": """
        og i jeg det at en den til er som på de med han af for ikke der var mig sig men et
        har om vi min havde ham hun nu over da fra du ud sin dem os op man hans hvor eller
        hvad skal selv her alle vil blev kunne ind når være dog noget hvordan hvorfor hvem
        hvilke hvilken kan
    """,
    "de": """
        aber alle allem allen als also am an auch auf aus bei bin bis bist da damit dann das
        dass dein dem den denn der des dich die dies diese dieser dieses dir doch dort du
        durch ein eine einem einen einer eines er es etwas euch für gegen gibt hab habe
        haben hat hatte hier hin hinter ich ihm ihn ihr ihre im in ins ist ja jede jeder
        kann kein keine können man mehr mein mich mir mit muss nach nicht noch nun nur ob
        oder ohne sehr sein seine sich sie sind so über um und uns unter vom von vor wann
        war waren warum was weil welche welcher welches wenn wer werden wie wieder wieso wir
        wird wo wurde wurden zu zum zur zwischen
    """,
    "en": """
        a about according an and any are as at be been being between both but by can could
        did do does doing for from get give given gives had has have he her here him his how
        i if in instead into is it its itself just me more most much many my no nor not of
        off on one only or other our out over own same she should so some such than that the
        their them then there these they this those through to too under up us use used uses
        using very was we were what when where which while who whom whose why will with
        within without would you your
    """,
    "es": """
        a al algo como con contra cual cuál cuales cuáles cuando cuándo cuánto de del desde
        donde dónde durante e el él ella ellas ellos en entre era es esa ese eso esta está
        están este esto estos fue ha han hasta hay la las le les lo los más me mi muy no nos
        o para pero por porque qué que quien quién se ser si sí sin sobre son su sus también
        te tiene tu un una unas uno unos y ya cómo
    """,
    "fi": """
        ja on ei se että hän oli joka mutta ovat ole tai kuin myös niin kun jos sekä vain jo
        mitä mikä kuka missä miten miksi milloin ne tämä sen sitä tässä olla voi ovatko onko
        oliko mukaan
    """,
    "fr": """
        à au aux avec ce ces cet cette ceux chez comme comment d dans de des donc du elle
        elles en entre est et était eu il ils j je l la le les leur leurs lui m ma mais me
        même mes moi mon n ne nos notre nous on ont ou où par pas plus pour pourquoi qu
        quand que quel quelle quelles quels qui quoi s sa sans se ses si son sont sur t ta
        te tes ton tu un une vos votre vous y a ai été être fait peut c combien
    """,
    "he": """
        של על את עם הוא היא הם הן זה זאת זו אני אתה אנחנו לא כן או אם כי גם רק אבל מה מי איך
        איפה מתי למה מדוע האם יש אין היה היתה היו כל כמו בין עד אל לפי אחרי לפני כדי אך אשר
    """,
    "hi": """
        का की के को में से पर और है हैं था थे थी यह वह ये वे एक क्या कौन कब कहाँ कैसे क्यों
        कि जो नहीं भी ने तो ही या इस उस लिए साथ तक कर करता होता
    """,
    "it": """
        a ad ai al alla alle allo anche c che chi ci come con cosa cui d da dagli dai dal
        dalla dalle de degli dei del della delle dello di dove e è ed era fra gli ha hanno i
        il in io l la le lei lo loro lui ma mi n ne nei nel nella nelle no noi non o per
        perché più qual quale quali quando quanto quello questa questo qui s se si sia sono
        su sua sue sugli sul sulla suo tra un una uno v vi
    """,
    "ja": """
        これ それ ここ どこ なに する いる ある この その です ます した して から まで など ので ため とは について
    """,
    "ko": """
        은 는 이 가 을 를 에 의 와 과 도 로 으로 에서 하다 있다 것 수 등 및 그 이것 무엇 언제 어디 어떻게 왜 누가 입니다 인가요
    """,
    "nl": """
        aan al als bij daar dan dat de der deze die dit doch door dus een en er ge geen had
        heb heeft hem het hier hij hoe hun ik in is ja je kan kon maar me meer men met mij
        mijn na naar niet niets nog nu of om omdat ons ook op over te tot u uit van veel
        voor waar waarom wanneer want waren was wat welke werd wie wij wil worden wordt zal
        ze zelf zich zij zijn zo zou tussen
    """,
    "no": """
        og i jeg det at en et den til er som på de med han av ikke der så var meg seg men
        har om vi min mitt ha hadde hun nå over da fra du ut sin dem oss opp man kan hans
        hvor eller hva skal selv her alle vil bli ble kunne inn når være for hvordan hvorfor
        hvem hvilke hvilken
    """,
    "pl": """
        a aby ale albo bez być był była było były co czy dla do gdy gdzie go i ich ile jak
        jaki jakie jest jego jej już k kiedy kto która które który lub ma mi mnie może na
        nad nie nim o od po pod przed przez przy są się ta tak także tam te tego tej ten to
        tu tych tylko tym u w we więc wszystko z za ze że dlaczego
    """,
    "pt": """
        a à ao aos as às até com como da das de dela dele do dos e é ela elas ele eles em
        entre era essa esse esta está este eu foi foram há isso isto já la lhe mais mas me
        mesmo meu minha muito na não nas nem no nos o os ou para pela pelo por porque qual
        quais quando quanto que quê quem se sem ser seu sua são só sobre também te tem um
        uma umas uns você onde
    """,
    "ru": """
        а без более бы был была были было быть в вам вас весь во вот все всего всех вы где
        да для до его ее если есть еще же за и из или им их к как какая какие какой когда
        кто ли либо мне может мы на над надо не него нее нет ни них но ну о об однако он она
        они оно от очень по под почему при с сколько со так также такой там те тем то того
        тоже той только том ты у уже хотя чего чей чем что чтобы эта эти это этого этой этот
        я
    """,
    "sv": """
        och det att i en jag hon som han på den med var sig för så till är men ett om hade
        de av icke mig du henne då sin nu har inte hans honom skulle hennes där min man ej
        vid kunde något från ut när efter upp vi dem vara vad över än dig kan sina här ha
        mot alla under någon eller allt mycket sedan hur varför vilken vilka
    """,
    "tr": """
        ve bir bu da de için ile o ne mi mı mu mü çok daha gibi kadar ama veya ya her en şu
        ki nasıl neden nerede kim hangi ise olan olarak var yok değil sonra önce göre
    """,
    "zh": """
        什么 怎么 如何 哪些 哪个 为什么 是什么 什麼 怎麼 哪個 為什麼 多少 请问
    """,
}
STOPWORDS = {language: frozenset(words.split()) for language, words in _STOPWORDS.items()}

# Words of English grammar, and of asking: they ask for something, and name nothing.
FILLERS = STOPWORDS["en"] | frozenset(
    """
    able across actually after again all also although always am among another anything ask author
    authors away based
    because become became been before behind besides call called came cannot common compare compared
    comparison d define
    definition describe didn differ difference different differs don done down during each either
    else especially etc
    even ever every exactly example explain far few first follow following further gave gets go goes
    going good got
    happen happens having help helps hers however idea keep kind know known later less let like list
    ll look lot made
    main make makes making may mean meaning means might mine must name namely need needs never new
    now often once onto
    others ought ours overall paper papers part people per perhaps please point post quite rather re
    really regarding s
    said say says see seem seems several shall show shown shows simply since something still t take
    takes tell thing
    things though thus together toward towards tries try turn two type until upon usually various ve
    versus via vs want
    way ways well went whatever whereas whether yet yours
    """.split()
)
# Articles and pronouns that lean on the next word: l'eau, dell'arte, qu'il.
ELISIONS = {
    "ca": expression(r"[dlmnst]['’]", re.IGNORECASE),
    "fr": expression(r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)['’]", re.IGNORECASE),
    "it": expression(
        r"(?:[cdlmnstv]|(?:d|n|s)?[ae]ll|dell|nell|sull|quest|quell|un|gl)['’]", re.IGNORECASE
    ),
}

# Question words that begin no English question, with their language.
_ASKING_WORDS = {
    "de": "wie warum weshalb wieso wer wann welche welcher welches wofür wozu",
    "fr": "pourquoi quel quelle quels quelles quand combien",
    "es": "cómo qué cuál cuáles quién dónde cuándo cuánto",
    "it": "perché quale quali quando dove",
    "nl": "hoe waarom welke wanneer",
    "da": "hvordan hvad hvorfor hvem",
    "sv": "hur varför vilken vilka",
    "pl": "jak dlaczego czym kto",
}
QUESTION_WORDS = {word: code for code, words in _ASKING_WORDS.items() for word in words.split()}
QUESTION_WORDS |= {"à quoi": "fr", "por qué": "es", "para qué": "es"}
# What begins a question beside these: words of other alphabets, and two words where one is English
# ("was", "comment", "come") or two languages'.
_OPENINGS = (
    r"(?:was|wat) (?:ist|sind|bedeutet|heißt|macht|is|zijn|betekent|doet)|wo (?:ist|liegt|steht)"
    r"|woher|worin|à quoi|qu['’]est|c['’]est quoi|qui (?:est|sont|a)|que (?:signifie|veut|fait)|où"
    r"|comment (?:fonctionn|march|est|sont|peut|faire|calcul|utilis|ça)\w*"
    r"|(?:por|para) qu[eé]|qu[eé] (?:es|son|significa|hace)|como (?:funciona|se|é|faz|fazer|usar)"
    r"|o que|quais|qual (?:é|a|o)|quanto|cos['’]è|(?:che )?cosa|che cos"
    r"|come (?:funziona|si|fa|fare|viene)|chi (?:è|ha)|vad (?:är|gör|betyder)"
    r"|hva (?:er|betyr)|hvilken|hvilke|co to|nedir|nasıl|neden"
    r"|что|как|почему|зачем|кто|како[йев]|какая|какие|сколько|когда|где|чем|що|як|чому|хто"
    r"|ما|ماذا|كيف|لماذا|متى|أين|هل|מה|איך|למה|מי|מתי|क्या|कैसे|क्यों|कौन"
)
_OPENS = expression(rf"\W*(?:{_OPENINGS})\b", re.IGNORECASE)
# Where words are not set apart, the question word may stand anywhere.
_ASKS_WITHIN = expression(
    "什[么麼]|怎[么麼样樣]|如何|[为為]什|哪[些个個里裡儿]|多少|[吗嗎呢][?？]?$|とは|なぜ|どう|どの|何[がをでの]"
    "|です[かが]|무엇|어떻게|왜 |누가|언제|어디|[까나]\\?$|อะไร|อย่างไร|ทำไม"
)

# Scripts whose words are not set apart, as ranges of a character class.
HAN = "々〆\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
HIRAGANA, KATAKANA = "\u3041-\u309f", "\u30a1-\u30ff\u31f0-\u31ff"
HANGUL, THAI = (
    "\u1100-\u11ff\u3131-\u318e\uac00-\ud7af",
    "\u0e01-\u0eff\u1000-\u109f\u1780-\u17d3",
)

_LETTERS = expression(r"[^\W\d_]+")
# Which language a text is in: by its script, else by its words of grammar.
_SAMPLE = 4_000  # characters
_BY_SCRIPT = (
    ("ja", expression(f"[{HIRAGANA}{KATAKANA}]"), 0.1),
    ("zh", expression(f"[{HAN}]"), 0.3),
    ("ko", expression(f"[{HANGUL}]"), 0.3),
    ("th", expression("[\u0e01-\u0e5b]"), 0.3),
    ("fa", expression("[پچژگ]"), 0.02),
    ("ar", expression("[\u0620-\u06ff]"), 0.3),
    ("he", expression("[א-ת]"), 0.3),
    ("el", expression("[\u0370-\u03ff\u1f00-\u1fff]"), 0.3),
    ("hi", expression("[\u0900-\u097f]"), 0.3),
    ("uk", expression("[іїєґІЇЄҐ]"), 0.02),
    ("ru", expression("[\u0400-\u04ff]"), 0.3),
)
_SCRIPTS = frozenset(code for code, _, _ in _BY_SCRIPT)
_LATIN = tuple(code for code in STOPWORDS if code not in _SCRIPTS)
_LEAST_GRAMMAR = 2  # words of grammar of a language other than English


def asks_elsewhere(text: str) -> bool:
    """Tell whether a text begins as a question does in a language other than English."""
    first = _LETTERS.search(text)
    if first is None:
        return False
    if first.group().casefold() in QUESTION_WORDS or _OPENS.match(text):
        return True
    return not text.isascii() and _ASKS_WITHIN.search(text) is not None


def language_of(text: str, among: Iterable[str] = _LATIN) -> str | None:
    """Return the language of a text (ISO 639-1), or None where neither script nor grammar tells it.

    among: the languages of the Latin alphabet that are thought of.
    """
    sample = text[:_SAMPLE]
    if not sample.isascii() and (script := _script_of(sample)):
        return script
    counts = Counter(match.casefold() for match in _LETTERS.findall(sample))
    hits: dict[str, int] = {}
    for code in among:
        if code in _LATIN:
            hits[code] = sum(counts[word] for word in counts.keys() & STOPWORDS[code])
    best = max(hits, key=lambda code: (hits[code], code == ENGLISH), default=ENGLISH)
    if hits.get(best, 0) < _LEAST_GRAMMAR:
        return None
    return best if best == ENGLISH or hits[best] > hits.get(ENGLISH, 0) else None


def _script_of(sample: str) -> str | None:
    letters = max(1, sum(map(str.isalpha, sample)))
    for code, signs, share in _BY_SCRIPT:
        if len(signs.findall(sample)) >= share * letters:
            return code
    return None
