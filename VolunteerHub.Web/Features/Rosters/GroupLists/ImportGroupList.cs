using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.GroupLists;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Web.Features.Rosters.GroupLists;

/// <summary>A seat that a list filled.</summary>
public sealed record GroupSeated(GroupRowKey Row, RunId Run, AssignmentId Assignment, string Name, string Post);

/// <summary>A row that was refused, and why.</summary>
public sealed record GroupRefused(GroupRowKey Row, Refusal Why);

/// <summary>What came of an import.</summary>
/// <param name="Edit">The change, by which all of it can be undone; null where nothing was done.</param>
/// <param name="Seated">Who has a seat now.</param>
/// <param name="Refused">Who has none, and why.</param>
public sealed record GroupListImported(RosterEditId? Edit, IReadOnlyList<GroupSeated> Seated, IReadOnlyList<GroupRefused> Refused);

/// <summary>Puts the people of a list on their posts, into the draft, in one step. What is refused is said row by row; the others come.</summary>
public sealed class ImportGroupList(Hub hub)
{
    /// <param name="actor">Who imports.</param>
    /// <param name="seats">Whom to put where, as it was looked over, in the order of the list.</param>
    /// <param name="ct">Cancels before anything is saved.</param>
    public async Task<Outcome<GroupListImported>> RunAsync(Actor actor, IReadOnlyList<GroupSeat> seats, CancellationToken ct = default)
    {
        await using var work = await hub.BeginAsync(actor, ct);
        var changes = await RosterChanges.OpenAsync(work, [.. seats.Select(s => s.Run).Distinct()], [.. seats.Select(s => s.Who).Distinct()], ct);
        if (seats.FirstOrDefault(s => !MayFill(work, changes, s)) is { } foreign) return work.Denied(this, foreign.Run);
        var tried = changes.Seat(seats);
        var seated = tried.Where(t => !t.Outcome.Refused).Select(t => new GroupSeated(
            t.Seat.Row, t.Seat.Run, t.Outcome.Value!.Id, changes.Name(t.Seat.Who), changes.Run(t.Seat.Run)!.Find(t.Seat.Post)!.Value.Post.Name)).ToList();
        var edit = await changes.SaveAsync(RosterEditKind.GroupList, ct);
        return new GroupListImported(edit, seated, [.. tried.Where(t => t.Outcome.Refused).Select(t => new GroupRefused(t.Seat.Row, t.Outcome.Refusal!))]);
    }

    /// <summary>A run or post that is not there is no right that is lacking, for who may fill others of the run.</summary>
    private static bool MayFill(HubTransaction work, RosterChanges changes, GroupSeat seat)
    {
        if (changes.Run(seat.Run) is not { } run) return work.Authority.IsCoordinator || work.Authority.Leads.Count > 0;
        return run.Find(seat.Post) is var (_, post) ? work.Authority.MayStaff(run, post) : work.Authority.MayStaff(run);
    }
}
