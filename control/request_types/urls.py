from control.doors import owners_path
from control.request_types import views

urlpatterns = [
    owners_path("", views.request_types, "request_types"),
    owners_path("new/", views.new_request_type, "new_request_type"),
    owners_path("start/", views.start, "request_types_start"),
    owners_path("<int:pk>/", views.request_type, "request_type"),
    owners_path("<int:pk>/place/", views.place, "request_type_place"),
    owners_path("<int:pk>/archiving/", views.archiving, "request_type_archiving"),
]
