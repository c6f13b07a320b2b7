from backoffice.doors import staff_path
from backoffice.exports import views

urlpatterns = [
    staff_path("", views.exports, "exports"),
    staff_path("<uuid:pk>/file/", views.file, "export_file"),
    staff_path("<uuid:pk>/deletion/", views.deletion, "export_deletion"),
]
