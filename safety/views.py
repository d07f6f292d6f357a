from django.shortcuts import render


def bad_request(request, exception=None):
    return render(request, "safety/error.html", {"title": "Bad request"}, status=400)


def forbidden(request, exception=None):
    return render(request, "safety/error.html", {"title": "Refused"}, status=403)


def not_found(request, exception=None):
    return render(request, "safety/error.html", {"title": "Page not found"}, status=404)


def server_error(request):
    return render(request, "safety/error.html", {"title": "Something went wrong"}, status=500)
