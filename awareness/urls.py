from django.urls import path

from . import views

app_name = "awareness"

urlpatterns = [path("", views.home, name="home")]
