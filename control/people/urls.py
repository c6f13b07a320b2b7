from django.urls import path

from control.doors import granters_path
from control.people import viewing, views

urlpatterns = [
    granters_path("", views.people, "people"),
    granters_path("new/", views.new_colleague, "new_person"),
    granters_path("<int:pk>/", views.colleague, "person"),
    granters_path("<int:pk>/access/", views.access, "person_access"),
    # These two ask for another right, and for none: whoever looks as a colleague may always stop.
    path("<int:pk>/view/", viewing.view_as, name="view_as"),
    path("viewing/end/", viewing.view_as_end, name="view_as_end"),
]
