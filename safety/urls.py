from django.urls import path

from .security_txt import security_txt

app_name = "safety"

urlpatterns = [path(".well-known/security.txt", security_txt, name="security_txt")]
