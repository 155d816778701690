using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Requests;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.Requests;

/// <summary>A step of the history, with names.</summary>
/// <param name="By">Who did it; null for the resident.</param>
public sealed record RequestStepView(DateTimeOffset At, RequestAction Action, string? By, string? Team, string? Run, string? Note);

/// <summary>A run to which a request may be attached, or which does it.</summary>
public sealed record RunChoice(RunId Id, string Title, TimeSlot Slot);

/// <summary>What the viewer may do with a request where it stands now.</summary>
public sealed record RequestRightsView(bool Dispatch, bool Do, bool SpeakFor, bool Call);

/// <param name="Phone">Masked, for who may have it shown.</param>
/// <param name="Runs">Runs ahead of the team that has it, for who may attach it to one.</param>
public sealed record RequestDetailsView(
    RequestCardView Card, BeneficiaryGroups Groups, string? Place, string? Suits, string? Phone, bool Comes, DateOnly OpenedOn, DateOnly AcceptBy, DateOnly CloseBy, RunChoice? Run,
    string? Result, MediationResult? MediationResult, DateOnly? ClosedOn, string? EndedBecause, string? RatingWords, IReadOnlyList<RequestStepView> Steps,
    RequestRightsView May, IReadOnlyList<TeamChoice> Teams, IReadOnlyList<RunChoice> Runs);

/// <summary>All of one request, for who may see it.</summary>
public sealed class RequestDetails(Hub hub, PhoneProtector phones)
{
    private const int MostRuns = 30;

    public async Task<Outcome<RequestDetailsView>> LoadAsync(Actor actor, RequestId id, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (await read.RequestAsync(id, ct) is not { } request) return read.NoRequest(this, id);
        if (!read.MaySee(request)) return read.Denied(this, id);
        var teams = await read.TeamChoicesAsync(ct);
        var closed = await read.Db.Teams.Where(t => t.ClosedOn != null).Select(t => t.Id).ToListAsync(ct);
        var may = new RequestRightsView(read.Authority.IsCoordinator, read.MayDo(request), read.MaySpeakFor(request), read.MayCall(request));
        var run = request.RunId is null ? null : await read.Db.Runs.Where(r => r.Id == request.RunId).Select(r => new RunChoice(r.Id, r.Title, new TimeSlot(r.StartsAt, r.EndsAt))).FirstOrDefaultAsync(ct);
        return new RequestDetailsView(
            read.CardOf(request, teams), request.Groups, request.Place, request.Suits, may.Call ? phones.Masked(request.Phone) : null, request.Comes,
            request.OpenedOn, request.AcceptBy, request.CloseBy, run, request.Result, request.MediationResult, request.ClosedOn, request.EndedBecause, request.RatingWords,
            await StepsAsync(read, request, teams, ct), may, may.Dispatch ? teams.FindAll(t => !closed.Contains(t.Id)) : [],
            may.Do && request.Status is RequestStatus.Accepted or RequestStatus.InHand ? await RunsAsync(read, request, ct) : []);
    }

    private static async Task<IReadOnlyList<RequestStepView>> StepsAsync(HubTransaction read, ServiceRequest request, List<TeamChoice> teams, CancellationToken ct)
    {
        var people = request.Steps.Select(s => s.By).OfType<VolunteerId>().Distinct().ToList();
        var names = await read.Db.Volunteers.Where(v => people.Contains(v.Id)).ToDictionaryAsync(v => v.Id, v => v.Name, ct);
        var ids = request.Steps.Select(s => s.RunId).OfType<RunId>().Distinct().ToList();
        var runs = await read.Db.Runs.Where(r => ids.Contains(r.Id)).ToDictionaryAsync(r => r.Id, r => r.Title, ct);
        return [.. request.Steps.Reverse().Select(s => new RequestStepView(
            s.At, s.Action, s.By is { } by ? names.GetValueOrDefault(by) : null, teams.Find(t => t.Id == s.TeamId)?.Name, s.RunId is { } run ? runs.GetValueOrDefault(run) : null, s.Note))];
    }

    private static async Task<IReadOnlyList<RunChoice>> RunsAsync(HubTransaction read, ServiceRequest request, CancellationToken ct)
    {
        var ahead = await read.Db.Runs.Where(r => r.EndsAt > read.Now && r.Status != RunStatus.Cancelled).OrderBy(r => r.StartsAt)
            .Select(r => new { r.Id, r.Title, r.StartsAt, r.EndsAt, r.HostTeamId, r.CoTeamIds }).ToListAsync(ct);
        return [.. ahead.Where(r => r.HostTeamId == request.TeamId || r.CoTeamIds.Any(t => t == request.TeamId)).Take(MostRuns).Select(r => new RunChoice(r.Id, r.Title, new TimeSlot(r.StartsAt, r.EndsAt)))];
    }
}

/// <summary>With what a run starts that is planned for a request. What the resident wrote goes no further than the request.</summary>
public sealed record RunForRequest(string Number, RequestKind Kind, TeamId TeamId, BeneficiaryGroups Groups);

/// <summary>Looks up what the run editor starts from, for who may have a run do the request.</summary>
public sealed class RequestForRun(Hub hub)
{
    public async Task<Outcome<RunForRequest>> LoadAsync(Actor actor, RequestId id, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (await read.RequestAsync(id, ct) is not { } request) return read.NoRequest(this, id);
        if (!read.MayDo(request)) return read.Denied(this, id);
        return request is { Status: RequestStatus.Accepted or RequestStatus.InHand, TeamId: { } team }
            ? new RunForRequest(request.Number, request.Kind, team, request.Groups)
            : new RequestIsElsewhere(request.Status);
    }
}
