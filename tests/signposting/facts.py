"""Every record of the fact sheets, as a list of facts: the tests read this, not our TOML.

Grades and wording are of facts/certain-facts.md section 5, which overrides the older sheet.
"""

import re

# slug: (number as shown, grade, words that must be on its page)
RECORDS = {
    "999": ("999", "rule", ["Free from any phone", "Day and night.", "cannot hear or speak"]),
    "silent-solution": (
        "999",
        "two",
        [
            *["press 55 when you are asked to", "On a landline, stay on the line"],
            "If you make no sound and do not press 55, the call will end.",
        ],
    ),
    "999-bsl": (
        "999bsl.co.uk",
        "rule",
        ["British Sign Language", "Sign Language Interactions", "Free", "Day and night."],
    ),
    "relay-uk": ("18000", "owner", ["Run by BT", "not as a normal call", "Day and night."]),
    "emergency-sms": ("Text 999", "owner", ["Text the word register to 999", "3 minutes"]),
    "police-101": ("101", "owner", ["do not need proof", "Nottinghamshire Police", "Free."]),
    "police-online": ("nottinghamshire.police.uk", "owner", ["Free.", "Not for danger now"]),
    "crimestoppers": (
        "0800 555 111",
        "owner",
        ["independent charity", "not a way to get protection", "Keep in Contact"],
    ),
    "national-stalking-helpline": (
        "0808 802 0300",
        "owner",
        [
            *["Suzy Lamplugh Trust", "Wednesday, 1pm to 4pm.", "It may open longer."],
            *["Monday, Tuesday, Thursday and Friday, 9:30am to 4pm.", "Closed on bank holidays."],
            "amibeingstalked.suzylamplugh.org",
        ],
    ),
    "paladin": ("020 3866 4107", "two", ["high risk", "16 to 25", "Hours: check their website."]),
    "cyber-helpline": ("thecyberhelpline.com/gethelp", "owner", ["13 or over", "chat robot"]),
    "revenge-porn-helpline": (
        "0345 6000 459",
        "owner",
        [
            *["SWGfL", "Adults", "Monday to Friday, 10am to 4pm"],
            "Costs the same as a normal call; it may be in your free minutes.",
        ],
    ),
    "report-remove": ("childline.org.uk", "owner", ["Under 18", "Internet Watch Foundation"]),
    "ceop-education": ("ceopeducation.co.uk/11_18", "owner", ["aged 11 to 18", "never your fault"]),
    "nsas-women": (
        "0115 947 6490",
        "one",
        ["16 or over", "not a partner, ex or relative", "This number is from April 2024."],
    ),
    "nsas-men": (
        "0115 960 5556",
        "two",
        ["16 or over", "not a partner, ex or relative", "This number is from April 2024."],
    ),
    "victim-care": ("0800 304 7575", "two", ["do not need to tell police", "check their website"]),
    "juno": (
        "0808 800 0340",
        "two",
        ["Women in Nottingham", "worried about a woman", "Day and night"],
    ),
    "equation": ("0115 960 5556", "owner", ["From 16 in the city", "from 18 in the county"]),
    "ndah": ("0808 2000 247", "owner", ["Refuge", "safe time", "times are on the website"]),
    "mens-advice-line": (
        "0808 801 0327",
        "owner",
        ["Respect", "Open weekdays; times are on the website."],
    ),
    "galop": (
        "0800 999 5428",
        "owner",
        [
            *["help@galop.org.uk", "Open weekdays; times are on the website."],
            "National Helpline for LGBT+ Victims and Survivors of Abuse and Violence",
        ],
    ),
    "rape-crisis": ("0808 500 2222", "owner", ["16 or over", "Day and night, every day."]),
    "karma-nirvana": ("0800 5999 247", "owner", ["family honour", "Monday to Friday, 9am to 5pm"]),
    "samaritans": ("116 123", "owner", ["distress", "Day and night"]),
    "nhs-111": ("111", "two", ["Choose the mental health option.", "England", "Free."]),
    "childline": ("0800 1111", "owner", ["19th birthday", "account", "Day and night"]),
    "victim-support": ("0808 16 89 111", "owner", ["England and Wales", "victimsupport.org.uk"]),
    "respect-phoneline": ("0808 802 4040", "owner", ["info@respectphoneline.org.uk"]),
}

# Numbers and routes of the fact sheet that must be nowhere on the site.
NEVER_PRINTED = [
    "01909 491330",
    "01909 533610",
    "0808 80 10 800",
    "0808 808 8141",
    "7251 6577",
    "99955",
    "Bright Sky",
    "Hollie Guard",
    "Ask for ANI",
]

# The order of the help page, after the line for danger: the stalking helpline, then by need.
FIRST = "national-stalking-helpline"
SECTIONS = {
    "Report it": ["police-101", "police-online", "crimestoppers"],
    "In Nottinghamshire": ["nsas-women", "nsas-men", "victim-care"],
    "A partner, an ex or family": [
        *["juno", "equation", "ndah", "mens-advice-line", "galop", "rape-crisis", "karma-nirvana"]
    ],
    "Under 18": ["childline", "report-remove", "ceop-education"],
    "More help with stalking": ["paladin", "cyber-helpline", "revenge-porn-helpline"],
    "How you feel": ["samaritans", "nhs-111", "victim-support"],
}
ORDER = [FIRST, *(slug for slugs in SECTIONS.values() for slug in slugs)]

# What casts doubt on a fact: the sheet's section 11, and the words that mean the same.
DOUBTS = re.compile(
    r"not confirmed|unconfirmed|not certain|uncertain|we do not know|cannot promise"
    r"|as published|one source|third-party|check with the service|number is from",
    re.IGNORECASE,
)

# Section 11, column one: on no page, in no feed and no file.
GONE = re.compile(
    r"not confirmed|unconfirmed|well known|cost not stated|standard rate|geographic"
    r"|hours: conflict|hours: unknown|run by: not stated|one source|third-party list"
    r"|option 2\b|will not show on your bill|may be on the bill|15p|call charges may apply"
    r"|dial 999,? then 55|999 ?55\b|99955|catch22|stop all contact|cost: unknown"
    r"|we do not know the (cost|hours)|hours not confirmed|published pages (do not agree|disagree)",
    re.IGNORECASE,
)

# The sheet's section 11, column one, as it stands there: each by itself.
GONE_SENTENCES = (
    "Free (not confirmed)",
    "well known, unconfirmed",
    "Cost not stated",
    "standard rate",
    "geographic",
    "Hours not confirmed",
    "Check with the service",
    "Hours: conflict",
    "times not confirmed",
    "Hours: unknown",
    "Run by: not stated",
    "unconfirmed",
    "one source",
    "third-party list",
    "Option 2",
    "Will not show on your bill",
    "It may be on the bill",
    "15p",
    "call charges may apply",
    "Dial 999 then 55",
    "99955",
    "Catch22",
    "Stop all contact",
)
