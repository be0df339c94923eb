"""What domains for sale, hosts, servers and regions answer instead of a page, and lost pages in other languages."""

from __future__ import annotations

from litsearch.extract.html.phrases import SAVE, SHORT_PAGE, Sign, any_of, whole

PARKED = Sign(
    status="dead",
    words=SHORT_PAGE,
    title=whole(
        r"""
        .{0,60}\bdomain (?:name )?(?:is )?for sale
        \S+\.\w{2,10} is for sale
        parked (?:domain|page)
        expired domain
        """
    ),
    text=any_of(
        r"""
        (?:this|the) domain (?:name )?(?:\S+ )?(?:is|may be) (?:for sale|parked|available for purchase)
        buy this domain
        domain (?:is )?parked
        \S+\.\w{2,10} is for sale
        this (?:web ?site|domain) (?:is available|has expired)
        related searches:? .{0,200}privacy policy
        \S+\.\w{2,10} is available for purchase
        this domain was (?:recently |just )?registered
        sedo\.com
        hugedomains
        dan\.com
        afternic
        bodis
        domain (?:has|registration) expired
        inquire about this domain
        """
    ),
    reason="The domain is parked: nothing of the page is left.",
    remedy="Look for the page at web.archive.org and put that address into the list.",
)

TURNED_AWAY = Sign(
    status="blocked",
    words=SHORT_PAGE,
    title=whole(
        r"""
        (?:error )?429(?: too many requests)?
        too many requests
        rate limit(?:ed| exceeded)
        (?:451\W{1,3})?unavailable (?:for|due to) legal reasons
        age (?:verification|check|gate)
        cookies (?:are )?(?:required|disabled)
        """
    ),
    text=any_of(
        r"""
        (?:this |the )?(?:content|page|video|site|service|article) is(?: not|n.t) available in your (?:country|region)
        .{0,120}\bfrom a country belonging to the european economic area
        .{0,40}\b(?:sent|made) too many requests
        429 too many requests
        (?:are you|you must be) (?:at least |over )?(?:18|21)
        (?:please )?enable cookies
        .{0,60}\bcookies must be enabled
        """
    ),
    reason="The site turned the program away: by country, by age, by cookies or by how often it was asked.",
    remedy=SAVE,
)

HOST = Sign(
    status="dead",
    words=SHORT_PAGE,
    title=whole(
        r"""
        welcome to nginx
        apache\d? .{0,20}default page(?:: it works)?
        default (?:web ?site|web) page
        iis windows(?: server)?
        account suspended
        """
    ),
    text=any_of(
        r"""
        if you see this page, the nginx web server is successfully installed
        this is the default welcome page used to test
        if you are the owner of this web ?site, please contact your hosting provider
        this account has been suspended
        future home of
        """
    ),
    reason="The address shows its host's default page: nothing of the page is left.",
    remedy="Look for the page at web.archive.org and put that address into the list.",
)

OUT_OF_ORDER = Sign(
    status="failed",
    words=SHORT_PAGE,
    title=whole(
        r"""
        (?:http )?(?:error )?5\d\d(?: .{1,40})?
        (?:internal )?server error
        bad gateway
        (?:gateway time-?out|service (?:temporarily )?unavailable)
        (?:.{0,20}\b)?(?:maintenance|down for maintenance|maintenance mode)
        (?:database|application) error
        """
    ),
    text=any_of(
        r"""
        (?:we.ll|we will) be (?:right )?back (?:soon|shortly)
        .{0,40}\b(?:down for|undergoing|performing some) (?:scheduled )?maintenance
        error establishing a database connection
        .{0,40}\bencountered an internal (?:server )?error
        (?:internal server error|5\d\d bad gateway)
        (?:error )?52\d\b
        an error occurred in the application
        """
    ),
    reason="The site answered with an error of its own, or is being maintained.",
    remedy="Run litsearch build again later.",
)

LISTING = Sign(
    status="failed",
    words=SHORT_PAGE,
    title=whole(r"index of /\S*"),
    text=any_of(r"index of /\S*$"),
    reason="The address shows a folder of files, not a page.",
    remedy="Name one of its files in the list.",
)

LOST_ABROAD = Sign(
    status="dead",
    words=SHORT_PAGE,
    title=whole(
        r"""
        (?:die )?seite (?:wurde )?nicht gefunden
        page (?:introuvable|non trouvée)
        p[áa]gina no encontrada
        pagina non trovata
        p[áa]gina n[ãa]o encontrada
        pagina niet gevonden
        nie znaleziono(?: strony)?
        (?:sidan|siden|side) (?:hittades inte|ikke fundet|ikke funnet)
        sayfa bulunamad[ıi]
        страница не найдена
        .{0,12}(?:页面不存在|找不到(?:该|此)?(?:页面|頁面)|頁面不存在)
        .{0,20}ページが見つかりません.{0,20}
        """
    ),
    text=any_of(
        r"""
        (?:die|diese) .{0,30}seite .{0,30}(?:nicht gefunden|existiert nicht)
        la page (?:que vous|demandée) .{0,60}n.existe
        la p[áa]gina .{0,60}no existe
        la pagina .{0,40}non (?:è stata trovata|esiste)
        a p[áa]gina .{0,60}n[ãa]o (?:foi encontrada|existe)
        de pagina .{0,40}(?:bestaat niet|niet gevonden)
        strona, której szukasz
        .{0,30}страница не (?:существует|найдена)
        .{0,20}(?:页面不存在|頁面不存在)
        .{0,20}ページは見つかりません
        """
    ),
    reason="The address answers, but says that the page is gone.",
    remedy="Look for its new address, or for a copy at web.archive.org, and change the list.",
)
