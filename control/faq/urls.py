from control.doors import owners_path
from control.faq import views

urlpatterns = [
    owners_path("", views.entries, "faq"),
    owners_path("new/", views.new_entry, "new_faq_entry"),
    owners_path("<int:pk>/", views.entry, "faq_entry"),
    owners_path("<int:pk>/place/", views.place, "faq_entry_place"),
    owners_path("<int:pk>/publication/", views.publication, "faq_entry_publication"),
    owners_path("<int:pk>/removal/", views.removal, "faq_entry_removal"),
]
