using CsCheck;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Tests.Support;
using static VolunteerHub.Tests.Support.Weekend;

namespace VolunteerHub.Tests.Domain;

/// <summary>Invariant 4: what is credited was attended, was on the roster, and is counted once.</summary>
public sealed class CreditRuleTests
{
    private static readonly TimeSlot Morning = Saturday.From("09:00", "11:00");

    private static readonly Gen<AttendanceInterval> Intervals = Gen.Select(Gen.Int[0, Minutes.Most - 1], Gen.Int[-10, 120], Gen.Int[0, 9],
        (from, length, kind) =>
        {
            var start = Minutes.First.AddMinutes(from);
            return kind switch
            {
                0 => Present(start, null),
                1 => Present(start, start.AddMinutes(length), annulledAt: Saturday.At("20:00")),
                _ => Present(start, start.AddMinutes(length)),
            };
        });

    /// <summary>Slots and stays that begin and end at any instant.</summary>
    private static readonly Gen<TimeSlot> Anytime = Gen.Select(Gen.Long[0, TimeSpan.TicksPerHour * 4], Gen.Long[1, TimeSpan.TicksPerHour * 2],
        (from, length) => new TimeSlot(Minutes.First.AddTicks(from), Minutes.First.AddTicks(from + length)));

    [Fact]
    public void Who_was_there_all_the_time_is_credited_the_slot() => Assert.Equal(TimeSpan.FromHours(2), Credit([Morning], Morning));

    [Fact]
    public void Coming_early_and_staying_on_earn_nothing_more() =>
        Assert.Equal(TimeSpan.FromHours(2), Credit([Morning], Saturday.From("08:30", "11:45")));

    [Fact]
    public void Coming_late_and_leaving_early_earn_less() =>
        Assert.Equal(TimeSpan.FromMinutes(75), Credit([Morning], Saturday.From("09:20", "10:35")));

    [Fact]
    public void The_time_away_between_two_intervals_is_not_credited() =>
        Assert.Equal(TimeSpan.FromMinutes(90), Credit([Morning], Saturday.From("09:00", "09:45"), Saturday.From("10:15", "11:00")));

    [Fact]
    public void Time_that_two_intervals_share_is_credited_once() =>
        Assert.Equal(TimeSpan.FromHours(2), Credit([Morning], Saturday.From("09:00", "10:30"), Saturday.From("10:00", "11:00")));

    [Fact]
    public void A_pause_between_two_slots_is_not_credited_to_who_stayed() =>
        Assert.Equal(TimeSpan.FromHours(4), Credit([Morning, Saturday.From("14:00", "16:00")], Saturday.From("09:00", "16:00")));

    [Fact]
    public void Open_and_annulled_intervals_earn_nothing()
    {
        AttendanceInterval[] intervals = [Present(Morning.Start, Morning.End, annulledAt: Morning.End), Present(Morning.Start, null)];
        Assert.Equal(TimeSpan.Zero, CreditRule.Credit([Morning], intervals, CreditPolicy.Default));
    }

    [Fact]
    public void Presence_outside_the_slots_earns_nothing() => Assert.Equal(TimeSpan.Zero, Credit([Morning], Saturday.From("11:00", "13:00")));

    [Fact]
    public void Seconds_are_kept() =>
        Assert.Equal(TimeSpan.FromSeconds(61), Credit([Morning], new TimeSlot(Morning.Start, Morning.Start.AddSeconds(61))));

    [Fact]
    public void Credit_is_what_counting_the_minutes_one_by_one_gives() =>
        Gen.Select(Minutes.Slots, Intervals.Array[0, 6]).Sample((slots, intervals) =>
        {
            var counted = Minutes.Count(m => slots.Contain(m)
                && intervals.Any(i => i.AnnulledAt is null && i.Out is { } o && i.In.OccurredAt <= m && m < o.OccurredAt));
            Assert.Equal(counted, CreditRule.Credit(slots, intervals, CreditPolicy.Default));
        }, iter: 2000);

    [Fact]
    public void Credit_exceeds_neither_what_was_attended_nor_what_was_planned() =>
        Gen.Select(Anytime.Array[0, 5], Anytime.Array[0, 5]).Sample((slots, stays) =>
        {
            var credit = Credit(slots, stays);
            Assert.InRange(credit, TimeSpan.Zero, TimeSlot.Union(slots));
            Assert.InRange(credit, TimeSpan.Zero, TimeSlot.Union(stays));
            Assert.Equal(credit > TimeSpan.Zero, slots.Any(slot => stays.Any(slot.Overlaps)));
        }, iter: 1000);

    private static TimeSpan Credit(TimeSlot[] slots, params TimeSlot[] stays) =>
        CreditRule.Credit(slots, stays.Select(s => Present(s.Start, s.End)), CreditPolicy.Default);

    private static AttendanceInterval Present(DateTimeOffset from, DateTimeOffset? to, DateTimeOffset? annulledAt = null) =>
        new(IntervalId.New(), Moment(from), to is { } end ? Moment(end) : null, annulledAt);

    private static AttendanceMoment Moment(DateTimeOffset at) =>
        new(at, at, Guid.CreateVersion7(), EvidenceKind.VolunteerCard, The.Leader);
}
