from django.urls import path

from . import views

app_name = "publishing"

urlpatterns = [
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
    path("-/live", views.live, name="live"),
]
