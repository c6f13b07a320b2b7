from control.doors import owners_path
from control.pages import views

urlpatterns = [
    owners_path("", views.pages, "pages"),
    owners_path("new/", views.new_page, "new_page"),
    owners_path("<int:pk>/", views.page, "page"),
    owners_path("<int:pk>/place/", views.place, "page_place"),
    owners_path("<int:pk>/publication/", views.publication, "page_publication"),
    owners_path("<int:pk>/removal/", views.removal, "page_removal"),
]
