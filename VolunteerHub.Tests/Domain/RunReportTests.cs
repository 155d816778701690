using VolunteerHub.Domain.Calendar;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using static VolunteerHub.Tests.Support.Weekend;

namespace VolunteerHub.Tests.Domain;

/// <summary>A run is over, is reported, and is a record from then on.</summary>
public sealed class RunReportTests
{
    private static readonly TimeSlot Morning = Saturday.From("09:00", "11:00");
    private static readonly RunReportFacts Good = new(32, 40, 20, 19, "量血压 40 人次。");

    private readonly ServiceRun _run = A.Run().WithShift(Morning, A.Post("导诊")).AsPublished(Thursday.At("20:00"));

    [Fact]
    public void A_run_that_is_over_is_completed_by_its_report()
    {
        Assert.False(_run.Complete(Good, The.Leader, Saturday.At("11:00")).Refused);
        Assert.Equal((RunStatus.Completed, 32, 40, 95), (_run.Status, _run.Report!.People, _run.Report.Times, _run.Report.SatisfiedPercent));
    }

    [Fact]
    public void A_run_that_goes_on_is_not_completed() =>
        Assert.Equal(new RunNotOver(Morning.End), _run.Complete(Good, The.Leader, Saturday.At("10:59")).Refusal);

    [Fact]
    public void A_draft_is_not_completed() =>
        Assert.Equal(new RunNotPublished(), A.Run().WithShift(Morning, A.Post("导诊")).AsDraft().Complete(Good, The.Leader, Sunday.At("09:00")).Refusal);

    [Fact]
    public void A_run_that_was_called_off_is_not_completed()
    {
        _run.Cancel("暴雪", The.Leader, Friday.At("08:00"));
        Assert.Equal(new RunIsCancelled("暴雪"), _run.Complete(Good, The.Leader, Sunday.At("09:00")).Refusal);
    }

    [Fact]
    public void A_completed_run_is_neither_completed_again_nor_revised_moved_staffed_or_called_off()
    {
        _run.Complete(Good, The.Leader, Sunday.At("09:00"));
        Assert.Equal(new RunIsCompleted(), _run.Complete(Good, The.Leader, Sunday.At("09:00")).Refusal);
        Assert.Equal(new RunIsCompleted(), _run.Revise(_run.AsPlan(), Sunday.At("09:00")).Refusal);
        Assert.Equal(new RunIsCompleted(), _run.Reschedule(Monday.At("09:00"), _run.PlanVersion, new Dictionary<VolunteerId, Candidate>(), The.Leader, Sunday.At("09:00"), Shanghai).Refusal);
        Assert.Equal(new RunIsCompleted(), _run.Cancel("暴雪", The.Leader, Sunday.At("09:00")).Refusal);
        Assert.Equal(new RunIsCompleted(), _run.Assign(A.Volunteer().InHealthTeam(), "导诊", Sunday.At("09:00")).Refusal);
        Assert.Equal(RunStatus.Completed, _run.Status);
    }

    [Fact]
    public void A_report_is_corrected_and_who_filed_it_stays()
    {
        _run.Complete(Good, The.Leader, Sunday.At("09:00"));
        Assert.False(_run.Correct(Good with { People = 33 }).Refused);
        Assert.Equal((33, The.Leader, Sunday.At("09:00")), (_run.Report!.People, _run.Report.FiledBy, _run.Report.FiledAt));
    }

    [Fact]
    public void A_report_that_cannot_be_is_refused_and_the_run_stays_open()
    {
        foreach (var (wrong, because) in new (RunReportFacts, Refusal)[]
        {
            (Good with { Times = 31 }, new TimesBelowPeople(31, 32)),
            (Good with { People = -1 }, new BenefitInvalid(RunReport.MostPeople)),
            (Good with { Satisfied = 21 }, new SatisfiedAboveAsked(21, 20)),
            (Good with { Summary = " " }, new SummaryMissing()),
            (Good with { Summary = new string('好', 501) }, new SummaryTooLong(500)),
        })
            Assert.Equal(because, _run.Complete(wrong, The.Leader, Sunday.At("09:00")).Refusal);
        Assert.Equal((RunStatus.Published, null), (_run.Status, _run.Report));
    }

    [Fact]
    public void Where_nobody_was_asked_there_is_no_share()
    {
        _run.Complete(Good with { Asked = 0, Satisfied = 0 }, The.Leader, Sunday.At("09:00"));
        Assert.Null(_run.Report!.SatisfiedPercent);
    }

    [Fact]
    public void A_report_is_due_ten_working_days_after_the_run_across_a_holiday_and_its_make_up_days()
    {
        // 2026: off from 02-15 to 02-23, worked on Saturday 02-28 (and on 02-14).
        var days = Enumerable.Range(15, 9).Select(d => new HolidayDay(new DateOnly(2026, 2, d), "春节", true)).Append(new HolidayDay(new DateOnly(2026, 2, 28), "春节", false));
        var known = new WorkCalendar([HolidayYear.Of(2026, "", [.. days]).Value!]);
        Assert.Equal(new DateOnly(2026, 3, 4), RunReport.DueAfter(new DateOnly(2026, 2, 11), known));
        Assert.Equal(new DateOnly(2026, 12, 11), RunReport.DueAfter(Saturday, new WorkCalendar([])));
    }
}

/// <summary>入户: who learns where a visit goes, and when.</summary>
public sealed class HomeVisitTests
{
    private static readonly TimeSlot Morning = Saturday.From("09:00", "11:00");
    private static readonly ProtectedText Address = new("sealed");

    private readonly Candidate _lina = A.Volunteer("李娜").InHealthTeam();
    private readonly ServiceRun _run = A.Run().WithShift(Morning, A.Post("探访")).AsPublished(Thursday.At("20:00"));

    [Fact]
    public void Who_said_yes_sees_the_address_from_a_day_before_until_the_end()
    {
        _run.VisitHome(true, Address);
        var seat = _run.Invite(_lina, "探访", Thursday.At("20:00"));
        Assert.False(_run.ShowsAddressTo(seat, Saturday.At("08:00")));
        _run.Yes(seat, Thursday.At("21:00"));
        Assert.False(_run.ShowsAddressTo(seat, Friday.At("08:59")));
        Assert.True(_run.ShowsAddressTo(seat, Friday.At("09:00")));
        Assert.True(_run.ShowsAddressTo(seat, Saturday.At("10:59")));
        Assert.False(_run.ShowsAddressTo(seat, Saturday.At("11:00")));
    }

    [Fact]
    public void With_the_report_the_address_is_forgotten_and_that_it_was_a_visit_is_not()
    {
        _run.VisitHome(true, Address);
        Assert.False(_run.Complete(new RunReportFacts(1, 1, 0, 0, "陪老人聊天。"), The.Leader, Sunday.At("09:00")).Refused);
        Assert.Equal((true, null), (_run.IsHomeVisit, _run.VisitAddress));
    }

    [Fact]
    public void A_no_and_a_seat_that_was_taken_away_see_nothing()
    {
        _run.VisitHome(true, Address);
        var seat = _run.Invite(_lina, "探访", Thursday.At("20:00"));
        _run.No(seat, Thursday.At("21:00"));
        Assert.False(_run.ShowsAddressTo(seat, Saturday.At("08:00")));
    }

    [Fact]
    public void A_visit_needs_an_address_and_one_that_is_none_keeps_none()
    {
        Assert.Equal(new VisitAddressMissing(), _run.VisitHome(true, null).Refusal);
        _run.VisitHome(true, Address);
        Assert.False(_run.VisitHome(false, Address).Refused);
        Assert.Equal((false, null), (_run.IsHomeVisit, _run.VisitAddress));
    }
}

/// <summary>A person whose time changed knows from when to when.</summary>
public sealed class MovedTimeTests
{
    private static readonly TimeSlot Morning = Saturday.From("09:00", "11:00");
    private static readonly TimeSlot Afternoon = Saturday.From("14:00", "16:00");

    private readonly Candidate _lina = A.Volunteer("李娜").InHealthTeam();
    private readonly ServiceRun _run = A.Run().WithShift(Morning, A.Post("导诊")).AsPublished(Thursday.At("20:00"));

    [Fact]
    public void The_time_before_stands_beside_the_new_one_until_it_is_answered()
    {
        var seat = _run.Invite(_lina, "导诊", Thursday.At("20:00"));
        _run.Yes(seat, Thursday.At("20:30"));
        _run.Revise(_run.AsPlan().Moving(Afternoon), Thursday.At("21:00"), _lina);
        Assert.Equal(Morning, seat.MovedFrom);
        _run.Yes(seat, Thursday.At("22:00"));
        Assert.Null(seat.MovedFrom);
    }

    [Fact]
    public void Moved_twice_without_an_answer_it_is_the_first_time_that_the_person_knows()
    {
        var seat = _run.Invite(_lina, "导诊", Thursday.At("20:00"));
        _run.Revise(_run.AsPlan().Moving(Afternoon), Thursday.At("21:00"), _lina);
        _run.Revise(_run.AsPlan().Moving(Sunday.From("09:00", "11:00")), Thursday.At("22:00"), _lina);
        Assert.Equal(Morning, seat.MovedFrom);
        _run.Revise(_run.AsPlan().Moving(Morning), Thursday.At("23:00"), _lina);
        Assert.Null(seat.MovedFrom);
    }

    [Fact]
    public void A_draft_that_moves_was_never_told_another_time()
    {
        var seat = _run.Put(_lina, "导诊", Thursday.At("20:00"));
        _run.Revise(_run.AsPlan().Moving(Afternoon), Thursday.At("21:00"), _lina);
        _run.Publish(Thursday.At("22:00"));
        Assert.Equal((AssignmentStatus.Invited, null), (seat.Status, seat.MovedFrom));
    }
}
