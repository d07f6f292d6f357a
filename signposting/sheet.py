"""The sheet to fill in by hand: facts/stalking-and-safety.md section 11."""

# What to write, and how much room it needs: a line, a few lines, or many.
FIELDS = [
    ("Date and time", "line"),
    ("Place", "line"),
    ("What happened. The exact words, if you can", "many"),
    ("How they contacted you: number, profile or number plate", "few"),
    ("What they looked like: face, voice, clothes. Car: make and colour", "few"),
    ("Who else saw it, and how to reach them", "few"),
    ("How it made you feel", "few"),
    ("What you changed because of it", "few"),
    (
        "What you kept: messages, pictures of the screen with web address and time, gifts, letters, photos, video",
        "few",
    ),
    ("Who you told. Name of the officer. Crime reference", "few"),
]

# The wallet card: short names that do not say what it is about.
CARD = [
    ("Police, not urgent", "101"),
    ("Helpline", "national-stalking-helpline"),
    ("Advice near you", "victim-care"),
    ("Somebody to talk to", "samaritans"),
]
