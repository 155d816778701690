using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Requests;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Features.Requests;
using VolunteerHub.Web.Features.Today;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Tests.Jobs;

/// <summary>A request on its way through the community: who sees it, who does what, and what is kept.</summary>
public sealed class RequestJobsTests
{
    private const string Ticket = "a-ticket";

    private static RequestForm Typed => new() { Kind = RequestKind.Health, Need = "母亲腿脚不便，想请人上门量血压", Place = "东院 3 号楼", Suits = "周末上午", Phone = "139 0470 5566" };

    [Fact]
    public async Task A_request_gets_a_number_deadlines_in_working_days_and_a_sealed_phone()
    {
        await using var hub = await TestHub.CreateAsync();
        var token = (await hub.Get<AskForService>().RunAsync(Typed, Ticket)).Value!;
        var second = (await hub.Get<AskForService>().RunAsync(Typed, "another-ticket")).Value!;
        Assert.NotEqual(token, second);
        var request = await hub.LookAsync(db => db.Requests.OrderBy(r => r.Number).FirstAsync());
        // Saturday; three and ten working days from Monday on.
        Assert.Equal(("2026-D0001", new DateOnly(2026, 12, 2), new DateOnly(2026, 12, 11)), (request.Number, request.AcceptBy, request.CloseBy));
        Assert.Equal(["2026-D0001", "2026-D0002"], await hub.LookAsync(db => db.Requests.OrderBy(r => r.Number).Select(r => r.Number).ToListAsync()));
        foreach (var table in new[] { "Requests", "RequestSteps", "AuditLines" })
            Assert.Equal(0, await hub.CountAsync($"{table} WHERE {(table == "Requests" ? "PhoneCipher" : table == "AuditLines" ? "Changes" : "Note")} LIKE '%5566%'"));
        Assert.Equal(0, await hub.CountAsync("AuditLines WHERE Changes LIKE '%血压%' OR Changes LIKE '%东院%' OR Changes LIKE '%" + token + "%'"));
        Assert.All(hub.Log.All, line => Assert.DoesNotContain("5566", line, StringComparison.Ordinal));
        Assert.NotEqual(token, request.TokenHash);
    }

    [Fact]
    public async Task The_same_form_sent_twice_asks_once()
    {
        await using var hub = await TestHub.CreateAsync();
        var (first, again) = ((await hub.Get<AskForService>().RunAsync(Typed, Ticket)).Value, (await hub.Get<AskForService>().RunAsync(Typed, Ticket)).Value);
        Assert.Equal(first, again);
        Assert.Equal(1, await hub.CountAsync("Requests"));
        // Something else on the same page is something else.
        Assert.NotEqual(first, (await hub.Get<AskForService>().RunAsync(Typed with { Need = "想借轮椅" }, Ticket)).Value);
    }

    [Fact]
    public async Task Leaders_see_what_is_with_their_teams_and_what_they_entered()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var entered = (await hub.Get<EnterRequest>().RunAsync(cast.LeaderOfCare, Typed with { Source = RequestSource.Visit })).Value!;
        Assert.Equal(["2026-D0002", "2026-D0003"], await NumbersOfAsync(cast.LeaderOfHealth));
        Assert.Equal([entered.Number], await NumbersOfAsync(cast.LeaderOfCare));
        Assert.Empty(await NumbersOfAsync(cast.LeaderOfLaw));
        Assert.Equal(4, (await NumbersOfAsync(cast.Auditor)).Count);
        // Who entered it looks and hands over the link; the number is for who does it.
        var details = (await hub.Get<RequestDetails>().LoadAsync(cast.LeaderOfCare, entered.Id)).Value!;
        Assert.Equal((new RequestRightsView(false, false, true, false), null), (details.May, details.Phone));
        Assert.IsType<NotAllowed>((await hub.Get<RevealCaller>().RunAsync(cast.LeaderOfCare, entered.Id)).Refusal);

        async Task<List<string>> NumbersOfAsync(Actor actor) =>
            [.. (await hub.Get<RequestList>().LoadAsync(actor, new RequestFilter())).Value!.Requests.Select(r => r.Number)];
    }

    [Fact]
    public async Task A_team_that_gave_a_request_back_does_not_see_it_any_more()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        Assert.Equal("139****5566", (await hub.Get<RequestDetails>().LoadAsync(cast.LeaderOfHealth, cast.Sent)).Value!.Phone);
        Assert.False((await hub.Get<HandBackRequest>().RunAsync(cast.LeaderOfHealth, cast.Sent, "本周没有护士")).Refused);
        Assert.IsType<NotAllowed>((await hub.Get<RequestDetails>().LoadAsync(cast.LeaderOfHealth, cast.Sent)).Refusal);
        var details = (await hub.Get<RequestDetails>().LoadAsync(cast.Coordinator, cast.Sent)).Value!;
        Assert.Equal((RequestStatus.HandedBack, "本周没有护士", "王芳"), (details.Card.Status, details.Steps[0].Note, details.Steps[0].By));
    }

    [Fact]
    public async Task The_number_is_shown_to_who_does_it_and_the_audit_tells_of_it()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        Assert.Equal(Asked.Phone, (await hub.Get<RevealCaller>().RunAsync(cast.LeaderOfHealth, cast.Sent)).Value);
        var line = await hub.LookAsync(db => db.AuditLines.SingleAsync(l => l.Action == AuditActions.Revealed));
        Assert.Equal(("ServiceRequest", cast.Sent.ToString(), cast.LeaderOfHealth.Id.Value), (line.Subject, line.SubjectId, line.ActorId));
        Assert.DoesNotContain("5566", line.Changes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_is_planned_for_a_request_does_it()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var run = (await hub.Get<PlanRun>().RunAsync(cast.LeaderOfHealth, null, cast.NewPlan, 0, cast.Accepted)).Value;
        var request = await hub.RequestAsync(cast.Accepted);
        Assert.Equal((RequestStatus.InHand, (RunId?)run), (request.Status, request.RunId));
        Assert.Equal(run, request.Steps[^1].RunId);
    }

    [Fact]
    public async Task A_run_that_cannot_do_the_request_is_not_planned_either()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var before = await hub.CountAsync("Runs");
        Assert.IsType<RequestIsElsewhere>((await hub.Get<PlanRun>().RunAsync(cast.LeaderOfHealth, null, cast.NewPlan, 0, cast.Sent)).Refusal);
        Assert.Equal(before, await hub.CountAsync("Runs"));
    }

    [Fact]
    public async Task A_request_is_attached_to_a_run_ahead_of_the_team_and_to_no_other()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var other = await hub.RunAsync(new RunSketch(cast.Care, new PostSketch("陪伴")) { Day = hub.Today.AddDays(1) });
        var offered = (await hub.Get<RequestDetails>().LoadAsync(cast.LeaderOfHealth, cast.Accepted)).Value!.Runs;
        Assert.Equal([cast.Run.Id, cast.Next.Id], offered.Select(r => r.Id));
        Assert.IsType<RunOfAnotherTeam>((await hub.Get<AttachRun>().RunAsync(cast.Coordinator, cast.Accepted, other.Id)).Refusal);
        Assert.IsType<RunNotFound>((await hub.Get<AttachRun>().RunAsync(cast.LeaderOfHealth, cast.Accepted, RunId.New())).Refusal);
        Assert.False((await hub.Get<AttachRun>().RunAsync(cast.LeaderOfHealth, cast.Accepted, cast.Next.Id)).Refused);
    }

    [Fact]
    public async Task What_is_sent_to_a_closed_team_or_no_team_is_not_sent()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        Assert.IsType<TeamNotFound>((await hub.Get<DispatchRequest>().RunAsync(cast.Coordinator, cast.Waiting.Id, TeamId.New(), RequestKind.Care, BeneficiaryGroups.None)).Refusal);
        await hub.ChangeAsync(db => db.Teams.Single(t => t.Id == cast.Care.Id).Close(hub.Today));
        Assert.IsType<TeamClosed>((await hub.Get<DispatchRequest>().RunAsync(cast.Coordinator, cast.Waiting.Id, cast.Care.Id, RequestKind.Care, BeneficiaryGroups.None)).Refusal);
        Assert.Equal(RequestStatus.New, (await hub.RequestAsync(cast.Waiting.Id)).Status);
    }

    [Fact]
    public async Task A_new_link_takes_the_place_of_the_old_one()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        Assert.False((await hub.Get<RequestByLink>().LoadAsync(cast.Waiting.Token)).Refused);
        var renewed = (await hub.Get<RenewRequestLink>().RunAsync(cast.Coordinator, cast.Waiting.Id)).Value!;
        Assert.IsType<LinkOver>((await hub.Get<RequestByLink>().LoadAsync(cast.Waiting.Token)).Refusal);
        Assert.IsType<LinkOver>((await hub.Get<WithdrawByLink>().RunAsync(cast.Waiting.Token)).Refusal);
        Assert.Equal("2026-D0001", (await hub.Get<RequestByLink>().LoadAsync(renewed)).Value!.Number);
    }

    [Fact]
    public async Task The_board_counts_each_column_and_marks_what_waits_too_long()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        hub.GoTo(hub.Now.AddDays(5));
        await hub.RequestAsync();
        var board = (await hub.Get<RequestBoard>().LoadAsync(cast.Coordinator, new RequestFilter())).Value!;
        Assert.Equal([(RequestStage.ToDispatch, 2), (RequestStage.Dispatched, 1), (RequestStage.InHand, 1), (RequestStage.Done, 1), (RequestStage.Rated, 0)], board.Columns.Select(c => (c.Stage, c.Total)));
        Assert.Equal([(5, true), (0, false)], board.Columns[0].Cards.Select(c => (c.Days, c.Overdue)));
        Assert.False(board.Columns[2].Cards[0].Overdue);
        Assert.Equal(2, board.Overdue);
        var late = (await hub.Get<RequestBoard>().LoadAsync(cast.Coordinator, new RequestFilter(Overdue: true))).Value!;
        Assert.Equal([1, 1, 0, 0, 0], late.Columns.Select(c => c.Total));
    }

    [Fact]
    public async Task The_list_goes_on_where_the_page_before_ended_and_finds_a_number_wherever_it_stands()
    {
        await using var hub = await TestHub.CreateAsync();
        var coordinator = await hub.CoordinatorAsync();
        for (var i = 0; i < RequestList.PageSize + 3; i++) await hub.RequestAsync();
        var first = (await hub.Get<RequestList>().LoadAsync(coordinator, new RequestFilter())).Value!;
        Assert.Equal((RequestList.PageSize, "2026-D0050"), (first.Requests.Count, first.After));
        var second = (await hub.Get<RequestList>().LoadAsync(coordinator, new RequestFilter(), first.After)).Value!;
        Assert.Equal(["2026-D0051", "2026-D0052", "2026-D0053"], second.Requests.Select(r => r.Number));
        Assert.Null(second.After);
        var gone = first.Requests[11];
        await hub.Get<WithdrawRequest>().RunAsync(coordinator, gone.Id, "来电说不需要了");
        Assert.Empty((await hub.Get<RequestList>().LoadAsync(coordinator, new RequestFilter(Stage: RequestStage.ToDispatch, Number: "D0012"))).Value!.Requests);
        Assert.Equal(RequestStatus.Withdrawn, (await hub.Get<RequestList>().LoadAsync(coordinator, new RequestFilter(Number: "D0012"))).Value!.Requests.Single().Status);
    }

    [Fact]
    public async Task Today_tells_the_coordinator_what_to_send_and_leaders_what_to_accept()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        Assert.Equal(new WaitingRequests(1, 1, 0), (await hub.Get<TodayOverview>().LoadAsync(cast.Coordinator)).Value!.Requests);
        Assert.Equal(new WaitingRequests(0, 1, 0), (await hub.Get<TodayOverview>().LoadAsync(cast.LeaderOfHealth)).Value!.Requests);
        Assert.Equal(new WaitingRequests(0, 0, 0), (await hub.Get<TodayOverview>().LoadAsync(cast.LeaderOfLaw)).Value!.Requests);
        Assert.Equal(new WaitingRequests(0, 0, 0), (await hub.Get<TodayOverview>().LoadAsync(cast.Auditor)).Value!.Requests);
        hub.GoTo(hub.Now.AddDays(30));
        Assert.Equal(new WaitingRequests(0, 1, 2), (await hub.Get<TodayOverview>().LoadAsync(cast.LeaderOfHealth)).Value!.Requests);
    }
}
