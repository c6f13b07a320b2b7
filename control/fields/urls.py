from control.doors import owners_path
from control.fields import views

urlpatterns = [
    owners_path("", views.fields, "fields"),
    owners_path("new/", views.new_field, "new_field"),
    owners_path("<int:pk>/", views.field, "field"),
    owners_path("<int:pk>/place/", views.place, "field_place"),
    owners_path("<int:pk>/removal/", views.removal, "field_removal"),
    owners_path("<int:pk>/restoration/", views.restoration, "field_restoration"),
]
