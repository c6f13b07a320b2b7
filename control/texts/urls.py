from control.doors import owners_path
from control.texts import action_views, views

urlpatterns = [
    owners_path("", views.texts, "texts"),
    owners_path("actions/", action_views.texts, "action_texts"),
    owners_path("actions/new/", action_views.new_text, "new_action_text"),
    owners_path("actions/<int:pk>/", action_views.text, "action_text"),
    owners_path("actions/<int:pk>/archiving/", action_views.archiving, "action_text_archiving"),
    owners_path("<slug:template>/", views.text, "text"),
    owners_path("<slug:template>/original/", views.original, "text_original"),
]
