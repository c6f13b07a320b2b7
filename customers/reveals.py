"""Who uncovered customers, how often."""

from datetime import timedelta

from django.utils import timezone

from customers.models import Reveal


def reveals_of(user, days=30):
    """This person's reveals of the last days, newest first. Each names its customer by id, and says why."""
    return Reveal.objects.filter(user=user).since(timezone.now() - timedelta(days=days)).order_by("-created_at", "-pk")
