using VolunteerHub.Domain.Common;

namespace VolunteerHub.Tests.Domain;

public sealed class IdTests
{
    [Fact]
    public void An_id_is_a_version_7_guid_of_its_millisecond()
    {
        var before = TimeProvider.System.GetUtcNow();
        var id = RunId.New().Value;
        Assert.Equal((7, 8), (id.Version, id.Variant & 0xC));
        var made = DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64(id.ToString("N")[..12], 16));
        Assert.InRange(made, before.AddMilliseconds(-1), TimeProvider.System.GetUtcNow().AddSeconds(10));
    }

    [Fact]
    public void Ids_made_later_sort_later_and_none_is_made_twice()
    {
        var made = Enumerable.Range(0, 20_000).Select(_ => AttendanceId.New().Value.ToString()).ToList();
        Assert.Equal(made.Order(StringComparer.Ordinal), made);
        Assert.Equal(made.Count, made.Distinct().Count());
    }

    [Fact]
    public async Task Ids_of_many_threads_are_all_different()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Enumerable.Range(0, 5_000).Select(_ => IntervalId.New()).ToList())));
        Assert.Equal(40_000, made.SelectMany(ids => ids).Distinct().Count());
        // And so are the random bits behind the time.
        Assert.Equal(40_000, made.SelectMany(ids => ids).Select(id => id.Value.ToString("N")[17..]).Distinct().Count());
    }
}
