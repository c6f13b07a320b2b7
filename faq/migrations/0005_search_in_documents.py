"""The words stand in the documents now."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("faq", "0004_search_document")]

    operations = [migrations.RemoveField("faqtranslation", "search_text")]
