from control.doors import owners_path
from control.faq import look, sections, views, writing

urlpatterns = [
    owners_path("", views.entries, "faq"),
    owners_path("new/", views.new_entry, "new_faq_entry"),
    owners_path("look/", look.look, "faq_look"),
    owners_path("preview/", writing.preview, "faq_preview"),
    owners_path("pictures/", writing.pictures, "faq_pictures"),
    owners_path("sections/", sections.sections, "faq_sections"),
    owners_path("sections/new/", sections.new_section, "new_faq_section"),
    owners_path("sections/<int:pk>/", sections.section, "faq_section"),
    owners_path("sections/<int:pk>/place/", sections.place, "faq_section_place"),
    owners_path("sections/<int:pk>/removal/", sections.removal, "faq_section_removal"),
    owners_path("<int:pk>/", views.entry, "faq_entry"),
    owners_path("<int:pk>/place/", views.place, "faq_entry_place"),
    owners_path("<int:pk>/publication/", views.publication, "faq_entry_publication"),
    owners_path("<int:pk>/removal/", views.removal, "faq_entry_removal"),
]
