from django.contrib.admin.apps import AdminConfig


class StaffAdminConfig(AdminConfig):
    """Django's admin with our own site as `admin.site`."""

    default_site = "accounts.staff_site.StaffSite"
