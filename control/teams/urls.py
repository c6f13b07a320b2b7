from control.doors import granters_path
from control.teams import views

urlpatterns = [
    granters_path("", views.teams, "teams"),
    granters_path("new/", views.new_team, "new_team"),
    granters_path("<int:pk>/", views.team, "team"),
    granters_path("<int:pk>/removal/", views.team_removal, "team_removal"),
]
