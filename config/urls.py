from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("publishing.urls")),
    path("", include("safety.urls")),
    path("", include("cookies.urls")),
    path("", include("signposting.urls")),
    path("", include("awareness.urls")),
]

handler400 = "safety.views.bad_request"
handler403 = "safety.accounts.views.errors.forbidden"
handler404 = "safety.accounts.views.errors.not_found"
handler500 = "safety.views.server_error"
