"""A workflow as a document: a plain dictionary that files, versions, drafts and the editor share.

read_workflow(workflow) gives what is in force; check(document) says what is wrong with one; publish(workflow, document, …) puts
one in force. shape.py lists all that may stand in it.
"""

from automations.checking import check
from automations.publishing import publish
from automations.reading import read_workflow
from automations.shape import complete

__all__ = ["check", "complete", "publish", "read_workflow"]
