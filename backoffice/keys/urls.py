from backoffice.doors import staff_path
from backoffice.keys import views

urlpatterns = [
    staff_path("keys/", views.keys, "keys"),
]
