"""The name of the library's channel of NOTIFY; apart from the keys, since the front hears it without Django."""

CHANNEL = "smartedu_library"
