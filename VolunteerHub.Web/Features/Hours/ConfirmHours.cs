using VolunteerHub.Domain.Hours;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Notices;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Hours;

/// <summary>An entry of a run's list that is confirmed.</summary>
/// <param name="Id">The entry.</param>
/// <param name="AfterToo">Whether the time after the slot counts too, as far as the policy lets it.</param>
public sealed record HourPick(HourEntryId Id, bool AfterToo = false);

/// <summary>An entry that was not confirmed, and why.</summary>
public sealed record HourNotConfirmed(HourEntryId Id, Refusal Why);

/// <summary>What became of a list.</summary>
/// <param name="Confirmed">How many are confirmed.</param>
/// <param name="Waiting">How many wait for a second person.</param>
/// <param name="Left">Those that could not be.</param>
public sealed record HoursConfirmed(int Confirmed, int Waiting, IReadOnlyList<HourNotConfirmed> Left);

/// <summary>A run's list of hours is confirmed in one step. One that cannot be does not keep the others.</summary>
public sealed class ConfirmHours(Hub hub)
{
    /// <param name="actor">A leader, who is none of the people.</param>
    /// <param name="runId">The run.</param>
    /// <param name="picked">The entries.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome<HoursConfirmed>> RunAsync(Actor actor, RunId runId, IReadOnlyCollection<HourPick> picked, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var run = await work.HoursRunAsync(this, runId, ct);
        if (run.Refused) return run.Refusal;
        var hours = await work.HoursAsync(run.Value, ct);
        var (confirmed, waiting, left) = (0, 0, new List<HourNotConfirmed>());
        foreach (var pick in picked.DistinctBy(p => p.Id))
        {
            if (hours.Find(pick.Id) is not { } entry)
            {
                left.Add(new(pick.Id, new HourEntryNotFound()));
                continue;
            }

            var facts = hours.FactsOf(entry.VolunteerId, work.Community.Credit, pick.AfterToo, work.Zone);
            if (entry.Confirm(actor.Id, facts, work.Community.Credit, work.Community.Recording, work.Now).Refusal is { } refusal) left.Add(new(pick.Id, refusal));
            else if (entry.Status == HourStatus.Proposed) waiting++;
            else
            {
                confirmed++;
                work.TellOfHours(entry, run.Value);
            }
        }

        await work.SaveAsync(runId, ct);
        return new HoursConfirmed(confirmed, waiting, left);
    }
}

/// <summary>A leader takes a confirmation back, as long as the person has not answered.</summary>
public sealed class TakeHoursBack(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, HourEntryId id, string? why, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var found = await work.HoursAsync(this, id, ct);
        if (found.Refused) return found.Refusal;
        var (hours, entry) = found.Value;
        if (entry.TakeBack(actor.Id, why, work.Now) is { Refused: true } refused) return refused;
        if (!entry.IsCorrection) entry.Follow(hours.Count(entry.VolunteerId, work.Community.Credit, afterToo: false).Credited);
        return await work.SaveAsync(entry.RunId, ct);
    }
}

/// <summary>A leader finds that a dispute is right, having put the times right before: the entry says what the attendance says now.</summary>
public sealed class PutHoursRight(Hub hub)
{
    /// <param name="actor">The leader; the coordinator where the person insists.</param>
    /// <param name="id">The entry.</param>
    /// <param name="afterToo">Whether the time after the slot counts too.</param>
    /// <param name="words">What was put right; the person reads it.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome> RunAsync(Actor actor, HourEntryId id, bool afterToo, string? words, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var found = await work.HoursAsync(this, id, ct);
        if (found.Refused) return found.Refusal;
        var (hours, entry) = found.Value;
        var facts = hours.FactsOf(entry.VolunteerId, work.Community.Credit, afterToo, work.Zone);
        var right = entry.PutRight(actor.Id, work.Authority.IsCoordinator, facts, work.Community.Credit, work.Community.Recording, words, work.Now, await work.NobodyElseDecidesAsync(entry, ct));
        if (right.Refused) return right;
        await work.SettleObjectionsAsync(entry.Id, words!, ct);
        work.TellOfHours(entry, hours.Run, words);
        return await work.SaveAsync(entry.RunId, ct);
    }
}

/// <summary>A leader turns a dispute down, with words; the coordinator, once the person insists.</summary>
public sealed class RejectDispute(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, HourEntryId id, string? words, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var found = await work.HoursAsync(this, id, ct);
        if (found.Refused) return found.Refusal;
        var (hours, entry) = found.Value;
        if (entry.Reject(actor.Id, work.Authority.IsCoordinator, work.Community.Recording, words, work.Now, await work.NobodyElseDecidesAsync(entry, ct)) is { Refused: true } refused) return refused;
        work.TellOfHours(entry, hours.Run, words);
        return await work.SaveAsync(entry.RunId, ct);
    }
}
