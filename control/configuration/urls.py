from control.configuration import views
from control.doors import owners_path

urlpatterns = [
    owners_path("", views.configuration, "configuration"),
    owners_path("file/", views.file, "configuration_file"),
    owners_path("taking/", views.taking, "configuration_taking"),
]
