from celery import shared_task

from portal.writing.keeping import forget_old_files


@shared_task
def clear_kept_files():
    """Files of forms that were never finished do not stay."""
    forget_old_files()
