from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('standing', '0002_credentials'),
    ]

    operations = [
        migrations.AddField(
            model_name='credential',
            name='seen_on',
            field=models.DateField(null=True),
        ),
    ]
