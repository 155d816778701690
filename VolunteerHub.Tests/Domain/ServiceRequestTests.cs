using VolunteerHub.Domain.Calendar;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Requests;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;

namespace VolunteerHub.Tests.Domain;

/// <summary>点单 → 派单 → 接单 → 办理 → 办结 → 评单, and the ways out of it.</summary>
public sealed class ServiceRequestTests
{
    private static readonly DateTimeOffset Now = TestHub.Morning;
    private static readonly DateOnly Today = TestHub.DayOf(Now);
    private static readonly VolunteerId Somebody = VolunteerId.New();
    private static readonly TeamId Team = The.HealthTeam;

    private static readonly RequestResult Done = new("已上门量血压", null, Today);

    [Fact]
    public void A_request_goes_from_asking_to_rating_and_keeps_each_step()
    {
        var request = Asked.Request(Now);
        Assert.Equal((RequestStatus.New, null), (request.Status, request.TeamId));
        Assert.False(request.Dispatch(Team, Somebody, Now).Refused);
        Assert.Equal((RequestStatus.Dispatched, (TeamId?)Team), (request.Status, request.TeamId));
        Assert.False(request.Accept(Somebody, Now).Refused);
        Assert.False(request.Attach(RunOf(Team), Somebody, Now).Refused);
        Assert.Equal(RequestStatus.InHand, request.Status);
        Assert.False(request.Close(Done, Somebody, Now, Today).Refused);
        Assert.Equal((RequestStatus.Closed, "已上门量血压", (DateOnly?)Today), (request.Status, request.Result, request.ClosedOn));
        Assert.False(request.Rate(5, "很贴心", Now, TestHub.Zone).Refused);
        Assert.Equal((RequestStatus.Rated, (int?)5, "很贴心"), (request.Status, request.Stars, request.RatingWords));
        Assert.Equal(
            [RequestAction.Received, RequestAction.Dispatched, RequestAction.Accepted, RequestAction.Attached, RequestAction.Closed, RequestAction.Rated],
            request.Steps.Select(s => s.Action));
        Assert.Equal([null, Somebody, Somebody, Somebody, Somebody, null], request.Steps.Select(s => s.By));
    }

    [Fact]
    public void A_team_that_gives_a_request_back_says_why_and_another_team_may_get_it()
    {
        var request = Asked.Request(Now);
        request.Dispatch(Team, Somebody, Now);
        Assert.IsType<RequestReasonMissing>(request.HandBack(" ", Somebody, Now).Refusal);
        Assert.False(request.HandBack("本周没有护士", Somebody, Now).Refused);
        Assert.Equal((RequestStatus.HandedBack, null), (request.Status, request.TeamId));
        Assert.Equal(("本周没有护士", (TeamId?)Team), (request.Steps[^1].Note, request.Steps[^1].TeamId));
        Assert.False(request.Dispatch(The.LawTeam, Somebody, Now).Refused);
    }

    [Fact]
    public void Giving_a_request_back_does_not_make_it_younger()
    {
        var request = Asked.Request(Now);
        var due = request.DueOn;
        request.Dispatch(Team, Somebody, Now);
        request.HandBack("不在服务范围", Somebody, Now.AddDays(2));
        Assert.Equal(due, request.DueOn);
    }

    [Fact]
    public void Until_a_team_accepts_it_may_be_sent_to_another_but_not_twice_to_the_same()
    {
        var request = Asked.Request(Now);
        request.Dispatch(Team, Somebody, Now);
        Assert.IsType<RequestIsThereAlready>(request.Dispatch(Team, Somebody, Now).Refusal);
        Assert.False(request.Dispatch(The.LawTeam, Somebody, Now).Refused);
        request.Accept(Somebody, Now);
        Assert.Equal(new RequestIsElsewhere(RequestStatus.Accepted), request.Dispatch(Team, Somebody, Now).Refusal);
    }

    [Fact]
    public void Only_a_run_of_the_team_that_is_not_over_and_not_cancelled_does_a_request()
    {
        var request = Asked.Request(Now);
        request.Dispatch(Team, Somebody, Now);
        Assert.IsType<RequestIsElsewhere>(request.Attach(RunOf(Team), Somebody, Now).Refusal);
        request.Accept(Somebody, Now);
        Assert.IsType<RunOfAnotherTeam>(request.Attach(RunOf(The.LawTeam), Somebody, Now).Refusal);
        Assert.IsType<RunIsOver>(request.Attach(RunOf(Team, Now.AddDays(-1)), Somebody, Now).Refusal);
        Assert.False(request.Attach(RunOf(The.LawTeam, co: Team), Somebody, Now).Refused);
    }

    [Fact]
    public void A_request_is_closed_with_what_came_of_it_and_not_before_it_was_asked()
    {
        var request = Accepted();
        Assert.IsType<RequestResultMissing>(request.Close(Done with { Words = " " }, Somebody, Now, Today).Refusal);
        Assert.IsType<RequestDayInvalid>(request.Close(Done with { On = Today.AddDays(1) }, Somebody, Now, Today).Refusal);
        Assert.IsType<RequestDayInvalid>(request.Close(Done with { On = Today.AddDays(-1) }, Somebody, Now, Today).Refusal);
        Assert.Equal(RequestStatus.Accepted, request.Status);
    }

    [Fact]
    public void Of_a_mediation_dates_and_result_are_kept_and_no_words()
    {
        var calendar = new WorkCalendar([]);
        var wordy = Asked.Entry(RequestKind.Mediation) with { Need = "楼上漏水" };
        Assert.IsType<MediationTakesNoWords>(ServiceRequest.Receive(wordy, "2026-D0001", "x", null, Now, Today, calendar).Refusal);
        var opened = Asked.Entry(RequestKind.Mediation) with { OpenedOn = Today.AddDays(-6) };
        var request = ServiceRequest.Receive(opened, "2026-D0001", "x", Somebody, Now, Today, calendar).Value!;
        request.Dispatch(Team, Somebody, Now);
        request.Accept(Somebody, Now);
        Assert.IsType<RequestResultMissing>(request.Close(new RequestResult(null, null, Today), Somebody, Now, Today).Refusal);
        Assert.IsType<MediationTakesNoWords>(request.Close(new RequestResult("双方谈妥", MediationResult.Settled, Today), Somebody, Now, Today).Refusal);
        Assert.False(request.Close(new RequestResult(null, MediationResult.Partly, Today.AddDays(-2)), Somebody, Now, Today).Refused);
        Assert.Equal((Today.AddDays(-6), (DateOnly?)Today.AddDays(-2), (MediationResult?)MediationResult.Partly), (request.OpenedOn, request.ClosedOn, request.MediationResult));
        Assert.IsType<MediationTakesNoWords>(request.Rate(4, "调得好", Now, TestHub.Zone).Refusal);
        Assert.False(request.Rate(4, null, Now, TestHub.Zone).Refused);
    }

    [Fact]
    public void What_was_written_of_what_turns_out_to_be_a_mediation_goes()
    {
        var request = Asked.Request(Now, Asked.Entry(RequestKind.Law, "和邻居为噪音争执"));
        Assert.False(request.Classify(RequestKind.Mediation, BeneficiaryGroups.PeopleInNeed, Somebody, Now).Refused);
        Assert.Equal((RequestKind.Mediation, null, BeneficiaryGroups.PeopleInNeed), (request.Kind, request.Need, request.Groups));
    }

    [Fact]
    public void What_says_nothing_or_leaves_no_way_back_or_lies_ahead_is_not_taken()
    {
        Assert.IsType<RequestSaysNothing>(Refused(Asked.Entry() with { Need = " " }));
        Assert.IsType<RequestHasNoWayBack>(Refused(Asked.Entry() with { Comes = false }));
        Assert.IsType<RequestDayInvalid>(Refused(Asked.Entry() with { OpenedOn = Today.AddDays(1) }));

        static Refusal? Refused(RequestEntry entry) => ServiceRequest.Receive(entry, "2026-D0001", "x", null, Now, Today, new WorkCalendar([])).Refusal;
    }

    [Fact]
    public void A_rating_has_one_to_five_stars_and_can_be_changed_for_seven_days()
    {
        var request = Accepted();
        Assert.IsType<RequestIsElsewhere>(request.Rate(5, null, Now, TestHub.Zone).Refusal);
        request.Close(Done, Somebody, Now, Today);
        Assert.IsType<RatingInvalid>(request.Rate(0, null, Now, TestHub.Zone).Refusal);
        Assert.IsType<RatingInvalid>(request.Rate(6, null, Now, TestHub.Zone).Refusal);
        // A year later is early enough for the first one.
        var later = Now.AddYears(1);
        Assert.False(request.Rate(3, "还行", later, TestHub.Zone).Refused);
        Assert.False(request.Rate(4, null, later.AddDays(7), TestHub.Zone).Refused);
        Assert.Equal(new RatingStands(TestHub.DayOf(later).AddDays(7)), request.Rate(5, null, later.AddDays(8), TestHub.Zone).Refusal);
        Assert.Equal((4, null), (request.Stars, request.RatingWords));
        Assert.Equal(2, request.Steps.Count(s => s.Action == RequestAction.Rated));
    }

    [Fact]
    public void Who_refuses_or_withdraws_says_why_and_the_resident_need_not()
    {
        Assert.IsType<RequestReasonMissing>(Asked.Request(Now).Refuse("", Somebody, Now).Refusal);
        Assert.IsType<RequestReasonMissing>(Asked.Request(Now).Withdraw("", Somebody, Now).Refusal);
        Assert.IsType<RequestIsElsewhere>(Accepted().Refuse("超出范围", Somebody, Now).Refusal);
        var refused = Asked.Request(Now);
        Assert.False(refused.Refuse("属于物业维修", Somebody, Now).Refused);
        Assert.Equal((RequestStatus.Refused, "属于物业维修", null), (refused.Status, refused.EndedBecause, refused.DueOn));
        var withdrawn = Accepted();
        Assert.False(withdrawn.Withdraw(null, null, Now).Refused);
        Assert.IsType<RequestIsElsewhere>(withdrawn.Accept(Somebody, Now).Refusal);
        Assert.IsType<RequestIsElsewhere>(withdrawn.Withdraw(null, null, Now).Refusal);
    }

    [Fact]
    public void Deadlines_count_working_days_across_a_holiday()
    {
        // Tuesday 2026-09-29; the National Day holiday lies between, and a Saturday after it is worked.
        var day = new DateOnly(2026, 9, 29);
        var off = Enumerable.Range(0, 7).Select(i => new HolidayDay(new DateOnly(2026, 10, 1).AddDays(i), "国庆节", true));
        var calendar = new WorkCalendar([HolidayYear.Of(2026, "", [.. off, new HolidayDay(new DateOnly(2026, 10, 10), "国庆节", false)]).Value!]);
        Assert.Equal((new DateOnly(2026, 10, 9), new DateOnly(2026, 10, 19)), RequestDeadlines.Of(day, calendar));
    }

    [Fact]
    public void It_waits_too_long_from_the_day_after_its_last_day_and_for_closing_once_it_is_accepted()
    {
        var request = Asked.Request(Now);
        Assert.False(request.IsOverdue(request.AcceptBy));
        Assert.True(request.IsOverdue(request.AcceptBy.AddDays(1)));
        request.Dispatch(Team, Somebody, Now);
        Assert.True(request.IsOverdue(request.AcceptBy.AddDays(1)));
        request.Accept(Somebody, Now);
        Assert.False(request.IsOverdue(request.CloseBy));
        Assert.True(request.IsOverdue(request.CloseBy.AddDays(1)));
        request.Close(Done, Somebody, Now, Today);
        Assert.False(request.IsOverdue(request.CloseBy.AddYears(1)));
    }

    private static ServiceRequest Accepted()
    {
        var request = Asked.Request(Now);
        request.Dispatch(Team, Somebody, Now);
        request.Accept(Somebody, Now);
        return request;
    }

    internal static ServiceRun RunOf(TeamId host, DateTimeOffset? start = null, TeamId? co = null)
    {
        var slot = new TimeSlot(start ?? Now.AddDays(2), (start ?? Now.AddDays(2)).AddHours(2));
        var plan = new RunPlan("上门量血压", ServiceLine.Health, HelpTargets.Elderly, host, co is { } other ? [other] : [], The.Square, null, null, [new ShiftPlan(null, slot, [new PostPlan(null, "血压", 1, 2)])]);
        return ServiceRun.Plan(plan, Guid.CreateVersion7().ToString()).Value!;
    }
}
