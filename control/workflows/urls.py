from control.doors import owners_path
from control.workflows import actions, editor, publishing, rehearsal, statuses, versions, workflows

STATUS = "<int:pk>/statuses/<slug:status>/"
ACTION = STATUS + "actions/<slug:action>/"

urlpatterns = [
    owners_path("", workflows.workflows, "workflows"),
    owners_path("new/", workflows.new_workflow, "new_workflow"),
    owners_path("<int:pk>/", editor.workflow, "workflow"),
    owners_path("<int:pk>/colours.css", editor.colours, "workflow_colours"),
    owners_path("<int:pk>/name/", workflows.name, "workflow_name"),
    owners_path("<int:pk>/archive/", workflows.archive, "workflow_archive"),
    owners_path("<int:pk>/new-status/", statuses.new_status, "new_workflow_status"),
    owners_path(STATUS, statuses.status, "workflow_status"),
    owners_path(STATUS + "place/", statuses.place, "workflow_status_place"),
    owners_path(STATUS + "removal/", statuses.removal, "workflow_status_removal"),
    owners_path(STATUS + "new-action/", actions.new_action, "new_workflow_action"),
    owners_path(ACTION, actions.action, "workflow_action"),
    owners_path(ACTION + "place/", actions.place, "workflow_action_place"),
    owners_path(ACTION + "removal/", actions.removal, "workflow_action_removal"),
    owners_path("<int:pk>/review/", publishing.review, "workflow_review"),
    owners_path("<int:pk>/draft/", publishing.draft, "workflow_draft"),
    owners_path("<int:pk>/versions/", versions.versions, "workflow_versions"),
    owners_path("<int:pk>/versions/<int:number>/", versions.version, "workflow_version"),
    owners_path("<int:pk>/rehearsal/", rehearsal.rehearsal, "workflow_rehearsal"),
]
