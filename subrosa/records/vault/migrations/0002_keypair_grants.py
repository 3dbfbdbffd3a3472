from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("vault", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="keypair",
            name="grants",
            field=models.BooleanField(default=False),
        ),
    ]
