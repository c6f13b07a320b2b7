"""What the portal keeps of a person for a while: files of a form that was not sent, and their sessions."""

from django.contrib.sessions.models import Session
from django.db import transaction

from portal.models import KeptFile


def erase(eraser):
    if eraser.user is None:
        return
    for kept in KeptFile.objects.filter(owner=f"user:{eraser.user.pk}"):
        stored = [(file.storage, file.name) for file in (kept.file, kept.thumbnail) if file]
        kept.delete()
        transaction.on_commit(lambda stored=stored: [storage.delete(name) for storage, name in stored])
        eraser.counts["files"] += 1
    for session in Session.objects.iterator(chunk_size=500):
        if str(session.get_decoded().get("_auth_user_id")) == str(eraser.user.pk):
            session.delete()
