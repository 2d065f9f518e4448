from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "smartedu.demo"
    label = "demo"
