using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.OwnRecord;

/// <summary>Days in a row that are different in the same way.</summary>
public sealed record DifferentDays(DateOnly From, DateOnly To, bool Free);

/// <param name="Different">From today on.</param>
/// <param name="UsualHours">Most hours of duty a week for who does not say otherwise.</param>
public sealed record OwnAvailabilityView(Availability Stated, IReadOnlyList<DifferentDays> Different, int UsualHours);

/// <summary>What a person stated of the time in which they may be asked.</summary>
public sealed class OwnAvailability(Hub hub)
{
    public async Task<Outcome<OwnAvailabilityView>> LoadAsync(Actor actor, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (actor.Via != Via.Session) return read.Denied(this);
        if (await read.Db.Volunteers.FirstOrDefaultAsync(v => v.Id == actor.Id, ct) is not { } me) return read.Denied(this);
        return new OwnAvailabilityView(me.Availability, Spans(me.Availability.Exceptions.Where(e => e.Day >= read.Today)), read.Community.Duty.HoursAWeek);
    }

    /// <summary>One line for days in a row.</summary>
    internal static IReadOnlyList<DifferentDays> Spans(IEnumerable<DatedAvailability> days)
    {
        var spans = new List<DifferentDays>();
        // The last word on a day counts.
        foreach (var day in days.GroupBy(d => d.Day).Select(g => g.Last()).OrderBy(d => d.Day))
        {
            if (spans.Count > 0 && spans[^1] is var last && last.Free == day.Free && last.To.AddDays(1) == day.Day) spans[^1] = last with { To = day.Day };
            else spans.Add(new DifferentDays(day.Day, day.Day, day.Free));
        }

        return spans;
    }
}

/// <summary>A person states the week, and days that are different. What was said of days that are over is dropped.</summary>
public sealed class StateOwnAvailability(Hub hub)
{
    /// <param name="actor">Whose time it is.</param>
    /// <param name="weekly">The whole week; empty for any time.</param>
    /// <param name="changed">Days that are different from now on, or are so no longer; null leaves them.</param>
    /// <param name="hoursAWeek">Most hours of duty a week; null leaves the community's limit.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome> RunAsync(Actor actor, IReadOnlyList<WeeklyHours> weekly, ChangedDays? changed, int? hoursAWeek = null, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (actor.Via != Via.Session) return work.Denied(this);
        if (await work.Db.Volunteers.FirstOrDefaultAsync(v => v.Id == actor.Id, ct) is not { } me) return work.Denied(this);
        if (me.Closed is { } closed) return closed;
        var days = me.Availability.Exceptions.Where(e => e.Day >= work.Today && (changed is null || e.Day < changed.From || e.Day > changed.To)).ToList();
        if (changed is { Free: { } free })
            for (var day = changed.From; day <= changed.To && day < changed.From.AddDays(ChangedDays.Most); day = day.AddDays(1)) days.Add(new DatedAvailability(day, free));
        me.IsAvailable(new Availability(weekly, [.. days.OrderBy(d => d.Day)], hoursAWeek));
        return await work.SavePeopleAsync(ct);
    }
}
