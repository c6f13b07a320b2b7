from control.doors import owners_path
from control.guide import views

urlpatterns = [
    owners_path("", views.guide, "guide"),
    owners_path("departments/", views.departments, "guide_departments"),
    owners_path("answering/", views.answering, "guide_answering"),
    owners_path("test-mail/", views.test_mail, "guide_test_mail"),
    owners_path("<slug:door>/mark/", views.mark, "guide_mark"),
]
