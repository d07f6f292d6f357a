# What is known is graded, and for whom a service is stands in few words too.

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('signposting', '0011_link_hosts'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='service',
            name='service_slug_is_not_reserved',
        ),
        migrations.RemoveConstraint(
            model_name='service',
            name='public_service_says_what_is_not_certain',
        ),
        migrations.AddField(
            model_name='service',
            name='for_whom',
            field=models.CharField(blank=True, help_text='Stands beside the number on the help page: Women in Nottinghamshire.', max_length=90, verbose_name='for whom, in few words'),
        ),
        migrations.AlterField(
            model_name='route',
            name='bank_holidays',
            field=models.CharField(choices=[('closed', 'Closed on bank holidays'), ('same', 'The same on bank holidays'), ('christmas', 'The same, but closed on Christmas Day'), ('other', 'Other hours: the row “Bank holidays” of the table'), ('unknown', 'Not known: check their website')], default='unknown', max_length=10, verbose_name='on bank holidays'),
        ),
        migrations.AlterField(
            model_name='route',
            name='cost',
            field=models.CharField(choices=[('free', 'Free.'), ('standard', 'Costs the same as a normal call; it may be in your free minutes.'), ('unstated', 'Not known: readers are told nothing')], default='unstated', max_length=20, verbose_name='cost'),
        ),
        migrations.AlterField(
            model_name='route',
            name='hours',
            field=models.CharField(choices=[('weekly', 'The weekly table below'), ('always', 'Day and night, every day'), ('unknown', 'Not known: check their website')], default='unknown', max_length=10, verbose_name='hours'),
        ),
        migrations.AlterField(
            model_name='route',
            name='hours_confidence',
            field=models.CharField(choices=[('rule', 'A rule: law, the regulator’s rule or the numbering plan'), ('owner', 'The service’s own page or own words'), ('two', 'Two or more independent pages agree'), ('one', 'One page'), ('open', 'Not settled'), ('confirmed', 'The service told us')], default='one', max_length=20, verbose_name='how sure we are of the hours'),
        ),
        migrations.AlterField(
            model_name='route',
            name='trace',
            field=models.CharField(choices=[('call', 'A call: it stays in the phone’s list of calls'), ('text', 'The texts stay on the phone.'), ('web', 'The page stays in the browser’s history. A search for it stays in your search account. Ask for replies in a way that is safe for you.'), ('email', 'The emails stay in your mail account.'), ('unstated', 'Not known: readers are told nothing')], default='unstated', max_length=10, verbose_name='what it leaves behind'),
        ),
        migrations.AlterField(
            model_name='service',
            name='confidence',
            field=models.CharField(choices=[('rule', 'A rule: law, the regulator’s rule or the numbering plan'), ('owner', 'The service’s own page or own words'), ('two', 'Two or more independent pages agree'), ('one', 'One page'), ('open', 'Not settled')], max_length=20, verbose_name='how sure we are'),
        ),
        migrations.AlterField(
            model_name='service',
            name='doubt',
            field=models.TextField(blank=True, help_text='For readers, and only if it changes what they do: This number is from April 2024. The site adds what to do if it does not work.', verbose_name='what is not certain'),
        ),
        migrations.AlterField(
            model_name='service',
            name='group',
            field=models.PositiveSmallIntegerField(choices=[(1, 'Danger now'), (2, 'Cannot speak'), (3, 'Cannot hear or speak'), (4, 'Report it'), (5, 'Help with stalking'), (6, 'In Nottinghamshire'), (7, 'A partner, an ex or family'), (8, 'How you feel'), (9, 'Worried about your own behaviour'), (10, 'Under 18')], verbose_name='place on the help page'),
        ),
        migrations.AddConstraint(
            model_name='service',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confidence__in', ['rule', 'owner']), _negated=True), ('doubt', ''), _connector='OR'), name='certain_service_has_no_doubt', violation_error_message='What is not certain: leave it empty. A rule, or the service’s own word, is stated as a fact.'),
        ),
        migrations.AddConstraint(
            model_name='service',
            constraint=models.CheckConstraint(condition=models.Q(('slug__in', ['who-to-contact', 'little-english']), _negated=True), name='service_slug_is_not_reserved', violation_error_message='Short name: the site uses this one for a page. Choose another.'),
        ),
    ]
