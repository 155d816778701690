using VolunteerHub.Domain.Rosters;

namespace VolunteerHub.Domain.Notices;

/// <summary>Something to tell about a seat: to its holder, or to those who lead.</summary>
/// <param name="Kind">What.</param>
/// <param name="ToLeaders">Whether those who lead are told, and not the holder.</param>
/// <param name="Words">Word that came with it.</param>
/// <param name="Before">The time before, where it was changed.</param>
public sealed record SeatNews(NoticeKind Kind, bool ToLeaders, string? Words = null, DateTimeOffset? Before = null);

/// <summary>
/// What a change of a seat means for people. It looks at what the seat was and is, not at who changed it or how: no way of changing
/// a roster can forget to tell somebody. Nobody is told what they did themselves.
/// </summary>
public static class RosterNews
{
    /// <param name="seat">The seat, as it is now.</param>
    /// <param name="before">Its status before; null where it is new.</param>
    /// <param name="startBefore">Start of its time before; null where it is new.</param>
    /// <param name="runCancelled">Whether its run is called off.</param>
    public static IEnumerable<SeatNews> Of(Assignment seat, AssignmentStatus? before, DateTimeOffset? startBefore, bool runCancelled)
    {
        // Who came to the door knows it, and nobody waits for them.
        if (seat.Origin == AssignmentOrigin.WalkIn) yield break;
        var (by, said) = seat.History is [.., var last] ? (last.By, last.Note) : (default, null);
        var own = by == seat.VolunteerId;
        var was = before is { } status && Assignment.OnPublishedRoster(status);
        if (seat.Status == before)
        {
            // Moved while it was unanswered: only the time tells.
            if (was && startBefore != seat.Start) yield return new(NoticeKind.Moved, false, Before: startBefore);
            yield break;
        }

        if (ToHolder(seat, was, own, startBefore, runCancelled) is { } kind)
            yield return new(kind, false, kind == NoticeKind.RunCancelled ? said : null, kind == NoticeKind.Moved ? startBefore : null);
        if (ToLeaders(seat.Status, seat.Origin, before, own) is { } led)
            yield return new(led, true, led is NoticeKind.SaidNo or NoticeKind.CoverSought ? said : null);
    }

    private static NoticeKind? ToHolder(Assignment seat, bool was, bool own, DateTimeOffset? startBefore, bool runCancelled) => seat.Status switch
    {
        _ when own => null,
        AssignmentStatus.Invited when was && startBefore != seat.Start => NoticeKind.Moved,
        AssignmentStatus.Invited when seat.Origin == AssignmentOrigin.WaitList => NoticeKind.SeatOffered,
        AssignmentStatus.Invited => NoticeKind.Invited,
        AssignmentStatus.Accepted when seat.Origin == AssignmentOrigin.FairRelease && !was => NoticeKind.Allotted,
        // That a leader noted somebody's own yes or no is no news to them; that they were put on a seat is.
        AssignmentStatus.Accepted when !was => NoticeKind.PutOn,
        AssignmentStatus.Replaced => NoticeKind.StandInFound,
        AssignmentStatus.Withdrawn when was => seat.Origin == AssignmentOrigin.WaitList ? NoticeKind.OfferLapsed : NoticeKind.TakenOff,
        AssignmentStatus.Cancelled when was => runCancelled ? NoticeKind.RunCancelled : NoticeKind.TakenOff,
        AssignmentStatus.Declined when was => NoticeKind.TakenOff,
        _ => null,
    };

    private static NoticeKind? ToLeaders(AssignmentStatus status, AssignmentOrigin origin, AssignmentStatus? before, bool own) => status switch
    {
        _ when !own => null,
        AssignmentStatus.Declined => NoticeKind.SaidNo,
        AssignmentStatus.CoverSought => NoticeKind.CoverSought,
        AssignmentStatus.Accepted when before is null && origin is AssignmentOrigin.SignUp or AssignmentOrigin.Cover => NoticeKind.SeatTaken,
        _ => null,
    };
}
