from django.db import models


class Heartbeat(models.Model):
    """When something that should happen again and again last happened. The doctor reads it."""

    CLOCK_AND_WORKER = "clock and worker"

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField(auto_now=True)

    def __str__(self):
        return f"{self.name} {self.at:%Y-%m-%d %H:%M:%S}"
