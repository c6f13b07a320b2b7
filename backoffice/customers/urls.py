from backoffice.customers import blocks, editing, exporting, fields, merging, notes, organisations, views
from backoffice.doors import staff_path

urlpatterns = [
    staff_path("customers/", views.customers, "customers"),
    staff_path("customers/export/", exporting.customers_export, "customers_export"),
    staff_path("customers/<int:pk>/", views.customer, "customer"),
    staff_path("customers/duplicates/", merging.duplicates, "duplicates"),
    staff_path("customers/duplicates/<int:pk>/dismissal/", merging.dismissal, "duplicate_dismissal"),
    staff_path("customers/merges/<int:pk>/undoing/", merging.merge_undoing, "customer_merge_undoing"),
    staff_path("customers/<int:pk>/edit/", editing.edit, "customer_edit"),
    staff_path("customers/<int:pk>/merge/", merging.merge, "customer_merge"),
    staff_path("customers/<int:pk>/fields/", fields.fields, "customer_fields"),
    staff_path("customers/<int:pk>/notes/", notes.notes, "customer_notes"),
    staff_path("customers/<int:pk>/notes/<int:note_pk>/", notes.note, "customer_note"),
    staff_path("customers/<int:pk>/notes/<int:note_pk>/deletion/", notes.note_deletion, "customer_note_deletion"),
    staff_path("customers/<int:pk>/block/", blocks.block, "customer_block"),
    staff_path("customers/<int:pk>/unblocking/", blocks.unblocking, "customer_unblocking"),
    staff_path("organisations/", organisations.organisations, "organisations"),
    staff_path("organisations/new/", organisations.new, "new_organisation"),
    staff_path("organisations/<int:pk>/", organisations.organisation, "organisation"),
    staff_path("organisations/<int:pk>/edit/", organisations.edit, "organisation_edit"),
    staff_path("organisations/<int:pk>/deletion/", organisations.deletion, "organisation_deletion"),
    staff_path("organisations/<int:pk>/members/", organisations.members, "organisation_members"),
    staff_path("organisations/<int:pk>/members/<int:customer_pk>/removal/", organisations.member_removal, "organisation_member_removal"),
    staff_path("organisations/<int:pk>/notes/", organisations.notes, "organisation_notes"),
    staff_path("organisations/<int:pk>/notes/<int:note_pk>/", organisations.note, "organisation_note"),
    staff_path("organisations/<int:pk>/notes/<int:note_pk>/deletion/", organisations.note_deletion, "organisation_note_deletion"),
]
