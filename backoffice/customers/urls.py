from backoffice.customers import exporting, fields, views
from backoffice.doors import staff_path

urlpatterns = [
    staff_path("customers/", views.customers, "customers"),
    staff_path("customers/export/", exporting.customers_export, "customers_export"),
    staff_path("customers/<int:pk>/", views.customer, "customer"),
    staff_path("customers/<int:pk>/fields/", fields.fields, "customer_fields"),
    staff_path("customers/<int:pk>/notes/", views.notes, "customer_notes"),
]
