from control.doors import owners_path
from control.store import views

urlpatterns = [
    owners_path("", views.store, "store"),
]
