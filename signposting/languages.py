"""Languages by their own names, for readers who know no English name for theirs.

Which to name first is a judgement: facts/certain-facts.md section 8.
"""

# (code, direction, its own name, what to say in English)
LANGUAGES = [
    ("pl", "ltr", "Polski", "Polish"),
    ("ur", "rtl", "اردو", "Urdu"),
    ("ro", "ltr", "Română", "Romanian"),
    ("pa", "ltr", "ਪੰਜਾਬੀ", "Panjabi"),
    ("ar", "rtl", "العربية", "Arabic"),
    ("lv", "ltr", "Latviešu", "Latvian"),
]
