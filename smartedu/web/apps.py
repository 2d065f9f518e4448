from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "smartedu.web"
    label = "web"
