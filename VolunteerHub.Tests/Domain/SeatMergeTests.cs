using CsCheck;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Hours;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Tests.Support;

namespace VolunteerHub.Tests.Domain;

/// <summary>Seats and attendance of two records of one person become one person's.</summary>
public sealed class SeatMergeTests
{
    private static readonly DateTimeOffset Before = Minutes.First.AddDays(-1);
    private static readonly DateTimeOffset After = Minutes.First.AddDays(1);
    private static readonly TimeSlot Morning = Weekend.Saturday.From("09:00", "10:00");

    [Fact]
    public void Seats_ahead_at_the_same_time_are_named_and_refused()
    {
        var (one, other) = (Seat(Morning), Seat(Weekend.Saturday.From("09:30", "11:00"), "送法律"));
        var refused = Assert.IsType<SeatsClash>(SeatMerge.Settle([one], [other], Before).Refusal);
        Assert.Equal([new SeatClash("送健康", one.Seat.Slot, "送法律", other.Seat.Slot)], refused.Clashes);
    }

    [Fact]
    public void Seats_one_after_the_other_are_both_kept() =>
        Assert.Empty(SeatMerge.Settle([Seat(Morning)], [Seat(Weekend.Saturday.From("10:00", "11:00"))], Before).Value!);

    [Theory]
    [InlineData(true, false, "duplicate")]
    [InlineData(false, true, "survivor")]
    [InlineData(false, false, "duplicate")]
    public void Of_two_past_seats_at_the_same_time_the_one_that_was_attended_is_kept(bool survivorCame, bool duplicateCame, string givenUp)
    {
        var (survivor, duplicate) = (Seat(Morning, came: survivorCame), Seat(Morning, "送法律", duplicateCame));
        Assert.Equal([(givenUp == "duplicate" ? duplicate : survivor).Seat.Id], SeatMerge.Settle([survivor], [duplicate], After).Value!);
    }

    [Fact]
    public void Nobody_was_at_two_runs_at_once() =>
        Assert.IsType<SeatsClash>(SeatMerge.Settle([Seat(Morning, came: true)], [Seat(Morning, "送法律", came: true)], After).Refusal);

    [Fact]
    public void Of_two_attended_seats_of_one_run_the_wider_one_is_kept()
    {
        var run = Run(Morning, Weekend.Saturday.From("09:00", "11:00"), Weekend.Saturday.From("10:30", "12:00"));
        var (narrow, wide, late) = (Recorded(run, 0), Recorded(run, 1), Recorded(run, 2));
        Assert.Equal([narrow.Seat.Id], SeatMerge.Settle([wide], [narrow], After).Value!);
        Assert.Equal([narrow.Seat.Id], SeatMerge.Settle([narrow], [wide], After).Value!);
        Assert.IsType<SeatsClash>(SeatMerge.Settle([wide], [late], After).Refusal);
    }

    [Fact]
    public void Both_records_signed_in_at_once_do_not_become_one()
    {
        var (here, there) = (Open(), Open());
        Assert.IsType<InTwice>(here.TakeOver(there).Refusal);
        Assert.Single(there.Intervals);

        static Attendance Open() => new(AttendanceId.New(), RunId.New(), VolunteerId.New(), null, [new AttendanceInterval(IntervalId.New(), Moment(Minutes.First))]);
    }

    [Fact]
    public void A_note_of_absence_goes_where_the_other_record_came()
    {
        var here = new Attendance(AttendanceId.New(), RunId.New(), VolunteerId.New(), AbsenceMark.NoShow, []);
        var there = new Attendance(AttendanceId.New(), here.RunId, VolunteerId.New(), null, [Interval(Morning)]);
        Assert.False(here.TakeOver(there).Refused);
        Assert.Equal((null, true, 0), (here.Absence, here.HasArrived, there.Intervals.Count));
    }

    [Fact]
    public void What_two_records_attended_is_credited_once_and_none_of_it_is_lost() =>
        Gen.Select(Minutes.Slots, Minutes.Slots, Minutes.Slots, Minutes.Slots).Sample((seatsOfOne, seatsOfOther, presenceOfOne, presenceOfOther) =>
        {
            var (one, other) = (Attended(presenceOfOne), Attended(presenceOfOther));
            var (before, alone) = (CreditRule.Credit(seatsOfOne, one.Intervals, CreditPolicy.Default), CreditRule.Credit(seatsOfOther, other.Intervals, CreditPolicy.Default));
            one.TakeOver(other);
            var after = CreditRule.Credit(seatsOfOne.Concat(seatsOfOther), one.Intervals, CreditPolicy.Default);
            var (slots, spans) = (seatsOfOne.Concat(seatsOfOther).ToList(), presenceOfOne.Concat(presenceOfOther).ToList());
            // Counted minute by minute: each once, where some seat and some presence of either has it.
            return after == Minutes.Count(minute => slots.Contain(minute) && spans.Contain(minute)) && after >= before && after >= alone && one.Intervals.Count == presenceOfOne.Length + presenceOfOther.Length;

            static Attendance Attended(TimeSlot[] spans) => new(AttendanceId.New(), RunId.New(), VolunteerId.New(), null, spans.Select(Interval));
        });

    [Fact]
    public void Settled_seats_never_overlap_and_lose_no_attended_minute() =>
        Gen.Select(Minutes.Slot.Array[0, 4], Minutes.Slot.Array[0, 4], Gen.Bool, Gen.Bool, Gen.Bool).Sample((first, second, sameRun, firstCame, secondCame) =>
        {
            var run = sameRun && first.Length + second.Length > 0 ? Run([.. first, .. second]) : null;
            var survivor = Apart(first).Select(f => run is null ? Seat(f, came: firstCame) : Recorded(run, Array.IndexOf(first, f), firstCame)).ToList();
            var duplicate = Apart(second).Select(s => run is null ? Seat(s, "送法律", secondCame) : Recorded(run, first.Length + Array.IndexOf(second, s), secondCame)).ToList();
            var settled = SeatMerge.Settle(survivor, duplicate, After);
            if (settled.Refused) return survivor.Exists(s => duplicate.Exists(d => s.Seat.Slot.Overlaps(d.Seat.Slot)));
            var all = survivor.Concat(duplicate).ToList();
            var kept = all.FindAll(s => !settled.Value.Contains(s.Seat.Id)).ConvertAll(s => s.Seat.Slot);
            var attended = all.FindAll(s => s.Attended).ConvertAll(s => s.Seat.Slot);
            var apart = kept.Index().All(a => kept.Index().All(b => a.Index == b.Index || !a.Item.Overlaps(b.Item)));
            return apart && Minutes.Count(attended.Contain) == Minutes.Count(minute => attended.Contain(minute) && kept.Contain(minute));

            static IEnumerable<TimeSlot> Apart(TimeSlot[] slots)
            {
                var taken = new List<TimeSlot>();
                foreach (var slot in slots.Where(s => !taken.Exists(t => t.Overlaps(s)))) taken.Add(slot);
                return taken;
            }
        });

    private static ServiceRun Run(params TimeSlot[] slots)
    {
        var plan = A.Run();
        foreach (var slot in slots) plan = plan.WithShift(slot, A.Post("引导"));
        return plan.AsDraft();
    }

    private static RecordedSeat Seat(TimeSlot slot, string title = "送健康", bool came = false) => Recorded(Run(slot), 0, came) with { Run = title };

    /// <summary>A seat of somebody new on a shift of the run.</summary>
    private static RecordedSeat Recorded(ServiceRun run, int shift, bool came = true)
    {
        var post = run.Shifts[shift].Posts[0];
        var who = A.Volunteer().InHealthTeam();
        return new(run.Assign(post.Id, who, AssignmentOrigin.Leader, "测试", The.Leader, Before.AddDays(-7), A.Community(), CrewExperience.Unknown).Value!, run.Title, came);
    }

    private static AttendanceInterval Interval(TimeSlot span) => new(IntervalId.New(), Moment(span.Start), Moment(span.End));

    private static AttendanceMoment Moment(DateTimeOffset at) => new(at, at, Guid.CreateVersion7(), EvidenceKind.RotatingQr, The.Leader);
}
