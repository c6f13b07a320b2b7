from backoffice.doors import staff_path
from backoffice.presence import views

urlpatterns = [
    staff_path("presence/", views.presence, "presence"),
]
