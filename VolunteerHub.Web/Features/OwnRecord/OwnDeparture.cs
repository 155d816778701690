using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Volunteers.Status;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.OwnRecord;

/// <summary>Without the consent to keep service records nobody can serve.</summary>
public sealed record ConsentFirst : Refusal;

/// <summary>Somebody else said that the person pauses: coming back is theirs to say.</summary>
public sealed record PausedByAnother : Refusal;

/// <summary>What pausing, or leaving, brings with it for the one who asks.</summary>
public sealed class OwnDeparture(Hub hub)
{
    public async Task<Outcome<DepartureView>> LoadAsync(Actor actor, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (actor.Via != Via.Session) return read.Denied(this);
        if (await read.Db.Volunteers.FirstOrDefaultAsync(v => v.Id == actor.Id, ct) is not { } me) return read.Denied(this);
        if (me.Closed is { } closed) return closed;
        var farewell = await read.FarewellAsync(me, ct);
        return farewell.Refused ? farewell.Refusal : await read.DepartureAsync(me, farewell.Value, ct);
    }
}

/// <summary>A person takes a break: seats ahead are given up at once; teams, account and this session stay.</summary>
public sealed class PauseOwnService(Hub hub, IStringLocalizer<Texts> texts)
{
    public async Task<Outcome> RunAsync(Actor actor, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (actor.Via != Via.Session) return work.Denied(this);
        if (await work.Db.Volunteers.FirstOrDefaultAsync(v => v.Id == actor.Id, ct) is not { } me) return work.Denied(this);
        var paused = await work.PauseSelfAsync(me, texts["Own.PausedWhy"], ct);
        return paused.Refused ? paused.Refusal : await work.SavePeopleAsync(paused.Value, ct);
    }
}

/// <summary>A person comes back from a break that was their own wish.</summary>
public sealed class ResumeOwnService(Hub hub)
{
    private const string Pausing = "\"Status\":[\"Active\",\"Paused\"]";

    public async Task<Outcome> RunAsync(Actor actor, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (actor.Via != Via.Session) return work.Denied(this);
        if (await work.Db.Volunteers.Include(v => v.Consents).FirstOrDefaultAsync(v => v.Id == actor.Id, ct) is not { } me) return work.Denied(this);
        var subject = me.Id.ToString();
        var by = await work.Db.AuditLines.Where(l => l.About == me.Id.Value && l.Subject == nameof(Volunteer) && l.SubjectId == subject && l.Changes.Contains(Pausing))
            .OrderByDescending(l => l.Id).Select(l => (Guid?)l.ActorId).FirstOrDefaultAsync(ct);
        if (me.Status == VolunteerStatus.Paused && by != me.Id.Value) return new PausedByAnother();
        if (!me.HasConsented(ConsentPurpose.ServiceRecord)) return new ConsentFirst();
        return me.Resume() is { Refused: true } refused ? refused : await work.SavePeopleAsync(ct);
    }
}

/// <summary>退出志愿服务: a person leaves. Teams, roles and seats ahead end, sessions and phones are forgotten; the record of service stays as the law wants it.</summary>
public sealed class LeaveService(Hub hub, IStringLocalizer<Texts> texts)
{
    public async Task<Outcome> RunAsync(Actor actor, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (actor.Via != Via.Session) return work.Denied(this);
        if (await work.Db.Volunteers.FirstOrDefaultAsync(v => v.Id == actor.Id, ct) is not { } me) return work.Denied(this);
        if (me.Closed is { } closed) return closed;
        var farewell = await work.FarewellAsync(me, ct);
        if (farewell.Refused) return farewell.Refusal;
        if (me.Leave(work.Today) is { Refused: true } refused) return refused;
        await work.PartAsync(farewell.Value, texts["Own.LeftWhy"], ct);
        return await work.SavePeopleAsync(farewell.Value.Touched, ct);
    }
}

internal static class OwnDepartures
{
    /// <summary>Pauses who asks for it; the caller saves.</summary>
    /// <returns>Runs whose rosters changed.</returns>
    public static async Task<Outcome<List<RunId>>> PauseSelfAsync(this HubTransaction work, Volunteer me, string why, CancellationToken ct)
    {
        if (me.Closed is { } closed) return closed;
        var farewell = await work.FarewellAsync(me, ct);
        if (farewell.Refused) return farewell.Refusal;
        var paused = me.Pause();
        if (paused.Refused) return paused.Refusal;
        // Who pauses by themselves goes on being signed in: they come back the same way.
        work.GiveUp(farewell.Value with { Account = null, Phones = [], Links = [] }, why);
        return farewell.Value.Touched.ToList();
    }
}
