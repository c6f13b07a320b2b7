from backoffice.doors import staff_path
from backoffice.palette import views

urlpatterns = [
    staff_path("palette/", views.palette, "palette"),
]
