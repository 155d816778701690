using VolunteerHub.Domain.Rosters;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Planner.Calendar;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Rosters.Proposals;

/// <summary>The search is not, or no longer, here: the server was started again, or newer ones took its place.</summary>
public sealed record ProposalGone : Refusal;

/// <summary>The search still goes on.</summary>
public sealed record ProposalNotReady : Refusal;

/// <summary>A leader has a roster proposed for a run, or for the runs of some days.</summary>
public sealed class ProposeRoster(Hub hub, ProposalDesk desk)
{
    /// <param name="actor">Who asks.</param>
    /// <param name="scope">For what.</param>
    /// <param name="seed">Another seed may find another roster.</param>
    /// <param name="ct">Cancels before the search starts.</param>
    /// <returns>The id of the search, which goes on by itself.</returns>
    public async Task<Outcome<SearchStarted>> RunAsync(Actor actor, ProposalScope scope, int seed = 1, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!read.Authority.IsCoordinator && read.Authority.Leads.Count == 0) return read.Denied(this);
        var runs = await ProposalSource.RunsAsync(read, scope, ct);
        if (scope.Run is not null && runs.Count == 0) return read.Denied(this, scope.Run);
        if (!runs.Exists(r => r.Posts.Any(p => p.Shift.Start > read.Now && read.Authority.MayStaff(r, p.Post)))) return new NothingToPropose();
        return new SearchStarted(desk.Start(scope, actor.Id, seed, await ProposalSource.OpenAsync(read, runs, ct)).Id);
    }
}

/// <summary>A search that goes on.</summary>
public sealed record SearchStarted(Guid Id);

/// <summary>Stops a search; the best that it found is its answer.</summary>
public sealed class StopProposal(Hub hub, ProposalDesk desk)
{
    public async Task<Outcome> RunAsync(Actor actor, Guid id, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (desk.Find(id) is not { } search) return new ProposalGone();
        if (search.By != actor.Id) return read.Denied(this, id);
        await search.Stop.CancelAsync();
        return Outcome.Done;
    }
}

/// <summary>What there is to choose from, and a search where one is meant.</summary>
public sealed record ProposalView(PlannerChoices Choices, ProposalSearch? Search, DateOnly Today);

/// <summary>A search, for who started it.</summary>
public sealed class ProposalOverview(Hub hub, ProposalDesk desk)
{
    public async Task<Outcome<ProposalView>> LoadAsync(Actor actor, Guid? id, CancellationToken ct = default)
    {
        await using var read = await hub.ReadAsync(actor, ct);
        if (!read.Authority.IsCoordinator && read.Authority.Leads.Count == 0) return read.Denied(this);
        var search = id is { } wanted ? desk.Find(wanted) : null;
        if (search is not null && search.By != actor.Id) return read.Denied(this, id);
        return new ProposalView(await PlannerChoices.OfAsync(read, ct), search, read.Today);
    }
}
