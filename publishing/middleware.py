from django.utils import timezone

# Keys of the WSGI environ that only the printer can set: a client's headers all
# arrive as HTTP_SOMETHING.
MOMENT = "publishing.moment"
SOURCE = "publishing.source"

RELEASE = "release"
WORKING_COPY = "working copy"


def moment_and_source(get_response):
    """Give each request the moment and the source that its page is to be made from.

    `request.moment` is an aware datetime, `request.source` is RELEASE or WORKING_COPY.
    Views read these and never the clock, so a preview of a moment and the public page
    at that moment are the same code.
    """

    def middleware(request):
        request.printing = MOMENT in request.environ
        request.moment = request.environ.get(MOMENT) or timezone.now()
        request.source = request.environ.get(SOURCE, RELEASE)
        return get_response(request)

    return middleware
