using CsCheck;
using VolunteerHub.Domain.Common;
using VolunteerHub.Tests.Support;
using static VolunteerHub.Tests.Support.Weekend;

namespace VolunteerHub.Tests.Domain;

public sealed class TimeSlotTests
{
    private static readonly TimeSlot Morning = Saturday.From("09:00", "11:00");

    [Fact]
    public void A_slot_holds_its_start_and_not_its_end()
    {
        Assert.False(Morning.Contains(Saturday.At("09:00").AddTicks(-1)));
        Assert.True(Morning.Contains(Saturday.At("09:00")));
        Assert.True(Morning.Contains(Saturday.At("11:00").AddTicks(-1)));
        Assert.False(Morning.Contains(Saturday.At("11:00")));
    }

    [Fact]
    public void A_slot_ends_after_it_starts()
    {
        Assert.Throws<ArgumentException>(() => new TimeSlot(Morning.End, Morning.Start));
        Assert.Throws<ArgumentException>(() => new TimeSlot(Morning.Start, Morning.Start));
    }

    [Fact]
    public void Slots_that_only_touch_do_not_overlap()
    {
        var next = Saturday.From("11:00", "12:00");
        Assert.False(Morning.Overlaps(next));
        Assert.False(next.Overlaps(Morning));
        Assert.Null(Morning.Intersect(next));
    }

    [Fact]
    public void Slots_that_share_a_minute_overlap_both_ways()
    {
        var late = Saturday.From("10:59", "12:00");
        Assert.True(Morning.Overlaps(late));
        Assert.True(late.Overlaps(Morning));
        Assert.Equal(Saturday.From("10:59", "11:00"), Morning.Intersect(late));
        Assert.Equal(Saturday.From("10:59", "11:00"), late.Intersect(Morning));
    }

    [Fact]
    public void A_slot_within_another_is_what_they_share()
    {
        var inner = Saturday.From("09:30", "10:00");
        Assert.True(Morning.Overlaps(inner));
        Assert.Equal(inner, Morning.Intersect(inner));
        Assert.Equal(inner, inner.Intersect(Morning));
    }

    [Fact]
    public void The_same_instants_stated_in_another_zone_are_the_same_slot() =>
        Assert.Equal(Morning, new TimeSlot(Morning.Start.ToOffset(TimeSpan.FromHours(-5)), Morning.End.ToOffset(TimeSpan.Zero)));

    [Fact]
    public void The_day_of_a_slot_is_the_day_on_which_it_starts_where_the_community_is()
    {
        var early = Saturday.From("00:30", "02:00");
        Assert.Equal(Friday, DateOnly.FromDateTime(early.Start.DateTime));
        Assert.Equal(Saturday, early.DayIn(Shanghai));
        Assert.Equal(Saturday, Saturday.From("23:00", "01:00").DayIn(Shanghai));
    }

    [Fact]
    public void Time_that_several_slots_cover_counts_once()
    {
        var union = TimeSlot.Union([Saturday.From("10:00", "12:00"), Morning, Saturday.From("09:30", "10:00"), Saturday.From("14:00", "14:15")]);
        Assert.Equal(new TimeSpan(3, 15, 0), union);
    }

    [Fact]
    public void The_union_of_no_slots_is_nothing() => Assert.Equal(TimeSpan.Zero, TimeSlot.Union([]));

    [Fact]
    public void The_union_is_what_counting_the_minutes_one_by_one_gives() =>
        Minutes.Slots.Sample(slots => Assert.Equal(Minutes.Count(slots.Contain), TimeSlot.Union(slots)), iter: 2000);

    [Fact]
    public void Two_slots_intersect_in_the_minutes_that_both_hold() =>
        Gen.Select(Minutes.Slot, Minutes.Slot).Sample((a, b) =>
        {
            var shared = Minutes.Count(m => a.Contains(m) && b.Contains(m));
            Assert.Equal(shared, a.Intersect(b)?.Duration ?? TimeSpan.Zero);
            Assert.Equal(shared > TimeSpan.Zero, a.Overlaps(b));
            Assert.Equal(a.Intersect(b), b.Intersect(a));
        }, iter: 2000);
}
