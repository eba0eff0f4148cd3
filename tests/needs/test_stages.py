from .conftest import run
def test_x(heard):
    from gehoor.rooms.needs.models import Need
    print(heard.levels, heard.default_level, heard.totals, heard.table)
    for n in Need.objects.filter(generation=heard).order_by("level","pk"):
        print(n.level, n.pk, n.parent_id, n, n.size, n.voices,n.persons,n.anonymous,round(n.customer_minutes,1), n.quotes[:1], n.counter[:1])
    run()
