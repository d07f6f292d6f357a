from publishing.splice import splice


def splice_state(get_response):
    """Fill the two splice places of a page that Django answers itself.

    A page that is being printed keeps its places: the front door fills them.
    """

    def middleware(request):
        response = get_response(request)
        if not request.printing and response.get("Content-Type", "").startswith("text/html"):
            response.content = splice(response.content, b"", b"")
            response["Content-Length"] = len(response.content)
        return response

    return middleware
