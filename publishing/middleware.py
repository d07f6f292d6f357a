from django.utils import timezone

# A key of the WSGI environ that only the printer can set: a client's headers all
# arrive as HTTP_SOMETHING.
MOMENT = "publishing.moment"


def moment(get_response):
    """Give each request the moment that its page is to be made of: an aware datetime.

    Views read `request.moment` and never the clock, so a preview of a moment and the public
    page at that moment are the same code.
    """

    def middleware(request):
        request.printing = MOMENT in request.environ
        request.moment = request.environ.get(MOMENT) or timezone.now()
        return get_response(request)

    return middleware
