from control.doors import owners_path
from control.stores import views

urlpatterns = [
    owners_path("", views.stores, "stores"),
    owners_path("new/", views.new_store, "new_store"),
    owners_path("choice/", views.choice, "store_choice"),
]
