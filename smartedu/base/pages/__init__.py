"""What the front does with pages: pass requests on to the app, and say in words when it cannot."""
