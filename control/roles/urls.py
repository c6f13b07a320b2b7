from control.doors import granters_path
from control.roles import views

urlpatterns = [
    granters_path("", views.roles, "roles"),
    granters_path("new/", views.new_role, "new_role"),
    granters_path("<int:pk>/", views.role, "role"),
    granters_path("<int:pk>/removal/", views.role_removal, "role_removal"),
]
