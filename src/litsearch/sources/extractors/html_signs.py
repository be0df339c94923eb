"""What pages say that are not the article: bot checks, consent, login, paywalls, parked and lost pages."""

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


def _any(phrases: str) -> re.Pattern[str]:
    """Any of the patterns that stand one on a line."""
    return re.compile("|".join(line.strip() for line in phrases.strip().split("\n")), re.I)


CHALLENGE = Sign(
    status="blocked",
    words=SHORT_PAGE,
    title=_any(
        r"""
        ^just a moment
        ^attention required
        ^access denied
        ^ddos-guard
        ^are you a robot
        ^verify you are human
        ^security check
        ^human verification
        ^please wait
        captcha
        ^one moment, please
        ^pardon our interruption
        ^checking your browser
        ^request blocked
        ^bot verification
        ^403 forbidden
        ^forbidden$
        ^blocked$
        """
    ),
    text=_any(
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
        """
    ),
    reason="The site answered with a bot check instead of the page.",
    remedy=SAVE,
)

CONSENT = Sign(
    status="blocked",
    words=SHORT_PAGE,
    title=_any(
        r"""
        before you continue
        ^(?:your )?(?:cookie|privacy) (?:consent|choices|preferences|settings)
        ^we value your privacy
        is part of the .{2,40} family
        """
    ),
    text=_any(
        r"""
        before you continue to
        we (?:and our (?:\d+ )?partners )?use cookies .{0,400}(?:accept|agree|reject|manage)
        (?:accept|agree to|consent to|allow) (?:all )?(?:the use of )?(?:all )?cookies (?:to|and|or|before)
        we value your privacy
        part of the .{2,40} family of brands
        your consent is required
        """
    ),
    reason="The site answered with a consent page instead of the article.",
    remedy=SAVE,
)

LOGIN = Sign(
    status="blocked",
    words=SHORT_PAGE,
    title=_any(
        r"""
        ^(?:log|sign)[ -]?in\b
        ^login\b
        (?:log|sign) in to continue
        [|·-]\s*(?:log|sign) ?in$
        ^authentication required
        ^401 unauthorized
        """
    ),
    text=_any(
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
    title=_any(
        r"""
        ^subscribe (?:to read|now)
        subscription required
        """
    ),
    text=_any(
        r"""
        subscribe (?:now )?to (?:continue|keep|read|unlock|access)
        (?:to|and) continue reading
        already a (?:subscriber|member)\?
        this (?:article|story|content|post) is (?:reserved )?(?:only )?for (?:paid |paying )?(?:subscribers|members)
        become a (?:paid )?(?:subscriber|member) to
        start your free trial
        you.ve reached your (?:free )?(?:article )?limit
        member-only story
        this post is for paid subscribers
        create an (?:free )?account to (?:read|continue)
        keep reading with a
        """
    ),
    reason="The page is behind a paywall: only its beginning came.",
    remedy="Save the whole page as a subscriber, and name the file in the list.",
)

PARKED = Sign(
    status="dead",
    words=SHORT_PAGE,
    title=_any(
        r"""
        domain (?:is )?for sale
        parked (?:domain|page)
        is for sale\b
        ^expired domain
        """
    ),
    text=_any(
        r"""
        (?:this|the) domain (?:name )?(?:\S+ )?(?:is|may be) (?:for sale|parked|available for purchase)
        buy this domain
        domain (?:is )?parked
        \S+\.\w{2,10} is for sale
        this (?:web ?site|domain) (?:is available|has expired)
        related searches:? .{0,200}privacy policy
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

GONE = Sign(
    status="dead",
    words=SHORT_PAGE,
    title=_any(
        r"""
        ^(?:error )?404\b
        \b404$
        (?:page|file|site|post) (?:was )?not found
        ^not found
        page (?:doesn.t|does not) exist
        no longer available
        ^410 gone
        ^(?:site|page) gone
        account suspended
        nothing found
        """
    ),
    text=_any(
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
        """
    ),
    reason="The address answers, but says that the page is gone.",
    remedy="Look for its new address, or for a copy at web.archive.org, and change the list.",
)
SIGNS = (CHALLENGE, CONSENT, LOGIN, PAYWALL, PARKED, GONE)
NEEDS_SCRIPT = _any(
    r"""
    enable javascript
    javascript (?:is|to be) (?:required|disabled|enabled|not enabled)
    requires javascript
    turn on javascript
    without javascript
    needs javascript
    ^\W*loading\W*$
    """
)
