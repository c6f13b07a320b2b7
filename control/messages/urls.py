from control.doors import owners_path
from control.messages import views

urlpatterns = [
    owners_path("", views.table, "messages"),
    owners_path("limits/", views.limits, "message_limits"),
]
