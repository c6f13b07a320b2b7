from backoffice.customers import blocks, exporting, fields, notes, views
from backoffice.doors import staff_path

urlpatterns = [
    staff_path("customers/", views.customers, "customers"),
    staff_path("customers/export/", exporting.customers_export, "customers_export"),
    staff_path("customers/<int:pk>/", views.customer, "customer"),
    staff_path("customers/<int:pk>/fields/", fields.fields, "customer_fields"),
    staff_path("customers/<int:pk>/notes/", notes.notes, "customer_notes"),
    staff_path("customers/<int:pk>/notes/<int:note_pk>/", notes.note, "customer_note"),
    staff_path("customers/<int:pk>/notes/<int:note_pk>/deletion/", notes.note_deletion, "customer_note_deletion"),
    staff_path("customers/<int:pk>/block/", blocks.block, "customer_block"),
    staff_path("customers/<int:pk>/unblocking/", blocks.unblocking, "customer_unblocking"),
]
