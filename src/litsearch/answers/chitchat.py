"""Messages that ask nothing of a library: greetings, thanks, small talk, sums, the weather."""

from __future__ import annotations

import re
from collections.abc import Sequence

from litsearch.patterns import expression

MOST_WORDS = 12  # a longer message asks something, whatever it begins with

_GREETING = (
    r"hi+|hello+|hey+|howdy|hiya|yo|greetings|good (?:morning|afternoon|evening|day|night)|welcome"
    r"|hallo|guten (?:morgen|tag|abend)|servus|moin|bonjour|bonsoir|salut|hola|buenos d[ií]as"
    r"|buenas (?:tardes|noches)|ciao|buongiorno|ol[aá]|bom dia|hej|hei|ahoj|cze[śs][ćc]|merhaba"
    r"|namaste|privet|привет|здравствуйте|你好|您好|こんにちは|안녕하세요"
)
_THANKS = (
    r"(?:many )?thanks?(?: you)?|thx|ty|cheers|much appreciated|well done"
    r"|danke(?: sch[öo]n| dir| ihnen)?"
    r"|vielen dank|merci(?: beaucoup| bien)?|(?:muchas )?gracias|grazie|obrigad[oa]"
    r"|спасибо|谢谢|ありがとう|감사합니다"
)
_FAREWELL = (
    r"(?:good)?bye|see (?:you|ya)|(?:see (?:you|ya)|talk to you|until) (?:later|soon|tomorrow"
    r"|around|then|next time)|cya|later|farewell|take care|have a (?:nice|good|great) \w+"
    r"|tsch[üu]ss|auf wiedersehen|au revoir|adi[oó]s|ciao"
)
_FILLER = (
    r"ok(?:ay)?|k|yes|yeah|yep|yup|no|nope|nah|sure|fine|cool|nice|great|awesome|perfect|wow"
    r"|hm+|uh+|um+"
    r"|lol|haha+|ha|oh|ah|right|got it|i see|that helped|so much|a lot|very much|never ?mind"
    r"|sorry|please|test(?:ing)?|\d{1,4}(?!\d)"
    r"|ja|nein|oui|non|s[ií]|да|нет|there|again|everyone|all|friend|bot|you|world"
    r"|np|no (?:problem|worries)|you too|for (?:now|today|everything|the help|your help)"
)
_WISHES = (
    r"(?:happy|merry) (?:birthday|new year|christmas|easter|holidays?)|congratulations|good luck"
)
_FEELING = (
    r"how(?: are|['’]re| r) (?:you|u|things)(?: doing)?(?: today)?|how(?:['’]s"
    r"| is) (?:it going|life|everything|your day)"
    r"|what['’]?s up|sup|comment (?:[çc]a va|allez[- ]vous|vas-tu)|[çc]a va"
    r"|wie geht(?:['’ ]?s| es)(?: dir| ihnen)?"
    r"|(?:qu[eé] tal|c[oó]mo est[aá]s?)|come stai|tudo bem"
    r"|i(?:['’]m| am) (?:bored|tired|sad|happy|fine|good|hungry|lonely|back|here)|i (?:love"
    r"|hate|like|miss) (?:you|it|this)"
    r"|you(?:['’]re| are| r) (?:\w+ )?(?:helpful|right|stupid|great|dumb|useless|awesome|funny"
    r"|smart|cute|amazing|wrong|the best)"
)
_PRAISE = (
    r"(?:really |very |so |quite |pretty |super |not |just |too ){0,3}"
    r"(?:help(?:ful|less)|useful|useless|good|bad|great|nice|cool|awesome|amazing|awful|brilliant"
    r"|excellent|perfect|fantastic|wonderful|terrible|interesting|impressive|clear|confusing"
    r"|right|correct|incorrect|true|false|wrong|stupid|funny|weird|strange|fair|enough|fine"
    r"|quick|quite|nonsense|what i (?:asked|meant|wanted|needed)(?: for)?)"
)
# "That helps", "great answer", "this is not right", "it makes sense".
_REACTION = (
    rf"(?:that|this|it)(?:['’]s| is| was| sounds| looks| seems)(?: all)? (?:{_PRAISE}|it|all)"
    r"|(?:that|this|it) (?:really |does(?:n['’]?t| not) |did(?:n['’]?t| not) )*(?:help(?:s|ed)?"
    r"|works?|worked|answer(?:s|ed)? (?:it|my question)"
    r"|makes? (?:no |any |perfect |some |a lot of )?sense)"
    r"(?: me)?(?: a (?:lot|bit)| now| at all)?"
    rf"|(?:what an? |such an? )?{_PRAISE} (?:answer|explanation|job|work|point|one|stuff|idea|reply"
    r"|response|summary|question|tool|app)s?"
    r"|i (?:(?:don['’]?t|do not) (?:understand|get it|know)(?: (?:this|that|it))?|agree|disagree"
    r"|understand(?: now)?)|(?:please )?try again"
)
_GREETED = (
    f"(?:{_GREETING}|{_THANKS}|{_FAREWELL}|{_REACTION}|{_FILLER}|{_PRAISE}|{_WISHES}|{_FEELING})"
)
_COURTESY = expression(rf"(?:{_GREETED}[\s,.!?¿¡…;:)('’-]*)+", re.IGNORECASE)
_GREETS = expression(
    rf"\b(?:{_GREETING}|{_THANKS}|{_FAREWELL}|{_WISHES}|{_FEELING})\b", re.IGNORECASE
)

_OPENING = expression(
    rf"(?:(?:{_GREETING}|{_THANKS})\b(?: there| all)?[\s,.!:;-]+)+", re.IGNORECASE
)
_ABOUT_US = expression(
    r"(?:so |and |but |then |well )?(?:"
    r"(?:what|who|how)(?: exactly)?(?: can| could| do| does| are|['’]re| is|['’]s) (?:you|u"
    r"|this|it|i|litsearch)"
    r"(?: (?:do|use|work|called|ask|exactly|here|about|for|get started|begin|start|search"
    r"|this|it|you|app|tool|program"
    r"|with|can|help))*"
    r"|what(?:['’]s| is) your name|do you have a name|how old are you|are you (?:still )?there"
    r"|(?:what|which) (?:ai |language )?model (?:are|do) you(?: use)?"
    r"|(?:do|can) (?:you|u) speak \w+"
    r"|(?:who|what company) (?:made|built|created|wrote|developed|trained|programmed) (?:you|u)"
    r"|where (?:do you|are you) (?:live|come from|from)"
    r"|(?:(?:can|could|would|will) (?:you|u) (?:please )?)?help(?: me| us)?(?: out)?"
    r"(?: (?:with|on) (?:something|this|that|it|a question))?(?: please)?"
    r"|i (?:need|want) (?:some )?help|i have a question"
    r"|are you (?:an? )?(?:\w+ )?(?:ai|robot|bot|human|person|real|chatgpt|gpt(?:-\d)?"
    r"|claude|gemini|assistant|machine|model)"
    r"(?: or .*)?|(?:can|may) i ask (?:you )?(?:something|a question|anything|about .*)"
    r"|what should i ask|what (?:questions )?can i ask"
    r"(?: (?:you|here))?)",
    re.IGNORECASE,
)
_ERRAND = expression(
    r"(?:(?:can|could|would|will) you |please )?(?:"
    r"(?:tell|give) me (?:an? )?(?:\w+ )?(?:joke|story|riddle|fun fact|poem|recipe)"
    r"|(?:write|compose|make|draft|sing|draw|paint)(?: me| us)? (?:an? )?(?:\w+ )?"
    r"(?:poem|song|story|haiku|essay|email|e-mail|letter|joke|rap|limerick|picture|image"
    r"|tweet|cover letter)\b.*"
    r"|(?:write|generate|give|make|create)(?: me| us)? (?:(?:an?|some|the) )?(?:\w+ )?(?:code"
    r"|program|script|quiz|test|flash ?cards?|exam|slides|presentation|diagram|spreadsheet)\b.*"
    r"|translate\b.*|(?:set|start) (?:an? )?(?:alarm|timer|reminder)\b.*|remind me\b.*"
    r"|play (?:some )?(?:music|a song)\b.*"
    r"|(?:order|book|buy)(?: me)? (?:an?|some) \w+(?: \w+){0,4}|roll (?:an? )?(?:die|dice)"
    r"|flip a coin)",
    re.IGNORECASE,
)
_WHEN = r"be|like|today|tomorrow|tonight|(?:right )?now|outside|here|this"
_PLACE = r"in (?-i:[A-Z][a-z]+)(?: (?-i:[A-Z][a-z]+))*(?= today| now|$)"
# Of a temperature, models have one too: only that of a time or place is the weather's.
_TODAY = expression(
    r"(?:what|how)(?:['’]?s| is| was| will) (?:the )?(?:weather|forecast)(?: forecast)?"
    rf"(?: (?:{_WHEN}|in|for|on)\b.*)?"
    rf"|(?:what|how)(?:['’]?s| is| was| will) the temperature (?:{_WHEN}|{_PLACE})\b.*"
    r"|(?:the )?weather(?: forecast)?(?: (?:today|tomorrow|now|report|please|in|for)\b.*)?"
    r"|(?:will|is|does|did) it (?:going to )?(?:rain|snow|be sunny|sunny|cold|hot|warm)(?:ing)?\b.*"
    r"|what(?:['’]s| is| was)? ?(?:the )?(?:time|date|day)(?: of the week)?(?: is it"
    r"| is today| today| now| it is|['’]s the time)*"
    r"|(?:what|which) (?:time|day|date|month|year) (?:is|was) (?:it|today|now"
    r"|tomorrow)(?: now| today)?"
    r"|.*\bhor[oó]scope\b.*|.*\b(?:wetter|météo|tiempo hace)\b.*",
    re.IGNORECASE,
)
_SUM = expression(
    r"(?:(?:what(?:['’]s| is)|how much is|calculate|compute|solve)\s+)?"
    r"[\d\s.,()]*\d\s*(?:[-+*/×÷^%]|plus|minus|times|divided by)\s*[\d\s.,()+*/×÷^%-]*\d\)*\s*=?",
    re.IGNORECASE,
)
_EDGES = " \t\n.!?¿¡,;:…-–—()[]\"'“”‘’*~"
_LETTER = expression(r"[^\W_]")


def is_smalltalk(message: str) -> bool:
    """Tell whether a message asks nothing that a library of texts could hold."""
    bare = _bare(message)
    if not _LETTER.search(bare):
        return True
    return _is_one_of(bare, (_COURTESY, _ERRAND, _TODAY, _SUM))


def is_courtesy(query: str) -> bool:
    """Tell whether a query is a greeting, thanks or a goodbye, or has neither word nor number.

    Fewer than of the messages to an assistant: "weather forecast", "test" and "2019" are queries.
    """
    bare = _bare(query)
    if not any(map(str.isalnum, bare)):
        return True
    return _is_one_of(bare, (_COURTESY,)) and _GREETS.search(bare) is not None


def invitation(works: int) -> str:
    """Say what one can ask of a library of so many works."""
    return (
        f"Ask what the {works} works of this library say (“What is …?”, “How does … work?”, "
        "“Compare … and …”, “Summarize …”), or about the library itself (“What is new on …?”, "
        "“Who wrote …?”)."
    )


def asks_for_help(message: str) -> bool:
    """Tell whether a message that nothing came before asks who answers here, or what to ask."""
    return _is_one_of(_OPENING.sub("", _bare(message), count=1), (_ABOUT_US,))


def _bare(message: str) -> str:
    return " ".join(message.split()).strip(_EDGES)


def _is_one_of(bare: str, patterns: Sequence[re.Pattern[str]]) -> bool:
    short = len(bare.split()) <= MOST_WORDS
    return short and any(pattern.fullmatch(bare) for pattern in patterns)
