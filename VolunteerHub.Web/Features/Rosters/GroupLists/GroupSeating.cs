using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.GroupLists;

namespace VolunteerHub.Web.Features.Rosters.GroupLists;

/// <summary>Somebody of a list and the post that is meant for them.</summary>
/// <param name="Row">Where in the list.</param>
/// <param name="Who">The person.</param>
/// <param name="Run">The run.</param>
/// <param name="Post">Its post.</param>
/// <param name="Reason">Why soft rules are set aside; null where none is given.</param>
public sealed record GroupSeat(GroupRowKey Row, VolunteerId Who, RunId Run, PostId Post, string? Reason = null);

/// <summary>
/// Puts the people of a list on posts, one after the other, each by the rules of the roster: who comes first gets the seat, and
/// what this very list has filled counts already. Looking a list over and importing it are the same, but for the saving.
/// </summary>
internal static class GroupSeating
{
    /// <param name="changes">The rosters; they change.</param>
    /// <param name="seats">Whom to put where, in the order of the list.</param>
    public static List<(GroupSeat Seat, Outcome<Assignment> Outcome)> Seat(this RosterChanges changes, IReadOnlyList<GroupSeat> seats) =>
        [.. seats.Select(seat => (seat, changes.Put(seat.Run, seat.Post, seat.Who, AssignmentOrigin.GroupList, seat.Reason)))];
}
