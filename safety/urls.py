from django.urls import path, re_path

from .identity.views import sheet
from .security_txt import security_txt

app_name = "safety"

urlpatterns = [
    path(".well-known/security.txt", security_txt, name="security_txt"),
    re_path(r"^uploads/(?P<name>[0-9a-f]{32}\.css)$", sheet, name="style-sheet"),
]
