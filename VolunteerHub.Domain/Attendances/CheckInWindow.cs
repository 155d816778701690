using VolunteerHub.Domain.Communities;

namespace VolunteerHub.Domain.Attendances;

/// <summary>When a person may check in for a slot, and from when an arrival is late.</summary>
public readonly record struct CheckInWindow(TimeSlot Slot, CheckInPolicy Policy)
{
    public DateTimeOffset Opens => Slot.Start - Policy.OpensBefore;

    public DateTimeOffset LateAfter => Slot.Start + Policy.LateAfter;

    public DateTimeOffset Closes => Slot.End + Policy.ClosesAfter;

    public bool IsOpen(DateTimeOffset at) => Opens <= at && at < Closes;

    /// <summary>Whether a person with these slots may check in at <paramref name="at"/>: one open window is enough.</summary>
    /// <returns>Null where a window is open; else when the next opens, or that the last has closed.</returns>
    public static Refusal? Admit(IReadOnlyCollection<TimeSlot> slots, DateTimeOffset at, CheckInPolicy policy)
    {
        var (next, last) = (default(DateTimeOffset?), DateTimeOffset.MinValue);
        foreach (var slot in slots)
        {
            var window = new CheckInWindow(slot, policy);
            if (window.IsOpen(at)) return null;
            if (window.Opens > at && (next is null || window.Opens < next)) next = window.Opens;
            if (window.Closes > last) last = window.Closes;
        }

        return next is { } opens ? new CheckInNotOpenYet(opens) : new CheckInClosed(last);
    }
}
