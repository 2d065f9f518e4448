from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "smartedu.people"
    label = "people"
