using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Tests.Support;
using static VolunteerHub.Tests.Support.Weekend;

namespace VolunteerHub.Tests.Domain;

public sealed class AttendanceTests
{
    private static readonly TimeSlot Morning = Saturday.From("09:00", "11:00");
    private static readonly VolunteerId Lina = VolunteerId.New();

    private readonly Attendance _attendance = new(RunId.New(), Lina);

    [Fact]
    public void Arriving_opens_an_interval()
    {
        var receipt = Arrive("08:55").Value!;
        var open = Assert.Single(_attendance.Intervals);
        Assert.Equal(new AttendanceReceipt(open.Id, Saturday.At("08:55"), true), receipt);
        Assert.Same(open, _attendance.Open);
        Assert.True(_attendance.HasArrived);
        Assert.Null(open.Span);
    }

    [Fact]
    public void Leaving_closes_it()
    {
        var id = Arrive("08:55").Value!.IntervalId;
        Assert.Equal(new AttendanceReceipt(id, Saturday.At("11:05"), false), Leave("11:05").Value);
        Assert.Null(_attendance.Open);
        Assert.Equal(Saturday.From("08:55", "11:05"), Assert.Single(_attendance.Intervals).Span);
    }

    [Fact]
    public void The_way_in_and_the_way_out_keep_their_own_evidence()
    {
        var arrival = Moment("08:55") with { Evidence = EvidenceKind.RotatingQr, ReceivedAt = Saturday.At("09:20") };
        var departure = Moment("11:05") with { Evidence = EvidenceKind.LeaderAttested, By = The.Leader };
        _attendance.Arrive(arrival, [Morning], CheckInPolicy.Default, byLeader: false);
        _attendance.Leave(departure);
        var interval = Assert.Single(_attendance.Intervals);
        Assert.Equal((arrival, departure), (interval.In, interval.Out));
    }

    [Fact]
    public void Who_has_no_seat_on_the_roster_does_not_check_in() =>
        Assert.Equal(new NotOnRoster(), _attendance.Arrive(Moment("09:00"), [], CheckInPolicy.Default, byLeader: false).Refusal);

    [Fact]
    public void Who_is_in_is_not_checked_in_again()
    {
        Arrive("08:55");
        Assert.Equal(new AlreadyCheckedIn(Saturday.At("08:55")), Arrive("09:00").Refusal);
        Assert.Single(_attendance.Intervals);
    }

    [Fact]
    public void Nobody_checks_in_before_it_opens_or_after_it_closes()
    {
        Assert.Equal(new CheckInNotOpenYet(Saturday.At("08:30")), Arrive("08:29").Refusal);
        Assert.Equal(new CheckInClosed(Saturday.At("12:00")), Arrive("12:00").Refusal);
        Assert.Empty(_attendance.Intervals);
    }

    [Fact]
    public void Who_is_not_in_does_not_leave()
    {
        Assert.Equal(new NotCheckedIn(), Leave("09:30").Refusal);
        Arrive("09:00");
        Leave("10:00");
        Assert.Equal(new NotCheckedIn(), Leave("10:30").Refusal);
    }

    [Fact]
    public void Nobody_leaves_before_coming_whatever_the_clocks_say()
    {
        Arrive("09:00");
        Assert.Equal(Saturday.At("09:00"), Leave("08:58").Value!.At);
        Assert.Null(Assert.Single(_attendance.Intervals).Span);
        Assert.Null(_attendance.Open);
    }

    [Fact]
    public void Repeating_a_check_in_answers_the_same_and_changes_nothing()
    {
        var arrival = Moment("08:55");
        var first = Arrive(arrival);
        Assert.Equal(first, Arrive(arrival));
        Assert.Equal(first, Arrive(arrival with { OccurredAt = Saturday.At("08:56"), ReceivedAt = Saturday.At("10:00") }));
        Assert.Single(_attendance.Intervals);
    }

    [Fact]
    public void A_check_in_that_is_repeated_after_check_in_closed_or_after_leaving_answers_the_same()
    {
        var arrival = Moment("08:55");
        var first = Arrive(arrival);
        Leave("11:00");
        Assert.Equal(first, Arrive(arrival with { OccurredAt = Saturday.At("13:00") }));
        Assert.Equal(first, _attendance.Arrive(arrival, [], CheckInPolicy.Default, byLeader: false));
        Assert.Null(_attendance.Open);
    }

    [Fact]
    public void Repeating_a_sign_out_answers_the_same_and_closes_nothing_else()
    {
        Arrive("08:55");
        var departure = Moment("10:00");
        var first = _attendance.Leave(departure);
        Arrive("10:10");
        Assert.Equal(first, _attendance.Leave(departure));
        Assert.NotNull(_attendance.Open);
    }

    [Fact]
    public void A_request_that_was_never_told_has_no_answer() =>
        Assert.Null(_attendance.Answered(Guid.CreateVersion7()));

    [Fact]
    public void Coming_back_more_than_twice_goes_through_the_leader()
    {
        string[] ins = ["09:00", "09:20", "09:40"];
        foreach (var at in ins)
        {
            Assert.False(Arrive(at).Refused);
            Leave(at);
        }

        Assert.Equal(new TooManyIntervals(3), Arrive("10:00").Refusal);
        Assert.False(_attendance.Arrive(Moment("10:00"), [Morning], CheckInPolicy.Default, byLeader: true).Refused);
    }

    [Fact]
    public void What_was_taken_back_does_not_count_towards_the_most_intervals()
    {
        for (var i = 0; i < Attendance.MostIntervals; i++) TakeBack(Arrive("09:00").Value!.IntervalId, leaving: false);
        Assert.False(Arrive("09:10").Refused);
    }

    [Fact]
    public void A_way_in_that_is_taken_back_stays_annulled()
    {
        var id = Arrive("09:00").Value!.IntervalId;
        Assert.False(TakeBack(id, leaving: false).Refused);
        Assert.False(_attendance.HasArrived);
        Assert.Null(_attendance.Open);
        var annulled = Assert.Single(_attendance.Intervals);
        Assert.Equal(Saturday.At("12:30"), annulled.AnnulledAt);
        Assert.Equal(Saturday.At("09:00"), annulled.In.OccurredAt);
    }

    [Fact]
    public void A_way_out_that_is_taken_back_leaves_the_person_in_since_they_came()
    {
        var arrival = Moment("09:00");
        Arrive(arrival);
        var left = Leave("10:00").Value!;
        Assert.False(TakeBack(left.IntervalId, leaving: true).Refused);
        Assert.Equal(2, _attendance.Intervals.Count);
        Assert.Equal(arrival, _attendance.Open!.In);
        Assert.NotEqual(left.IntervalId, _attendance.Open.Id);

        Leave("11:00");
        Assert.Equal([null, Morning], _attendance.Intervals.Select(i => i.Span));
    }

    [Fact]
    public void Requests_answer_the_same_after_what_they_told_was_taken_back()
    {
        var (arrival, departure) = (Moment("09:00"), Moment("10:00"));
        var arrived = Arrive(arrival);
        var left = _attendance.Leave(departure);
        TakeBack(left.Value!.IntervalId, leaving: true);
        Assert.Equal(arrived, Arrive(arrival));
        Assert.Equal(left, _attendance.Leave(departure));
        Assert.NotNull(_attendance.Open);
    }

    [Fact]
    public void A_second_tap_takes_nothing_else_back()
    {
        Arrive("09:00");
        var id = Leave("10:00").Value!.IntervalId;
        TakeBack(id, leaving: true);
        Assert.Equal(new NothingToTakeBack(), TakeBack(id, leaving: true).Refusal);
        Assert.NotNull(_attendance.Open);
    }

    [Fact]
    public void Only_the_way_that_is_meant_is_taken_back()
    {
        var id = Arrive("09:00").Value!.IntervalId;
        Assert.Equal(new NothingToTakeBack(), TakeBack(id, leaving: true).Refusal);
        Leave("10:00");
        Assert.Equal(new NothingToTakeBack(), TakeBack(id, leaving: false).Refusal);
        Assert.Equal(new NothingToTakeBack(), TakeBack(IntervalId.New(), leaving: true).Refusal);
        Assert.Equal(Saturday.From("09:00", "10:00"), Assert.Single(_attendance.Intervals).Span);
    }

    [Fact]
    public void A_way_out_is_not_taken_back_once_the_person_came_again()
    {
        Arrive("09:00");
        var id = Leave("10:00").Value!.IntervalId;
        Arrive("10:10");
        Assert.Equal(new NothingToTakeBack(), TakeBack(id, leaving: true).Refusal);
        Assert.Single(_attendance.Intervals, i => i.IsOpen);
    }

    [Fact]
    public void An_absence_is_noted_and_the_note_can_be_taken_back()
    {
        Assert.False(_attendance.Mark(AbsenceMark.NoShow).Refused);
        Assert.Equal(AbsenceMark.NoShow, _attendance.Absence);
        _attendance.Mark(AbsenceMark.Excused);
        Assert.Equal(AbsenceMark.Excused, _attendance.Absence);
        _attendance.Mark(null);
        Assert.Null(_attendance.Absence);
    }

    [Fact]
    public void Who_came_is_not_marked_absent()
    {
        Arrive("09:00");
        Assert.Equal(new AlreadyCheckedIn(Saturday.At("09:00")), _attendance.Mark(AbsenceMark.NoShow).Refusal);
        Leave("10:00");
        Assert.Equal(new AlreadyCheckedIn(Saturday.At("09:00")), _attendance.Mark(AbsenceMark.Excused).Refusal);
        Assert.Null(_attendance.Absence);
        Assert.False(_attendance.Mark(null).Refused);
    }

    [Fact]
    public void Who_was_checked_in_by_mistake_can_be_marked_absent()
    {
        TakeBack(Arrive("09:00").Value!.IntervalId, leaving: false);
        Assert.False(_attendance.Mark(AbsenceMark.NoShow).Refused);
        Assert.Equal(AbsenceMark.NoShow, _attendance.Absence);
    }

    [Fact]
    public void Coming_after_all_takes_the_absence_back()
    {
        _attendance.Mark(AbsenceMark.NoShow);
        Arrive("10:40");
        Assert.Null(_attendance.Absence);
    }

    [Fact]
    public void An_arrival_that_is_refused_leaves_the_absence_as_it_is()
    {
        _attendance.Mark(AbsenceMark.NoShow);
        Arrive("13:00");
        Assert.Equal(AbsenceMark.NoShow, _attendance.Absence);
    }

    [Fact]
    public void Someone_expected_is_missing_once_they_are_late()
    {
        Assert.Equal(Presence.Expected, PresenceAt(Saturday.At("09:10").AddTicks(-1), null));
        Assert.Equal(Presence.Missing, PresenceAt(Saturday.At("09:10"), null));
        Assert.Equal(Presence.Missing, PresenceAt(Saturday.At("09:10"), _attendance));
    }

    [Fact]
    public void Presence_follows_the_ways_in_and_out()
    {
        var id = Arrive("09:30").Value!.IntervalId;
        Assert.Equal(Presence.Present, PresenceAt(Saturday.At("10:00"), _attendance));
        Leave("10:30");
        Assert.Equal(Presence.Completed, PresenceAt(Saturday.At("10:30"), _attendance));
        TakeBack(id, leaving: true);
        Assert.Equal(Presence.Present, PresenceAt(Saturday.At("10:40"), _attendance));
        TakeBack(_attendance.Open!.Id, leaving: false);
        Assert.Equal(Presence.Missing, PresenceAt(Saturday.At("10:50"), _attendance));
    }

    [Theory]
    [InlineData(AbsenceMark.NoShow, Presence.NoShow)]
    [InlineData(AbsenceMark.Excused, Presence.Excused)]
    public void A_mark_says_why_someone_is_not_here(AbsenceMark mark, Presence presence)
    {
        _attendance.Mark(mark);
        Assert.Equal(presence, PresenceAt(Saturday.At("08:00"), _attendance));
        Assert.Equal(presence, PresenceAt(Saturday.At("10:00"), _attendance));
    }

    private static AttendanceMoment Moment(string at) =>
        new(Saturday.At(at), Saturday.At(at), Guid.CreateVersion7(), EvidenceKind.RotatingQr, Lina);

    private static Presence PresenceAt(DateTimeOffset now, Attendance? attendance) =>
        PresenceOf.At(Morning, attendance, now, CheckInPolicy.Default);

    private Outcome<AttendanceReceipt> Arrive(string at) => Arrive(Moment(at));

    private Outcome<AttendanceReceipt> Arrive(AttendanceMoment moment) =>
        _attendance.Arrive(moment, [Morning], CheckInPolicy.Default, byLeader: false);

    private Outcome<AttendanceReceipt> Leave(string at) => _attendance.Leave(Moment(at));

    private Outcome TakeBack(IntervalId id, bool leaving) => _attendance.TakeBack(id, leaving, Saturday.At("12:30"));
}
