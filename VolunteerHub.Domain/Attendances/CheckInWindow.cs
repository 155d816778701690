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
        var windows = slots.Select(s => new CheckInWindow(s, policy)).OrderBy(w => w.Opens).ToList();
        if (windows.Exists(w => w.IsOpen(at))) return null;
        var next = windows.Find(w => w.Opens > at);
        return next == default ? new CheckInClosed(windows.Max(w => w.Closes)) : new CheckInNotOpenYet(next.Opens);
    }
}
