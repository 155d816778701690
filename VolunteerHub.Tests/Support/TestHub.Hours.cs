using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;

namespace VolunteerHub.Tests.Support;

/// <summary>Hours, as they stand at the end of their way.</summary>
public sealed partial class TestHub
{
    /// <summary>Somebody served at a run some days ago, and these are the hours of it.</summary>
    public async Task<HourEntry> ServedAsync(Team team, Volunteer who, TimeSpan credited, HourStatus status = HourStatus.Final, int daysAgo = 20)
    {
        var run = await RunAsync(new RunSketch(team, new PostSketch("引导", who)) { Day = Today.AddDays(-daysAgo), Title = "健康义诊" });
        var entry = new HourEntry(HourEntryId.New(), run.Id, who.Id, credited, status, run.EndsAt);
        await ChangeAsync(db => db.HourEntries.Add(entry));
        return entry;
    }
}
