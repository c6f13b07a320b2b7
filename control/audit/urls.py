from control.audit import views
from control.doors import readers_path

urlpatterns = [
    readers_path("", views.log, "audit"),
    readers_path("export/", views.export, "audit_export"),
]
