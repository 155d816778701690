using VolunteerHub.Domain.Calendar;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Domain.Runs;

namespace VolunteerHub.Web.Features.Administration.Demo;

/// <summary>Takes hours as far as they would have come by now, by the entry's own verbs: some wait, a few are disputed, one run is late.</summary>
internal sealed class DemoHourLife(DemoData data, DemoCast cast)
{
    private const int ConfirmedAfterDays = 2;
    private const int OverdueFromDays = 17;
    private const int OverdueToDays = 24;
    private const int DisputedEvery = 9;
    private const int SilentEvery = 3;

    private readonly WorkCalendar _calendar = new([]);
    private RunId? _late;
    private int _told;

    /// <summary>Moves one entry on.</summary>
    /// <param name="entry">Just proposed.</param>
    /// <param name="run">The run.</param>
    /// <param name="count">What the attendance credits.</param>
    public void MoveOn(HourEntry entry, ServiceRun run, CreditCount count)
    {
        var days = (cast.Now - run.EndsAt).TotalDays;
        if (days < ConfirmedAfterDays || cast.OtherLeaderOf(run.HostTeamId, entry.VolunteerId) is not { } leader) return;
        if (days is > OverdueFromDays and < OverdueToDays && (_late ??= run.Id) == run.Id) return;
        var (recording, at) = (cast.Community.Recording, run.EndsAt.AddDays(1));
        DemoRosters.Done(entry.Confirm(leader, new HourFacts(count, TimeSpan.Zero, null), cast.Community.Credit, recording, at));
        _told++;
        if (days < recording.SilenceDays + 1)
        {
            if (_told % DisputedEvery == 0) DemoRosters.Done(entry.Dispute(data.Dispute, at.AddHours(5)));
            return;
        }

        at = _told % SilentEvery == 0 ? at.AddDays(recording.SilenceDays) : at.AddHours(6);
        if (_told % SilentEvery == 0) entry.TakeSilence(at);
        else DemoRosters.Done(entry.Accept(at));
        DemoRosters.Done(entry.HangOut(recording, cast.DayOf(at), _calendar, at));
        if (entry.PublicUntil < cast.Today) DemoRosters.Done(entry.Finish(cast.Today, false, cast.At(entry.PublicUntil!.Value.AddDays(1), new TimeOnly(0, 5))));
    }
}
