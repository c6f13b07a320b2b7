"""What the bare view leaves of the product: its database, people and sessions, two middlewares, and a template of its own."""

from pathlib import Path

BARE = {
    "MIDDLEWARE": [
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    "ROOT_URLCONF": "scripts.bench.bare.view",
    "TEMPLATES": [{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [Path(__file__).parent]}],
}
