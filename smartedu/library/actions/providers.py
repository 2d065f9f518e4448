"""Who contributes resources."""

from smartedu.library.models import Provider


def ensure_provider(code: str, *, name_zh: str, name_en: str) -> Provider:
    """The provider of that code, made where it is new; names that are there already stay."""
    provider, _ = Provider.objects.get_or_create(code=code, defaults={"name_zh": name_zh, "name_en": name_en})
    return provider
