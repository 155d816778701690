using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Requests;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.Requests;

/// <summary>What a resident sees of the own request: no names, nothing that teams say among themselves.</summary>
/// <param name="Team">The team that has it.</param>
/// <param name="Run">When and where the run is that does it, once its roster is published.</param>
/// <param name="MayRate">Whether a rating can be given or changed.</param>
/// <param name="RateUntil">Until when a rating that was given can be changed.</param>
public sealed record OwnRequest(
    string Number, RequestKind Kind, string? Need, string? Place, string? Suits, DateTimeOffset ReceivedAt, RequestStatus Status, DateOnly? DueOn, string? Team,
    (TimeSlot Slot, string Site)? Run, string? Result, MediationResult? MediationResult, DateOnly? ClosedOn, string? EndedBecause,
    int? Stars, string? RatingWords, bool MayRate, DateOnly? RateUntil, bool IsOpen);

/// <summary>The request that a private link opens. Looking changes nothing.</summary>
public sealed class RequestByLink(Hub hub)
{
    public async Task<Outcome<OwnRequest>> LoadAsync(string token, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(Actor.System, ct);
        if (await read.RequestByTokenAsync(token, ct) is not { } request) return new LinkOver();
        var team = await read.Db.Teams.Where(t => t.Id == request.TeamId).Select(t => t.Name).FirstOrDefaultAsync(ct);
        var run = await (from r in read.Db.Runs
                         join site in read.Db.Sites on r.SiteId equals site.Id
                         where r.Id == request.RunId && r.Status == Domain.Runs.RunStatus.Published
                         select new { r.StartsAt, r.EndsAt, site.Name }).FirstOrDefaultAsync(ct);
        var until = request.RatingOpenUntil(read.Zone);
        return new OwnRequest(
            request.Number, request.Kind, request.Need, request.Place, request.Suits, request.ReceivedAt, request.Status, request.DueOn,
            request.Status is RequestStatus.New or RequestStatus.HandedBack ? null : team,
            run is null ? null : (new TimeSlot(run.StartsAt, run.EndsAt), run.Name), request.Result, request.MediationResult, request.ClosedOn, request.EndedBecause,
            request.Stars, request.RatingWords, request.Status == RequestStatus.Closed || request.Status == RequestStatus.Rated && until >= read.Today, until, request.IsOpen);
    }
}

/// <summary>评单: the resident says how it was.</summary>
public sealed class RateRequest(Hub hub)
{
    public async Task<Outcome> RunAsync(string token, int stars, string? words, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(Actor.System, ct);
        if (await work.RequestByTokenAsync(token, ct) is not { } request) return new LinkOver();
        var said = request.Kind == RequestKind.Mediation || string.IsNullOrWhiteSpace(words) ? null : words.Trim();
        var rated = request.Rate(stars, said, work.Now, work.Zone);
        return rated.Refused ? rated : await work.SaveRequestAsync(null, ct);
    }
}

/// <summary>The resident does not need it any more.</summary>
public sealed class WithdrawByLink(Hub hub)
{
    public async Task<Outcome> RunAsync(string token, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(Actor.System, ct);
        if (await work.RequestByTokenAsync(token, ct) is not { } request) return new LinkOver();
        var withdrawn = request.Withdraw(null, null, work.Now);
        return withdrawn.Refused ? withdrawn : await work.SaveRequestAsync(null, ct);
    }
}

internal static class RequestLinks
{
    public static Task<ServiceRequest?> RequestByTokenAsync(this HubTransaction work, string token, CancellationToken ct)
    {
        var hash = SecretToken.HashOf(token);
        return work.Db.Requests.FirstOrDefaultAsync(r => r.TokenHash == hash, ct);
    }
}
