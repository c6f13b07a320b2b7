from control.departments import views
from control.doors import owners_path

urlpatterns = [
    owners_path("", views.departments, "departments"),
    owners_path("new/", views.new_department, "new_department"),
    owners_path("<int:pk>/", views.department, "department"),
    owners_path("<int:pk>/place/", views.place, "department_place"),
    owners_path("<int:pk>/workflow/", views.workflow, "department_workflow"),
    owners_path("<int:pk>/archiving/", views.archiving, "department_archiving"),
    owners_path("<int:pk>/return/", views.bringing_back, "department_return"),
]
