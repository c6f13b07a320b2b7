from control.doors import owners_path
from control.store import links, look, views

urlpatterns = [
    owners_path("", views.texts, "store"),
    owners_path("store/languages/", views.languages, "store_languages"),
    owners_path("store/requests/", views.requests, "store_requests"),
    owners_path("store/messages/", views.messages_and_files, "store_messages"),
    owners_path("store/look/", look.look, "store_look"),
    owners_path("store/look/samples/", look.look_samples, "store_look_samples"),
    owners_path("store/portal/", views.portal, "store_portal"),
    owners_path("store/portal/picture.svg", views.picture, "store_portal_picture"),
    owners_path("store/portal/links/new/", links.new_link, "new_portal_link"),
    owners_path("store/portal/links/<int:pk>/", links.link, "portal_link"),
    owners_path("store/portal/links/<int:pk>/place/", links.place, "portal_link_place"),
    owners_path("store/portal/links/<int:pk>/removal/", links.removal, "portal_link_removal"),
]
