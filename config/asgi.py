"""What gunicorn serves: the front door, and Django behind it."""

from asgiref.wsgi import WsgiToAsgi

from config.wsgi import application as django

application = WsgiToAsgi(django)
