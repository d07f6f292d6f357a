from .headers import security_headers as headers_for


def security_headers(get_response):
    """Put the security headers on every answer of Django's, and no-store on every page."""

    def middleware(request):
        response = get_response(request)
        for name, value in headers_for().items():
            response[name] = value
        if response.get("Content-Type", "").startswith("text/html"):
            response["Cache-Control"] = "no-store"
        return response

    return middleware
