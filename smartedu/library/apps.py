from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "smartedu.library"
    label = "library"
