using VolunteerHub.Domain.Requests;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;
using Microsoft.EntityFrameworkCore;

namespace VolunteerHub.Web.Features.Requests;

/// <summary>派单: the coordinator says what a request is about and sends it to a team.</summary>
public sealed class DispatchRequest(Hub hub)
{
    /// <param name="actor">Who sends.</param>
    /// <param name="id">The request.</param>
    /// <param name="teamId">To whom.</param>
    /// <param name="kind">What it is about, as the coordinator sees it.</param>
    /// <param name="groups">Whom it would help.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome> RunAsync(Actor actor, RequestId id, TeamId teamId, RequestKind kind, BeneficiaryGroups groups, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!work.Authority.IsCoordinator) return work.Denied(this, id);
        if (await work.RequestAsync(id, ct) is not { } request) return new RequestNotFound();
        if (await work.Db.Teams.FirstOrDefaultAsync(t => t.Id == teamId, ct) is not { } team) return new Domain.Teams.TeamNotFound();
        if (team.IsClosed) return new Domain.Teams.TeamClosed(team.Name);
        var dispatched = request.Dispatch(teamId, actor.Id, work.Now);
        if (dispatched.Refused) return dispatched;
        request.Classify(kind, groups, actor.Id, work.Now);
        return await work.SaveRequestAsync(null, ct);
    }
}

/// <summary>接单: a leader of the team takes the request.</summary>
public sealed class AcceptRequest(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, RequestId id, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (await work.RequestAsync(id, ct) is not { } request) return work.NoRequest(this, id);
        if (!work.MayDo(request)) return work.Denied(this, id);
        var accepted = request.Accept(actor.Id, work.Now);
        return accepted.Refused ? accepted : await work.SaveRequestAsync(null, ct);
    }
}

/// <summary>退回: a leader of the team gives the request back, and says why.</summary>
public sealed class HandBackRequest(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, RequestId id, string why, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (await work.RequestAsync(id, ct) is not { } request) return work.NoRequest(this, id);
        if (!work.MayDo(request)) return work.Denied(this, id);
        var back = request.HandBack(why, actor.Id, work.Now);
        return back.Refused ? back : await work.SaveRequestAsync(null, ct);
    }
}

/// <summary>办理: a run that is planned already does the request.</summary>
public sealed class AttachRun(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, RequestId id, RunId runId, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (await work.RequestAsync(id, ct) is not { } request) return work.NoRequest(this, id);
        if (!work.MayDo(request)) return work.Denied(this, id);
        if (await work.Db.Runs.FirstOrDefaultAsync(r => r.Id == runId, ct) is not { } run) return new RunNotFound();
        var attached = request.Attach(run, actor.Id, work.Now);
        return attached.Refused ? attached : await work.SaveRequestAsync(runId, ct);
    }
}

/// <summary>办结: a leader of the team closes the request with what came of it.</summary>
public sealed class CloseRequest(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, RequestId id, RequestResult result, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (await work.RequestAsync(id, ct) is not { } request) return work.NoRequest(this, id);
        if (!work.MayDo(request)) return work.Denied(this, id);
        var closed = request.Close(result, actor.Id, work.Now, work.Today);
        return closed.Refused ? closed : await work.SaveRequestAsync(null, ct);
    }
}

/// <summary>不受理: the coordinator says that it cannot be done, and why.</summary>
public sealed class RefuseRequest(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, RequestId id, string why, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (!work.Authority.IsCoordinator) return work.Denied(this, id);
        if (await work.RequestAsync(id, ct) is not { } request) return new RequestNotFound();
        var refused = request.Refuse(why, actor.Id, work.Now);
        return refused.Refused ? refused : await work.SaveRequestAsync(null, ct);
    }
}

/// <summary>撤回: somebody who stands in for the resident says that it is not wanted any more.</summary>
public sealed class WithdrawRequest(Hub hub)
{
    public async Task<Outcome> RunAsync(Actor actor, RequestId id, string why, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        if (await work.RequestAsync(id, ct) is not { } request) return work.NoRequest(this, id);
        if (!work.MaySpeakFor(request)) return work.Denied(this, id);
        var withdrawn = request.Withdraw(why, actor.Id, work.Now);
        return withdrawn.Refused ? withdrawn : await work.SaveRequestAsync(null, ct);
    }
}
