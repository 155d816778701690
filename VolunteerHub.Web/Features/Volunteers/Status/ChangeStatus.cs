using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Volunteers.Records;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Volunteers.Status;

/// <summary>Somebody takes a break: seats ahead are given up and sessions end, memberships stay.</summary>
public sealed class PauseVolunteer(Hub hub, IStringLocalizer<Texts> texts)
{
    public async Task<Outcome> RunAsync(Actor actor, VolunteerId id, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var found = await work.ToLetGoAsync(this, id, forGood: false, ct);
        if (found.Refused) return found.Refusal;
        var farewell = await work.FarewellAsync(found.Value, ct);
        if (farewell.Refused) return farewell.Refusal;
        if (found.Value.Pause() is { Refused: true } refused) return refused;
        work.GiveUp(farewell.Value, texts["Record.PausedWhy"]);
        return await work.SavePeopleAsync(farewell.Value.Touched, ct);
    }
}

/// <summary>Somebody comes back, after a pause or after leaving; memberships that ended are not restored.</summary>
public sealed class ResumeVolunteer(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, VolunteerId id, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var found = await work.ToLetGoAsync(this, id, forGood: false, ct);
        if (found.Refused) return found.Refusal;
        return found.Value.Resume() is { Refused: true } refused ? refused : await work.SavePeopleAsync(ct);
    }
}

/// <summary>
/// Somebody leaves: memberships and roles end, seats ahead are given up, phones, links and sessions stop working, all at once.
/// Refused while the person is signed in at a run.
/// </summary>
public sealed class LetVolunteerLeave(Hub hub, IStringLocalizer<Texts> texts)
{
    public async Task<Outcome> RunAsync(Actor actor, VolunteerId id, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var found = await work.ToLetGoAsync(this, id, forGood: true, ct);
        if (found.Refused) return found.Refusal;
        var farewell = await work.FarewellAsync(found.Value, ct);
        if (farewell.Refused) return farewell.Refusal;
        if (found.Value.Leave(work.Today) is { Refused: true } refused) return refused;
        await work.PartAsync(farewell.Value, texts["Record.LeftWhy"], ct);
        return await work.SavePeopleAsync(farewell.Value.Touched, ct);
    }
}

/// <summary>What pausing or leaving brings with it, to be said before.</summary>
public sealed record DepartureView(string Name, IReadOnlyList<DutyLine> Duties, IReadOnlyList<string> Teams, int Lendings, bool HasAccount, int Phones);

/// <summary>Looks at what pausing or leaving would bring with it.</summary>
public sealed class DepartureConsequences(Hub hub)
{
    public async Task<Outcome<DepartureView>> LoadAsync(Actor actor, VolunteerId id, bool forGood, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        var found = await read.ToLetGoAsync(this, id, forGood, ct);
        if (found.Refused) return found.Refusal;
        var farewell = await read.FarewellAsync(found.Value, ct);
        if (farewell.Refused) return farewell.Refusal;
        return await read.DepartureAsync(found.Value, farewell.Value, ct);
    }
}

internal static class Departures
{
    public static async Task<Outcome<Volunteer>> ToLetGoAsync(this HubTransaction work, object job, VolunteerId id, bool forGood, CancellationToken ct)
    {
        var kept = await work.KeptAsync(job, id, ct);
        if (kept.Refused) return kept;
        return await work.MayLetGoAsync(kept.Value, forGood, ct) ? kept : work.Denied(job, id);
    }

    public static async Task<DepartureView> DepartureAsync(this HubTransaction read, Volunteer who, Farewell farewell, CancellationToken ct)
    {
        var names = await read.Db.Teams.ToDictionaryAsync(t => t.Id, t => t.Name, ct);
        return new DepartureView(
            who.Name,
            [.. farewell.Duties.SelectMany(d => d.Claims.Where(c => c.Holds).Select(c => new DutyLine(d.Run.Id, d.Run.Title, c.Slot, null))).OrderBy(d => d.Slot.Start)],
            [.. farewell.Memberships.Select(m => names[m.TeamId])], farewell.Lendings.Count, farewell.Account is not null, farewell.Phones.Count);
    }
}
