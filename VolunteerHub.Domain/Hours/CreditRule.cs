using VolunteerHub.Domain.Attendances;

namespace VolunteerHub.Domain.Hours;

/// <summary>
/// The first credit rule: a person is credited the part of their own slots during which they were present.
/// Time outside the slots, and time that two intervals or slots share, is not counted (invariant 4).
/// </summary>
public static class CreditRule
{
    /// <param name="slots">The person's slots on the published roster of one run.</param>
    /// <param name="intervals">The person's intervals there; open and annulled ones earn nothing.</param>
    public static TimeSpan Credit(IEnumerable<TimeSlot> slots, IEnumerable<AttendanceInterval> intervals)
    {
        var spans = intervals.Select(i => i.Span).OfType<TimeSlot>().ToList();
        return TimeSlot.Union(slots.SelectMany(slot => spans.Select(span => slot.Intersect(span))).OfType<TimeSlot>());
    }
}
