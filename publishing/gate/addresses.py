"""Web and email addresses in words, however they are written, and who may put pages there."""

import re
from urllib.parse import urlsplit

from .digits import listed

# Where anybody can put a page: known only by whole address. The project's own list.
OPEN_HOSTS = frozenset(
    listed(
        """
    bsky.app discord.com discord.gg facebook.com fb.com fb.me flickr.com instagram.com linkedin.com
    lnkd.in mastodon.social medium.com messenger.com m.me pinterest.com quora.com reddit.com redd.it
    signal.group signal.me snapchat.com soundcloud.com substack.com t.me telegram.me telegram.org
    threads.net tiktok.com tumblr.com twitch.tv twitter.com vimeo.com wa.me whatsapp.com x.com
    youtu.be youtube.com

    docs.google.com drive.google.com forms.gle forms.office.com forms.microsoft.com sites.google.com
    google.com goo.gl g.co g.page maps.app.goo.gl onedrive.live.com 1drv.ms sharepoint.com
    dropbox.com box.com wetransfer.com we.tl icloud.com notion.site notion.so airtable.com
    typeform.com jotform.com surveymonkey.com surveymonkey.co.uk smartsurvey.co.uk qualtrics.com
    eventbrite.co.uk eventbrite.com change.org gofundme.com justgiving.com patreon.com paypal.me
    calendly.com mailchi.mp padlet.com issuu.com scribd.com slideshare.net canva.com trello.com

    github.io gitlab.io netlify.app pages.dev vercel.app web.app firebaseapp.com herokuapp.com
    blogspot.com wordpress.com wixsite.com weebly.com squarespace.com webflow.io carrd.co
    azurewebsites.net cloudfront.net amazonaws.com glitch.me neocities.org replit.app

    bit.ly buff.ly cutt.ly dlvr.it is.gd linktr.ee lnk.bio ow.ly qr.ae rb.gy rebrand.ly shorturl.at
    t.co t.ly tiny.cc tinyurl.com trib.al v.gd youtube-nocookie.com archive.org web.archive.org
    """
    )
)
TLD = (
    r"(?:com|org|net|uk|co|info|help|me|io|ly|link|site|online|app|dev|gov|police|eu|ie|us|tv|cc"
    r"|biz|gle|ee|gg|to|xyz|club|shop|support|care|chat|life|live|page|website|wales|scot|cymru"
    r"|charity|foundation|london|ngo|ong|today|international|community|de|pl|fr)"
)
# Endings of files and of short forms, which lead nowhere.
FILES = frozenset(
    listed(
        "jpg jpeg png gif webp svg pdf doc docx xls xlsx ppt pptx odt txt csv mp3 mp4 wav html js"
    )
)
DOT = r"(?:\s?\[\.\]\s?|\s?\(\.\)\s?|[。・·•‧∙⋅｡]|\.|\s\.\s?)"
WEB = re.compile(
    # A dash or dots of the sentence may touch it: "See...example.org", "example.org-it is safe".
    r"(?:(?<![^\W_])(?<![@.-])|(?<=\.\.)|(?<=[\s:]-)|(?<=^-))(?P<scheme>[a-z]{3,6}:/{1,2})?(?P<user>[^\s/@<>]{1,80}@)?"
    rf"(?P<host>(?:[^\W_][\w-]{{0,62}}{DOT}){{1,8}}(?P<tld>xn--[\w-]{{1,60}}|[^\W\d_]{{2,24}}))"
    r"(?![^\W_]|-[^\W_]{1,40}\.)(?P<rest>(?::\d{1,5})?(?:[/?#][^\s<>\"]{0,2000})?)",
    re.IGNORECASE,
)
AT = re.compile(r"@\s?(?:[\w-]{1,63}\.?){0,8}")
NAME = re.compile(r"[\w.+'-]*\s?$")
HOST = re.compile(r"([^/?#]*)(.*)", re.DOTALL)
ANY_DOT = re.compile(r"[.。・·•‧∙⋅｡]")
GAP = r"[\s_+*-]{1,3}"
ENDING = r"(?:com|org|net|co|uk|info|gov|police|io)"
NETWORKS = "telegram|insta|instagram|snap|snapchat|signal|skype|discord|tiktok|facebook|twitter"
SHORTENERS = r"bit ?ly|linktree|wa me|t me|telegram(?: me)?|facebook|fb|insta(?:gram)?|youtube|reddit|tiktok|tiny ?url"
WORD = r"(?<![\w-])[\w-]{1,63}"
# (signs or small words without which there is none, how an address is spelled): most texts have few.
SPELLED = [
    (needed.split(), re.compile(pattern, re.IGNORECASE))
    for needed, pattern in (
        ("dot", rf"{WORD}\s{{1,2}}dot\s{{1,2}}{TLD}\b"),
        (
            "dot",
            rf"\bdot\W{{1,3}}(?:(?:and|then|followed by)\s){{0,2}}{ENDING}\b|\bdot(?:\s[a-z]){{2,6}}\b",
        ),
        # In one word; "the dotcom boom" is none.
        (
            "dot",
            r"(?<!\w)[^\W_]{3,63}dot(?:org|com|net|couk)\b|\bdot(?:org|net)\b|\bdot\s[a-z](?:-[a-z]){1,5}\b",
        ),
        # In other words, and with other signs between.
        (
            "dot punto point period stop",
            rf"[^\W_]{{1,63}}{GAP}(?:dot|punto|point|period|full stop){GAP}{ENDING}\b",
        ),
        (". ,", rf"(?<![\w-])[\w-]{{2,63}}(?:\.{{2,4}}|,){ENDING}\b"),
        (".", r"(?<!\w)(?:[a-z]\s){3,30}\.\s?(?:[a-z]\s?){2,12}(?!\w)"),
        # A space after the dot, in small letters: no sentence begins so.
        (
            ".",
            r"(?<![\w-])(?-i:[\w-]{2,63}\.\s(?:org|com|net|co\.? ?uk)\b)|^\s*\.(?:com|org|net|co|gov|uk)\b",
        ),
        ("/", rf"{WORD}\.\s(?-i:(?!and|or|he|she|him|his|her|they|i)[a-z]{{2,3}})\s?/\s?\w"),
        ("/", r"(?<![\w/])[ru]/\w{3,}"),
        (
            "/",
            rf"\b(?:facebook|fb|youtube|reddit|tiktok)/(?!fb\b|youtube|reddit|x\b|whatsapp|messenger|google|{NETWORKS})\w{{5,}}",
        ),
        ("slash", rf"\b(?:{SHORTENERS})(?: com)?\sslash\s\w|\bcolon slash\b"),
        # Who somebody is on a network, where it is no plain word.
        (
            "_",
            rf"\b(?:{NETWORKS}|whatsapp|handle|username)\b[^.!?\n]{{1,30}}?\b[^\W_]{{1,30}}_[\w]{{1,30}}\b",
        ),
        ("_", rf"(?<!\w)[^\W_]{{1,30}}_\w{{1,30}}\son\s(?:{NETWORKS}|x\b)"),
        (
            "us me",
            r"\b(?:find|add|follow|message)\s(?:us|me)\s(?:on|via)\s\w{1,10}(?:\sas\s|\s?:\s?)\w{3,}",
        ),
        ("our my", rf"\b(?:our|my)\s(?:handle|username|kik|{NETWORKS})\sis\s\w"),
        ("mail", r"\bat (?:gmail|googlemail|hotmail|protonmail)\b"),
        (
            "[ ( { <",
            r"(?<![\w-])[\w-]{0,63}\s?[\[({<]\s?(?:dot|at|\.|@|period|point)\s?[\])}>]\s?[\w-]{1,63}",
        ),
        ("(a)", r"(?<![\w.-])[\w.-]{1,63}\s?\(a\)\s?[\w.-]{1,63}\s?\(d\)"),
        ("w", r"\bwww\b[^\w]{0,3}[\w-]{0,63}|\bw w w\b|\btriple w\b"),
        ("uk", rf"{WORD}[ ,]{{1,2}}(?:co|org|gov|ac|police)[ ,]{{1,2}}uk\b"),
        ("org", r"\b(?:visit|search for|go to|see|email)\s[\w-]{3,63}\sorg\b"),
        ("com", rf"{WORD}\scom\b"),
        (
            ":",
            r"\b(?:https?|hxxps?|mailto|tel|sms|ftp|skype|whatsapp|tg|sgnl)\s?:/{0,2}[^\s<>\"]{1,200}",
        ),
    )
]


def bare(address):
    """Return an address as it is compared: no scheme, no last slash or stop, the host in small letters.

    What follows the host keeps its letters: where anybody can put pages, "/AbC" and "/abc" are two.
    """
    address = address.strip().rstrip(".,;:!?)'\"")
    for scheme in ("https://", "mailto:"):
        if address[: len(scheme)].lower() == scheme:
            address = address[len(scheme) :]
    host, rest = HOST.match(address).groups()
    return f"{host.lower()}{rest}".rstrip("/")


def host_of(address):
    """Return the host of a web address as it is compared, without a first "www."."""
    whole = address if "://" in address else f"https://{address}"
    try:
        return (urlsplit(whole).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def is_open(host):
    """Return whether strangers can put pages at a host, or at the one it belongs to."""
    parts = host.split(".")
    return any(".".join(parts[at:]) in OPEN_HOSTS for at in range(len(parts)))


def find(words):
    """Return what reads as an address in a plain text: (what stands there, its place).

    In the order of the text; none inside another.
    """
    found = list(emails(words))
    if ANY_DOT.search(words):
        found += [(match[0], match.start()) for match in WEB.finditer(words) if is_web(match)]
    said = words.lower()
    for needed, spelled in SPELLED:
        if any(each in said for each in needed):
            found += [(match[0], match.start()) for match in spelled.finditer(words)]
    kept, end = [], 0
    for shown, place in sorted(found, key=lambda one: (one[1], -len(one[0]))):
        if place >= end:
            kept.append((shown.strip(), place))
            end = place + len(shown)
    return kept


def emails(words):
    """Yield everything that has an @ in it: a whole address, or a name on some network."""
    for match in AT.finditer(words):
        begins = max(0, match.start() - 65)
        name = NAME.search(words[begins : match.start()].rpartition("@")[2])[0]
        yield name + match[0], match.start() - len(name)


def is_web(match):
    """Return whether something with a dot in it leads somewhere: "example.org", not "e.g."."""
    ending = match["tld"]
    if match["scheme"] or match["user"] or match["rest"].startswith("/"):
        return True
    if ending.lower() in FILES:
        return False
    # "the end.Then": a space was forgotten.
    if not ending.isascii():
        return True
    return ending.islower() or ending.isupper() or bool(re.fullmatch(TLD, ending, re.IGNORECASE))
