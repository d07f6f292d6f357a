from django.urls import path

from . import views

app_name = "cookies"

urlpatterns = [
    path("cookies/", views.cookies, name="cookies"),
    path("cookies/save/", views.save, name="save"),
    path("cookies/reading/", views.preferences, name="preferences"),
    path("cookies/count/", views.count, name="count"),
]
