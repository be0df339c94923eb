"""What pages say that are not the article: bot checks, consent, login, paywalls and lost pages."""

from __future__ import annotations

import re
from dataclasses import dataclass

from litsearch.types import Status

# A real article may quote any of these phrases, so they count only on a page with few words.
SHORT_PAGE = 250  # words
STUB = 400  # words: a page behind a paywall shows the first paragraphs
SAVE = "Open it in a browser, save the page or its PDF, and name the file in the list."


@dataclass(frozen=True, slots=True)
class Sign:
    """Phrases of one kind of page that is not the article, and what to say of it."""

    status: Status
    words: int  # the page has fewer words than that
    title: re.Pattern[str]
    text: re.Pattern[str]
    reason: str
    remedy: str
    stub: bool = False  # the page shows the beginning of the article too


def any_of(phrases: str) -> re.Pattern[str]:
    """Any of the patterns that stand one on a line."""
    return re.compile("|".join(line.strip() for line in phrases.strip().split("\n")), re.I)


def whole(titles: str) -> re.Pattern[str]:
    """Any of the titles that stand one on a line, with or without a site's name: an article's title says more."""
    return re.compile(
        rf"(?:.{{1,80}}\s[|·–—-]\s)?(?:{any_of(titles).pattern})\W*(?:\s[|·–—:-]\s.{{0,80}})?", re.I
    )


CHALLENGE = Sign(
    status="blocked",
    words=SHORT_PAGE,
    title=whole(
        r"""
        just a moment
        attention required
        access (?:to this page has been )?denied
        ddos-guard
        are you a robot
        (?:please )?verify(?: that)? you are (?:a )?human
        security (?:check|verification)
        (?:human|bot|robot|browser) (?:verification|check)
        making sure you're not a bot
        please wait
        (?:re)?captcha(?: (?:check|required|challenge))?
        one moment, please
        pardon our interruption
        checking your browser(?: before .{1,80})?
        request blocked
        (?:403 )?forbidden
        blocked
        """
    ),
    text=any_of(
        r"""
        checking (?:if the site connection is secure|your browser)
        verify(?:ing)? (?:that )?you are (?:a )?human
        (?:are|you're|you are) not a robot
        enable javascript and cookies to continue
        complete the (?:security check|captcha)
        unusual (?:traffic|activity) from your
        cf-(?:browser-verification|challenge)
        challenge-platform
        press (?:&|and) hold
        (?:you have been|has been|was) blocked by
        you don.t have permission to access
        automated access
        bot detection
        performance (?:&|and) security by cloudflare
        needs to review the security of your connection
        ray id:? [0-9a-f]{8}
        request unsuccessful\W{1,3}incapsula
        website firewall
        (?:please )?enable js and disable any ad ?blocker
        block reason:
        """
    ),
    reason="The site answered with a bot check instead of the page.",
    remedy=SAVE,
)

CONSENT = Sign(
    status="blocked",
    words=SHORT_PAGE,
    title=whole(
        r"""
        before you continue(?: to .{1,40})?
        (?:your )?(?:cookie|privacy) (?:consent|choices|preferences|settings)
        we value your privacy
        .{0,40}\bis part of the .{2,40} family.{0,40}
        """
    ),
    text=any_of(
        r"""
        before you continue to
        we (?:and our (?:\d+ )?partners )?use cookies .{0,400}(?:accept|agree|reject|manage)
        (?:accept|agree to|consent to|allow) (?:all )?(?:the use of )?(?:all )?cookies (?:to|and|or|before)
        we value your privacy
        part of the .{2,40} family of brands
        your consent is required
        wir (?:und unsere (?:\d+ )?partner )?(?:verwenden|nutzen) cookies
        nous (?:et nos (?:\d+ )?partenaires )?utilisons des cookies
        (?:nosotros|utilizamos|usamos) .{0,40}cookies
        """
    ),
    reason="The site answered with a consent page instead of the article.",
    remedy=SAVE,
)

LOGIN = Sign(
    status="blocked",
    words=SHORT_PAGE,
    title=whole(
        r"""
        (?:log|sign)[ -]?in(?: (?:to|or|with|at) .{1,60})?
        login(?: required)?
        (?:authentication|login) required
        401 unauthorized
        anmelden
        connexion
        iniciar sesión
        """
    ),
    text=any_of(
        r"""
        (?:please |you (?:must|need to|have to) (?:be )?)(?:log|sign|logged|signed)[ -]?in (?:to|before|first|or)
        (?:log|sign)[ -]?in to (?:continue|view|see|read|access|your account)
        forgot(?:ten)? (?:your )?password
        don.t have an account\?
        authentication required
        """
    ),
    reason="The site answered with a login page instead of the article.",
    remedy="Log in with a browser, save the page, and name the file in the list.",
)

PAYWALL = Sign(
    status="blocked",
    words=STUB,
    title=whole(
        r"""
        subscribe to read.{0,60}
        subscribe now
        subscription required
        """
    ),
    text=any_of(
        r"""
        subscribe (?:now )?to (?:continue|keep|read|unlock|access)
        (?:to|and) continue reading
        already a (?:subscriber|member)\?
        this (?:article|story|content|post) is (?:reserved )?(?:only )?for (?:paid |paying )?(?:subscribers|members)
        become a (?:paid |paying )?(?:subscriber|member) .{0,40}\b(?:read|access|unlock|see|view|continue|get)\b
        start your free trial
        you.ve reached your (?:free )?(?:article )?limit
        member-only story
        this post is for paid subscribers
        create an? (?:free )?account to (?:read|continue|keep)
        keep reading with a
        (?:jetzt )?(?:weiterlesen mit|mit .{1,20} abo weiterlesen)
        bereits abonnent
        (?:déjà|article réservé aux) abonnés?
        get access to the full (?:version|text) of this (?:article|chapter|paper)
        buy (?:article|chapter|this article) (?:pdf|now)
        """
    ),
    reason="The page is behind a paywall: only its beginning came.",
    remedy="Save the whole page as a subscriber, and name the file in the list.",
    stub=True,
)

GONE = Sign(
    status="dead",
    words=SHORT_PAGE,
    title=whole(
        r"""
        .{0,12}\b(?:404|410)\b(?:[\s:-]{1,3}(?:error|gone|(?:page |file )?not found))?
        (?:the |this )?(?:page|file|site|post|document|article|content|story) (?:was )?not found
        not found
        .{0,30}\bpage (?:doesn.t|does not) exist
        .{0,60}\bno longer available
        (?:the |this )?(?:site|page|blog|post|account) (?:is |has been )?(?:gone|removed|deleted|suspended)
        nothing found
        """
    ),
    text=any_of(
        r"""
        (?:page|url|address|document|post|article|content)(?: that)?(?: you.{0,40})? (?:could not|cannot|can.t) be found
        (?:page|url|address|document|post|article|content)(?: that)?(?: you.{0,40})? (?:was not|wasn.t|isn.t|not) found
        (?:page|article|post|content|link)(?: that)?(?: you.{0,60})? (?:doesn.t|does not|no longer) exists?
        we can.t find (?:the|that) page
        we couldn.t find (?:the|that|this|what)
        (?:error|http)\W{0,3}404
        404\W{0,3}(?:error|not found|page)
        there isn.t a github pages site here
        (?:has been|was) (?:deleted|removed) by (?:its|the) (?:author|owner|user)
        this (?:site|page|blog|article) (?:is|has been) (?:no longer available|removed|deleted)
        nothing (?:was found|here)\b
        it looks like nothing was found
        (?:this |the )?(?:account|user|profile|blog|channel) (?:doesn.t|does not|no longer) exists?
        .{0,60}\bblog .{0,60}has been removed
        this content isn.t available (?:right now|anymore|any more)
        """
    ),
    reason="The address answers, but says that the page is gone.",
    remedy="Look for its new address, or for a copy at web.archive.org, and change the list.",
)
NEEDS_SCRIPT = any_of(
    r"""
    enable javascript
    javascript (?:is|to be) (?:required|disabled|enabled|not enabled)
    requires javascript
    turn on javascript
    without javascript
    needs javascript
    ^\W*(?:loading|redirecting)(?:, please wait)?\W*$
    browser is (?:not supported|unsupported|out of date)
    """
)
