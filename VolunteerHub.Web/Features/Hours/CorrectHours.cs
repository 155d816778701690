using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Hours;

/// <summary>Final hours turn out to be wrong: a correction is asked for, which a second person confirms. The old entry stays as it is.</summary>
public sealed class CorrectHours(Hub hub)
{
    /// <param name="actor">Who asks for it.</param>
    /// <param name="id">The entry that is corrected.</param>
    /// <param name="right">What the person should be credited for the run altogether.</param>
    /// <param name="why">Why; needed.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome> RunAsync(Actor actor, HourEntryId id, TimeSpan right, string? why, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var found = await work.HoursAsync(this, id, ct);
        if (found.Refused) return found.Refusal;
        var (hours, entry) = found.Value;
        var facts = hours.FactsOf(entry.VolunteerId, work.Community.Credit, afterToo: true, work.Zone);
        var correction = entry.Correct(right, hours.StandingOf(entry.VolunteerId), facts, work.Community.Credit, why, actor.Id, work.Now);
        if (correction.Refused) return correction.Refusal;
        work.Db.HourEntries.Add(correction.Value);
        return await work.SaveAsync(entry.RunId, ct);
    }
}

/// <summary>A correction that nobody confirmed is not wanted any more. The audit keeps that it was asked for.</summary>
public sealed class DropCorrection(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, HourEntryId id, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var found = await work.HoursAsync(this, id, ct);
        if (found.Refused) return found.Refusal;
        var (_, entry) = found.Value;
        if (entry.KeepsStanding is { } stands) return stands;
        work.Db.HourEntries.Remove(entry);
        return await work.SaveAsync(entry.RunId, ct);
    }
}

/// <summary>The coordinator finds that an objection changes nothing, and says why. What is right about one is put right instead.</summary>
public sealed class DismissObjection(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, HourObjectionId id, string? answer, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!work.Authority.MayAdminister) return work.Denied(this, id);
        if (await work.Db.HourObjections.FirstOrDefaultAsync(o => o.Id == id, ct) is not { } objection) return new HourEntryNotFound();
        var about = await work.Db.HourEntries.Where(h => h.Id == objection.HourEntryId).Select(h => new { h.RunId, h.VolunteerId }).SingleAsync(ct);
        if (about.VolunteerId == actor.Id) return new OwnHours();
        if (objection.Settle(upheld: false, answer, actor.Id, work.Now) is { Refused: true } refused) return refused;
        return await work.SaveAsync(about.RunId, ct);
    }
}

internal static class Objections
{
    /// <summary>What was said against an entry that is put right is settled by that.</summary>
    public static async Task SettleObjectionsAsync(this HubTransaction work, HourEntryId id, string words, CancellationToken ct)
    {
        foreach (var objection in await work.Db.HourObjections.Where(o => o.HourEntryId == id && o.SettledAt == null).ToListAsync(ct)) objection.Settle(upheld: true, words, work.Actor.Id, work.Now);
    }
}
