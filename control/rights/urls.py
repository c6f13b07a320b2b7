from control.doors import granters_path
from control.rights import views

urlpatterns = [granters_path("", views.rights, "rights")]

# A person and a team have the same pages.
for kind, folder in (("person", "people"), ("team", "teams")):
    urlpatterns += [
        granters_path(f"{folder}/<int:pk>/", views.sheet, f"rights_{kind}", kind=kind),
        granters_path(f"{folder}/<int:pk>/review/", views.review, f"rights_{kind}_review", kind=kind),
        granters_path(f"{folder}/<int:pk>/saving/", views.saving, f"rights_{kind}_saving", kind=kind),
        granters_path(f"{folder}/<int:pk>/role/review/", views.role_review, f"rights_{kind}_role_review", kind=kind),
        granters_path(f"{folder}/<int:pk>/role/saving/", views.role_saving, f"rights_{kind}_role_saving", kind=kind),
    ]
