using VolunteerHub.Tests.Support;

namespace VolunteerHub.Tests.Http;

/// <summary>Two hundred people come at once, over real HTTP.</summary>
public sealed class ManyAtOnceTests
{
    [Fact]
    public async Task Two_hundred_people_at_once_are_all_acknowledged_and_nobody_twice()
    {
        await using var site = await TestSite.StartAsync(TestSite.CheapPasswords);
        var cast = await TestCast.OnAsync(site.Hub);
        await site.Hub.PasswordAsync(cast.LeaderOfHealth.Id, "shiliu-2026");
        var people = await site.Hub.VolunteersAsync(200, cast.Health);
        var run = await site.Hub.RunAsync(new RunSketch(cast.Health, new PostSketch("引导", people)));
        using var tablet = await Tablet.PairedAsync(site, cast.LeaderOfHealth, run);
        // Each is told twice, as happens where an answer is slow.
        var taps = people.Select(p => tablet.Tap(run.Id, p.Id.Value)).ToList();
        var answers = await Task.WhenAll(taps.Concat(taps).Select(tap => tablet.TellAsync(tap)));
        Assert.All(answers, a => Assert.Equal(200, a.Status));
        Assert.All(answers, a => Assert.Contains("\"arrived\":true", a.Json.GetProperty("results")[0].GetRawText(), StringComparison.Ordinal));
        Assert.Equal(200, await site.Hub.CountAsync("AttendanceIntervals"));
        Assert.Equal(200, await site.Hub.CountAsync("AuditLines WHERE Action='TellArrival'"));
    }
}
