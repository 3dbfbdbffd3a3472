"""The addresses of every desk."""

urlpatterns: list[object] = []
