using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Volunteers.Status;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Tests.Jobs;

/// <summary>Somebody pauses, leaves, and comes back.</summary>
public sealed class DepartureTests : IAsyncLifetime
{
    private TestHub _hub = null!;
    private Team _health = null!;
    private Team _care = null!;
    private Actor _coordinator = null!;
    private Actor _leader = null!;

    public async ValueTask InitializeAsync()
    {
        _hub = await TestHub.CreateAsync();
        (_health, _care) = (await _hub.TeamAsync("health"), await _hub.TeamAsync("care"));
        _coordinator = await _hub.CoordinatorAsync();
        _leader = _hub.ActorOf(await _hub.VolunteerAsync("王芳", _health, TeamRole.Leader));
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task Leaving_ends_all_that_lies_ahead_and_says_so_before()
    {
        var who = await _hub.VolunteerAsync("李娜", _health, pin: "2580", also: v => v.IssueCode("code", _hub.Now));
        await _hub.MembershipAsync(who, _care);
        var account = await _hub.AccountAsync(who, null, Roles.Auditor);
        var (next, other, done) = (await RunAsync(who, 3), await RunAsync(who, 4, answered: false), await RunAsync(who, 0, "06:00", "07:00"));
        await _hub.ChangeAsync(db =>
        {
            db.RememberedPhones.Add(new RememberedPhone(who.Id, "phone", _hub.Now));
            db.OneUseLinks.Add(new OneUseLink(LinkUse.Welcome, "link", null, _hub.Now, _hub.Now.AddDays(1), who.Id));
            db.Lendings.Add(Lending.Offer(who.Id, next.Id, _health.Id, _care.Id, _leader.Id, _hub.Now, null));
        });

        var said = (await _hub.Get<DepartureConsequences>().LoadAsync(_coordinator, who.Id, forGood: true)).Value!;
        Assert.Equal((2, 2, 1, true, 1), (said.Duties.Count, said.Teams.Count, said.Lendings, said.HasAccount, said.Phones));
        Assert.False((await _hub.Get<LetVolunteerLeave>().RunAsync(_coordinator, who.Id)).Refused);

        Assert.Equal((AssignmentStatus.Cancelled, AssignmentStatus.Cancelled, AssignmentStatus.Accepted), (await SeatAsync(next, who), await SeatAsync(other, who), await SeatAsync(done, who)));
        Assert.All(await _hub.LookAsync(db => db.Memberships.Where(m => m.VolunteerId == who.Id).ToListAsync()), m => Assert.Equal(_hub.Today, m.Until));
        Assert.Equal(LendingStatus.TakenBack, await _hub.LookAsync(db => db.Lendings.Select(l => l.Status).SingleAsync()));
        Assert.Equal(0, await _hub.CountAsync("RememberedPhones"));
        Assert.Equal(0, await _hub.CountAsync("OneUseLinks WHERE RevokedAt IS NULL"));
        Assert.Equal(0, await _hub.CountAsync($"AspNetUserRoles WHERE UserId='{account.Id.ToString().ToUpperInvariant()}'"));
        Assert.NotEqual(account.SecurityStamp, await _hub.LookAsync(db => db.Users.Where(a => a.Id == account.Id).Select(a => a.SecurityStamp).SingleAsync()));
        var stored = await _hub.StoredAsync(who);
        Assert.Equal((VolunteerStatus.Left, (DateOnly?)_hub.Today, null, null), (stored.Status, stored.LeftOn, stored.PinHash, stored.PersonalCodeHash));
    }

    [Fact]
    public async Task Who_is_signed_in_at_a_run_does_not_leave_nor_pause()
    {
        var who = await _hub.VolunteerAsync("李娜", _health);
        var run = await RunAsync(who, 0);
        await _hub.ArriveAsync(run, who);
        Assert.Equal(new StillSignedIn(run.Title, _hub.Now), (await _hub.Get<LetVolunteerLeave>().RunAsync(_leader, who.Id)).Refusal);
        Assert.IsType<StillSignedIn>((await _hub.Get<PauseVolunteer>().RunAsync(_leader, who.Id)).Refusal);
        Assert.IsType<StillSignedIn>((await _hub.Get<DepartureConsequences>().LoadAsync(_leader, who.Id, forGood: true)).Refusal);
        Assert.Equal(VolunteerStatus.Active, (await _hub.StoredAsync(who)).Status);
        _hub.GoTo(_hub.At("09:30"));
        await _hub.LeaveAsync(run, who);
        Assert.False((await _hub.Get<LetVolunteerLeave>().RunAsync(_leader, who.Id)).Refused);
    }

    [Fact]
    public async Task A_pause_gives_seats_up_and_keeps_memberships_and_everything_can_be_taken_up_again()
    {
        var who = await _hub.VolunteerAsync("李娜", _health, pin: "2580");
        var next = await RunAsync(who, 3);
        Assert.False((await _hub.Get<PauseVolunteer>().RunAsync(_leader, who.Id)).Refused);
        Assert.IsType<NotActive>((await _hub.Get<PauseVolunteer>().RunAsync(_leader, who.Id)).Refusal);
        Assert.Equal(AssignmentStatus.Cancelled, await SeatAsync(next, who));
        Assert.Null(await _hub.LookAsync(db => db.Memberships.Where(m => m.VolunteerId == who.Id).Select(m => m.Until).SingleAsync()));
        Assert.False((await _hub.Get<ResumeVolunteer>().RunAsync(_leader, who.Id)).Refused);
        Assert.IsType<ActiveAlready>((await _hub.Get<ResumeVolunteer>().RunAsync(_leader, who.Id)).Refusal);
        Assert.NotNull((await _hub.StoredAsync(who)).PinHash);
    }

    [Fact]
    public async Task Who_left_comes_back_under_the_same_number_without_the_old_places()
    {
        var who = await _hub.VolunteerAsync("李娜", _health);
        await _hub.Get<LetVolunteerLeave>().RunAsync(_leader, who.Id);
        // Without a membership the person is no leader's any more.
        Assert.IsType<NotAllowed>((await _hub.Get<ResumeVolunteer>().RunAsync(_leader, who.Id)).Refusal);
        Assert.False((await _hub.Get<ResumeVolunteer>().RunAsync(_coordinator, who.Id)).Refused);
        var view = await _hub.RecordAsync(_coordinator, who.Id);
        Assert.Equal((VolunteerStatus.Active, who.Number, (DateOnly?)null), (view.Status, view.Number, view.LeftOn));
        Assert.DoesNotContain(view.Memberships, m => m.InForce);
        Assert.Contains(view.TeamsToJoin, t => t.Id == _health.Id);
    }

    [Fact]
    public async Task A_leader_does_not_send_away_who_is_in_another_team_or_holds_a_role()
    {
        var shared = await _hub.VolunteerAsync("李娜", _health);
        await _hub.MembershipAsync(shared, _care);
        var auditor = await _hub.VolunteerAsync("孙审", _health);
        await _hub.AccountAsync(auditor, null, Roles.Auditor);
        Assert.IsType<NotAllowed>((await _hub.Get<LetVolunteerLeave>().RunAsync(_leader, shared.Id)).Refusal);
        Assert.IsType<NotAllowed>((await _hub.Get<PauseVolunteer>().RunAsync(_leader, auditor.Id)).Refusal);
        var may = (await _hub.RecordAsync(_leader, shared.Id)).May;
        Assert.Equal((true, true, false), (may.Change, may.Pause, may.Leave));
        // A pause takes nothing away from the other team for good.
        Assert.False((await _hub.Get<PauseVolunteer>().RunAsync(_leader, shared.Id)).Refused);
    }

    [Fact]
    public async Task The_last_coordinator_stays()
    {
        Assert.IsType<LastCoordinator>((await _hub.Get<LetVolunteerLeave>().RunAsync(_coordinator, _coordinator.Id)).Refusal);
        Assert.IsType<LastCoordinator>((await _hub.Get<PauseVolunteer>().RunAsync(_coordinator, _coordinator.Id)).Refusal);
        await _hub.CoordinatorAsync("钱多");
        Assert.False((await _hub.Get<LetVolunteerLeave>().RunAsync(_coordinator, _coordinator.Id)).Refused);
    }

    private Task<VolunteerHub.Domain.Runs.ServiceRun> RunAsync(Volunteer who, int days, string from = "09:00", string to = "11:30", bool answered = true) =>
        _hub.RunAsync(new RunSketch(_health, new PostSketch("引导", who)) { Day = _hub.Today.AddDays(days), From = from, To = to, Answered = answered });

    private async Task<AssignmentStatus> SeatAsync(VolunteerHub.Domain.Runs.ServiceRun run, Volunteer who) => (await _hub.LoadAsync(run.Id)).SeatOf(who).Status;
}
