using CsCheck;
using VolunteerHub.Domain.Common;

namespace VolunteerHub.Tests.Support;

/// <summary>Slots on whole minutes of one morning, and the slow way to measure them: asking every minute.</summary>
public static class Minutes
{
    public const int Most = 240;

    public static readonly DateTimeOffset First = Weekend.Saturday.At("08:00");

    public static readonly Gen<TimeSlot> Slot = Gen.Select(Gen.Int[0, Most - 1], Gen.Int[1, 90],
        (from, length) => new TimeSlot(First.AddMinutes(from), First.AddMinutes(Math.Min(from + length, Most))));

    public static readonly Gen<TimeSlot[]> Slots = Slot.Array[0, 7];

    public static bool Contain(this IEnumerable<TimeSlot> slots, DateTimeOffset minute) => slots.Any(s => s.Start <= minute && minute < s.End);

    /// <summary>How many minutes of the morning answer yes.</summary>
    public static TimeSpan Count(Func<DateTimeOffset, bool> counts) =>
        TimeSpan.FromMinutes(Enumerable.Range(0, Most).Count(m => counts(First.AddMinutes(m))));
}
