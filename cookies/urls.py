from django.urls import path

from . import views

app_name = "cookies"

urlpatterns = [
    path("cookies/", views.cookies, name="cookies"),
    path("cookies/reading/", views.reading, name="reading"),
]
