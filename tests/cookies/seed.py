"""The cookie words that the site starts from, as the seed has them."""

ASK = (
    "We use some essential cookies to make our website work. We’d like to set additional "
    "cookies so we can remember your preferences and understand how you use our site.",
    "You can manage your preferences and cookie settings at any time by clicking on "
    "“Customise Cookies” below. For more information on how we use cookies, please see our "
    "Cookies notice.",
)
SAVED = (
    "Your cookie preferences have been saved. You can update your cookie settings at any "
    "time on the cookies page."
)
ERROR = "Sorry, there was a technical problem. Please try again."
