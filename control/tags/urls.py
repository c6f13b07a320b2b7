from control.doors import owners_path
from control.tags import views

urlpatterns = [
    owners_path("", views.tags, "tags"),
    owners_path("<int:pk>/", views.tag, "tag"),
    owners_path("<int:pk>/merging/", views.merging, "tag_merging"),
    owners_path("<int:pk>/removal/", views.removal, "tag_removal"),
]
