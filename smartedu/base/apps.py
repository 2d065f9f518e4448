from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "smartedu.base"
    label = "base"
