"""Public addresses of this app; each segment is translated in the catalogue under the context "url"."""

urlpatterns: list = []
