"""Every record of facts/helplines.md, as a list of facts: the tests read this, not our TOML."""

# slug: (number as shown, confidence, words that must be on its page)
RECORDS = {
    "999": ("999", "two", ["cannot hear or speak"]),
    "silent-solution": ("999", "two", ["press 55 when you are asked to", "stay on the line"]),
    "999-bsl": ("999bsl.co.uk", "two", ["British Sign Language", "24 hours", "interpreter"]),
    "relay-uk": ("18000", "two", ["textphone", "not confirmed 18001"]),
    "emergency-sms": ("Text 999", "two", ["Text the word register to 999", "3 minutes"]),
    "police-101": ("101", "two", ["do not need proof", "Nottinghamshire Police"]),
    "police-online": ("nottinghamshire.police.uk", "two", ["not confirmed this web address"]),
    "crimestoppers": (
        "0800 555 111",
        "two",
        ["independent charity", "not a way to get protection"],
    ),
    "national-stalking-helpline": (
        "0808 802 0300",
        "conflict",
        ["Suzy Lamplugh Trust", "Monday and Wednesday, 9:30am to 8pm", "From London, press 2"],
    ),
    "paladin": ("020 3866 4107", "two", ["high risk", "England and Wales", "16 to 25"]),
    "cyber-helpline": ("thecyberhelpline.com", "one", ["13 or over", "no phone number"]),
    "revenge-porn-helpline": (
        "0345 6000 459",
        "one",
        ["SWGfL", "Adults", "Monday to Friday, 10am to 4pm", "Not free"],
    ),
    "nsas-women": (
        "0115 947 6490",
        "conflict",
        ["16 or over", "not a partner, ex or relative", "last published April 2024"],
    ),
    "nsas-men": (
        "0115 960 5556",
        "conflict",
        ["16 or over", "not a partner, ex or relative", "last published April 2024"],
    ),
    "victim-care": ("0800 304 7575", "one", ["do not need to tell police"]),
    "juno": ("0808 800 0340", "two", ["Women in Nottingham", "worried about a woman", "24 hours"]),
    "equation": ("0115 960 5556", "one", ["From 16 in the city", "from 18 in the county"]),
    "ndah": ("0808 2000 247", "two", ["Refuge", "safe time", "Monday to Friday, 10am to 6pm"]),
    "mens-advice-line": ("0808 801 0327", "conflict", ["Respect", "Monday to Friday, 9am to 5pm"]),
    "galop": ("0800 999 5428", "conflict", ["help@galop.org.uk", "Weekdays. Times not confirmed"]),
    "rape-crisis": ("0808 500 2222", "one", ["16 or over", "24 hours"]),
    "karma-nirvana": ("0800 5999 247", "unconfirmed", ["forced marriage", "9am to 5pm"]),
    "samaritans": ("116 123", "unconfirmed", ["jo@samaritans.org", "distress"]),
    "nhs-111": ("111", "unconfirmed", ["mental health", "England"]),
    "childline": ("0800 1111", "unconfirmed", ["under 19"]),
    "victim-support": ("0808 16 89 111", "unconfirmed", ["England and Wales"]),
    "respect-phoneline": ("0808 802 4040", "conflict", ["info@respectphoneline.org.uk"]),
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

# The order of the help page: section 5.
ORDER = [
    *["999", "silent-solution", "999-bsl", "relay-uk", "emergency-sms"],
    *["police-101", "police-online", "crimestoppers"],
    *["national-stalking-helpline", "paladin", "cyber-helpline", "revenge-porn-helpline"],
    *["nsas-women", "nsas-men", "victim-care"],
    *["juno", "equation", "ndah", "mens-advice-line", "galop", "rape-crisis"],
    *["karma-nirvana", "notts-womens-aid"],
    *["samaritans", "nhs-111", "childline", "victim-support"],
]

GROUPS = [
    "Danger now",
    "Cannot speak",
    "Cannot hear or speak",
    "Report",
    "Specialist stalking help",
    "Local help",
    "Domestic abuse",
    "Your feelings",
]
