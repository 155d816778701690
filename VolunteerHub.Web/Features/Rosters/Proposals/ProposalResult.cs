using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Eligibility;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Scheduling.Proposals;
using VolunteerHub.Web.Features.Rosters.Fairness;

namespace VolunteerHub.Web.Features.Rosters.Proposals;

/// <summary>How a seat of the comparison comes about.</summary>
public enum ComparedState
{
    Stays,
    Added,
    TakenOff,
}

/// <summary>A person on a post, before or after.</summary>
/// <param name="Index">Which of the proposal's changes it is; −1 for who stays.</param>
/// <param name="Name">The person.</param>
/// <param name="State">What the proposal does.</param>
/// <param name="Why">What speaks for it.</param>
public sealed record ComparedSeat(int Index, string Name, ComparedState State, IReadOnlyList<Reason> Why);

/// <param name="Name">The post.</param>
/// <param name="Min">Heads that it wants at least.</param>
/// <param name="Max">Heads that it may have.</param>
/// <param name="Before">Heads as the roster stands.</param>
/// <param name="After">Heads as it is proposed.</param>
/// <param name="Seats">Who stays, comes and goes.</param>
public sealed record ComparedPost(PostId Id, string Name, int Min, int Max, int Before, int After, IReadOnlyList<ComparedSeat> Seats)
{
    public bool Changes => Seats.Any(s => s.State != ComparedState.Stays);
}

/// <summary>A shift of a run that the proposal changes, or leaves with a gap.</summary>
public sealed record ComparedShift(RunId RunId, string Title, TeamId TeamId, TimeSlot Slot, IReadOnlyList<ComparedPost> Posts);

/// <summary>A proposal, with names and reasons.</summary>
/// <param name="Proposal">The proposal.</param>
/// <param name="Shifts">What it changes, and what it leaves with a gap.</param>
/// <param name="Loads">Whose load changes: duty in the fairness window and on these runs, before and after.</param>
public sealed record ProposalResult(RosterProposal Proposal, IReadOnlyList<ComparedShift> Shifts, IReadOnlyList<LoadChangeRow> Loads)
{
    internal static ProposalResult Of(RosterProposal proposal, ProposalSource source)
    {
        var changes = proposal.Changes.Index().ToLookup(c => c.Item.PostId);
        var shifts = new List<ComparedShift>();
        foreach (var run in source.Runs)
        {
            foreach (var shift in run.Shifts)
            {
                var posts = shift.Posts.Where(p => source.MayFill(run, p)).Select(post => Of(run, shift, post, [.. changes[post.Id]], source)).ToList();
                if (posts.Exists(p => p.Changes || p.After < p.Min)) shifts.Add(new(run.Id, run.Title, run.HostTeamId, shift.Slot, posts));
            }
        }

        return new(proposal, [.. shifts.OrderBy(s => s.Slot.Start)], [.. proposal.Changes.GroupBy(c => c.VolunteerId).Select(own => Load(own.Key, own, source))]);
    }

    private static LoadChangeRow Load(VolunteerId who, IEnumerable<ProposedChange> changes, ProposalSource source)
    {
        var here = source.Runs.SelectMany(r => r.Assignments).Where(a => a.VolunteerId == who && a.Holds && !a.LeavesWithDraft && a.Start >= source.Now);
        var before = here.Aggregate(source.Book.LoadOf(who), (sum, a) => sum + a.Slot.Duration);
        var shifts = source.Runs.SelectMany(r => r.Shifts).ToDictionary(s => s.Id, s => s.Slot.Duration);
        return new(source.Book.NameOf(who), before, changes.Aggregate(before, (sum, c) => c.Added ? sum + shifts[c.ShiftId] : sum - shifts[c.ShiftId]));
    }

    private static ComparedPost Of(ServiceRun run, Shift shift, Post post, List<(int Index, ProposedChange Change)> changes, ProposalSource source)
    {
        var holders = run.Assignments.Where(a => a.Holds && !a.LeavesWithDraft && a.PostId == post.Id).ToList();
        var off = changes.Where(c => !c.Change.Added).ToDictionary(c => c.Change.VolunteerId, c => c.Index);
        var seats = holders.Select(h => off.TryGetValue(h.VolunteerId, out var index)
            ? new ComparedSeat(index, source.Book.NameOf(h.VolunteerId), ComparedState.TakenOff, [])
            : new ComparedSeat(-1, source.Book.NameOf(h.VolunteerId), ComparedState.Stays, [])).ToList();
        var opening = run.OpeningOf(shift, post, source.Community, Domain.Rosters.CrewExperience.Unknown);
        seats.AddRange(changes.Where(c => c.Change.Added).Select(c => new ComparedSeat(
            c.Index, source.Book.NameOf(c.Change.VolunteerId), ComparedState.Added,
            source.Book.Of(c.Change.VolunteerId, shift.Slot) is { } who ? EligibilityRules.Judge(who, opening, EligibilityRules.OfOneSeat).For : [])));
        return new(post.Id, post.Name, post.Min, post.Max, holders.Count, seats.Count(s => s.State != ComparedState.TakenOff), seats);
    }
}
