from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe


@require_safe
def sheet(request, name):
    """Show a style sheet that no edition holds yet: a preview has it. There is no secret in it."""
    if not default_storage.exists(name):
        raise Http404
    return FileResponse(default_storage.open(name), headers={"Cache-Control": "no-store"})
