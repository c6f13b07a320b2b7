from backoffice.day import views
from backoffice.doors import staff_path

urlpatterns = [
    staff_path("day/", views.day, "day"),
]
