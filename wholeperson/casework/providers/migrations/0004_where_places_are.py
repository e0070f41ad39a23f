"""Where places are, by the middle of their ZIP code, so that a list can be in the order of miles."""

from typing import Any

from django.db import migrations, models

from wholeperson.casework.providers import miles


def find_places(apps: Any, schema_editor: Any) -> None:
    """What was kept before. A hidden place stays without: by its distances it would be found."""
    for site in apps.get_model("providers", "Site").objects.filter(is_hidden=False).exclude(zip="").iterator():
        if point := miles.where(site.zip):
            site.latitude, site.longitude = point
            site.save(update_fields=["latitude", "longitude"])


class Migration(migrations.Migration):
    dependencies = [("providers", "0003_looked_at_before_a_contract")]

    operations = [
        migrations.AddField(model_name="site", name="latitude", field=models.FloatField(null=True)),
        migrations.AddField(model_name="site", name="longitude", field=models.FloatField(null=True)),
        migrations.RunPython(find_places, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="site",
            index=models.Index(fields=["latitude", "longitude"], name="sites_by_where_they_are"),
        ),
    ]
