using System.Text;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.MyDuties;
using VolunteerHub.Web.Features.Planner;
using VolunteerHub.Web.Features.Rosters;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Tests.Jobs;

public sealed class InvitationTests
{
    [Fact]
    public async Task Each_unanswered_person_gets_a_link_of_their_own()
    {
        await using var hub = await TestHub.CreateAsync();
        var (leader, run, who) = await InvitedAsync(hub);
        var invitations = (await hub.Get<MakeInvitations>().RunAsync(leader, run.Id)).Value!;
        Assert.Equal(new HashSet<string> { "何云", "李娜" }, invitations.Select(i => i.Name).ToHashSet());
        Assert.Equal(2, invitations.Count);
        Assert.Equal(2, invitations.Select(i => i.Path).Distinct().Count());
        Assert.All(invitations, i => Assert.Matches("^/a/[A-Za-z0-9_-]{22}$", i.Path));
        Assert.All(invitations, i => Assert.Equal((run.Title, run.Shifts[0].Slot, "红石榴驿站", "引导"), (i.Title, i.Slot, i.Site, i.Post)));
        Assert.False((await hub.Get<AnswerInvitation>().RunByLinkAsync(await TokenAsync(hub, leader, run, who), true, null)).Refused);
        Assert.Equal(["何云"], (await hub.Get<MakeInvitations>().RunAsync(leader, run.Id)).Value!.Select(i => i.Name));
    }

    [Fact]
    public async Task A_link_holds_until_the_shift_starts_also_when_the_shift_was_moved()
    {
        await using var hub = await TestHub.CreateAsync();
        var (leader, run, who) = await InvitedAsync(hub);
        var token = await TokenAsync(hub, leader, run, who);
        var plan = (await hub.LoadAsync(run.Id)).AsPlan();
        var later = plan with { Shifts = [.. plan.Shifts.Select(s => s with { Slot = new(s.Slot.Start.AddHours(3), s.Slot.End.AddHours(3)) })] };
        Assert.False((await hub.Get<PlanRun>().RunAsync(leader, run.Id, later, run.PlanVersion)).Refused);
        hub.GoTo(run.StartsAt.AddHours(1));
        Assert.False((await hub.Get<AnswerInvitation>().RunByLinkAsync(token, true, null)).Refused);
        hub.GoTo(run.StartsAt.AddHours(3));
        Assert.Equal(new InvitationOver(), (await hub.Get<InvitationByLink>().LoadAsync(token)).Refusal);
    }

    [Fact]
    public async Task The_audit_names_the_teams_that_take_part()
    {
        await using var hub = await TestHub.CreateAsync();
        var (leader, run, _) = await InvitedAsync(hub);
        var other = await hub.TeamAsync("culture");
        var plan = (await hub.LoadAsync(run.Id)).AsPlan() with { CoTeamIds = [other.Id] };
        Assert.False((await hub.Get<PlanRun>().RunAsync(leader, run.Id, plan, run.PlanVersion)).Refused);
        Assert.Equal(1, await hub.CountAsync($"AuditLines WHERE Subject='ServiceRun' AND Action='Modified' AND Changes LIKE '%{other.Id}%'"));
    }

    [Fact]
    public async Task A_link_shows_its_one_invitation_and_looking_changes_nothing()
    {
        await using var hub = await TestHub.CreateAsync();
        var (leader, run, who) = await InvitedAsync(hub);
        var token = await TokenAsync(hub, leader, run, who);
        var (lines, version) = (await hub.CountAsync("AuditLines"), (await hub.LoadAsync(run.Id)).Version);
        for (var look = 0; look < 3; look++)
        {
            var view = (await hub.Get<InvitationByLink>().LoadAsync(token)).Value!;
            Assert.Equal(("李娜", run.SeatOf(who).Id, AssignmentStatus.Invited), (view.Name, view.Duty!.Id, view.Duty.Status));
        }

        Assert.Equal((lines, version), (await hub.CountAsync("AuditLines"), (await hub.LoadAsync(run.Id)).Version));
    }

    [Fact]
    public async Task A_yes_by_link_is_the_persons_own_yes()
    {
        await using var hub = await TestHub.CreateAsync();
        var (leader, run, who) = await InvitedAsync(hub);
        var token = await TokenAsync(hub, leader, run, who);
        Assert.False((await hub.Get<AnswerInvitation>().RunByLinkAsync(token, true, null)).Refused);
        var seat = (await hub.LoadAsync(run.Id)).SeatOf(who);
        Assert.Equal(AssignmentStatus.Accepted, seat.Status);
        Assert.Equal(who.Id, seat.History[^1].By);
        var line = await hub.LookAsync(db => db.AuditLines.Where(l => l.Subject == "Assignment").OrderByDescending(l => l.Id).FirstAsync());
        Assert.Equal((who.Id.Value, "InvitationLink"), (line.ActorId, line.Via));
        Assert.False((await hub.Get<AnswerInvitation>().RunByLinkAsync(token, true, null)).Refused);
    }

    [Fact]
    public async Task A_no_by_link_wants_a_reason_and_keeps_it()
    {
        await using var hub = await TestHub.CreateAsync();
        var (leader, run, who) = await InvitedAsync(hub);
        var token = await TokenAsync(hub, leader, run, who);
        Assert.IsType<DeclineReasonMissing>((await hub.Get<AnswerInvitation>().RunByLinkAsync(token, false, "  ")).Refusal);
        Assert.Equal(AssignmentStatus.Invited, (await hub.LoadAsync(run.Id)).SeatOf(who).Status);
        Assert.False((await hub.Get<AnswerInvitation>().RunByLinkAsync(token, false, " 孩子生病 ")).Refused);
        var seat = (await hub.LoadAsync(run.Id)).SeatOf(who);
        Assert.Equal((AssignmentStatus.Declined, "孩子生病"), (seat.Status, seat.DeclineReason));
    }

    [Fact]
    public async Task A_yes_is_taken_back_by_link_until_a_day_before()
    {
        await using var hub = await TestHub.CreateAsync();
        var (leader, run, who) = await InvitedAsync(hub);
        var token = await TokenAsync(hub, leader, run, who);
        await hub.Get<AnswerInvitation>().RunByLinkAsync(token, true, null);
        hub.GoTo(run.StartsAt.AddHours(-24));
        Assert.Equal(new WithdrawalTooLate(run.StartsAt.AddHours(-24)), (await hub.Get<AnswerInvitation>().RunByLinkAsync(token, false, "加班")).Refusal);
        Assert.Equal(AssignmentStatus.Accepted, (await hub.LoadAsync(run.Id)).SeatOf(who).Status);
    }

    [Fact]
    public async Task A_link_is_over_when_the_duty_starts()
    {
        await using var hub = await TestHub.CreateAsync();
        var (leader, run, who) = await InvitedAsync(hub);
        var token = await TokenAsync(hub, leader, run, who);
        hub.GoTo(run.StartsAt.AddSeconds(-1));
        Assert.False((await hub.Get<InvitationByLink>().LoadAsync(token)).Refused);
        hub.GoTo(run.StartsAt);
        Assert.IsType<InvitationOver>((await hub.Get<InvitationByLink>().LoadAsync(token)).Refusal);
        Assert.IsType<InvitationOver>((await hub.Get<AnswerInvitation>().RunByLinkAsync(token, true, null)).Refusal);
        Assert.Equal(AssignmentStatus.Invited, (await hub.LoadAsync(run.Id)).SeatOf(who).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("' OR 1=1 --")]
    public async Task A_token_that_nobody_made_opens_nothing(string token)
    {
        await using var hub = await TestHub.CreateAsync();
        var (leader, run, who) = await InvitedAsync(hub);
        await TokenAsync(hub, leader, run, who);
        Assert.IsType<InvitationOver>((await hub.Get<InvitationByLink>().LoadAsync(token)).Refusal);
        Assert.IsType<InvitationOver>((await hub.Get<AnswerInvitation>().RunByLinkAsync(token, true, null)).Refusal);
    }

    [Fact]
    public async Task What_is_stored_of_a_token_does_not_open_the_invitation()
    {
        await using var hub = await TestHub.CreateAsync();
        var (leader, run, who) = await InvitedAsync(hub);
        var token = await TokenAsync(hub, leader, run, who);
        var stored = (string)(await hub.AskAsync("SELECT TokenHash FROM InvitationLinks"))!;
        Assert.IsType<InvitationOver>((await hub.Get<InvitationByLink>().LoadAsync(stored)).Refusal);
        await hub.AskAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        var bytes = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(hub.Directory.Database));
        Assert.Contains(stored, bytes, StringComparison.Ordinal);
        Assert.DoesNotContain(token, bytes, StringComparison.Ordinal);
        Assert.DoesNotContain(hub.Log.All, line => line.Contains(token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_invitation_that_was_taken_back_is_over()
    {
        await using var hub = await TestHub.CreateAsync();
        var (leader, run, who) = await InvitedAsync(hub);
        var token = await TokenAsync(hub, leader, run, who);
        await hub.Get<RemoveFromRoster>().RunAsync(leader, run.Id, run.SeatOf(who).Id);
        // Until it is published, the removal is the leaders' draft.
        Assert.False((await hub.Get<InvitationByLink>().LoadAsync(token)).Refused);
        await hub.PublishAsync(leader, run.Id, (await hub.LoadAsync(run.Id)).DraftIds());
        Assert.IsType<InvitationOver>((await hub.Get<InvitationByLink>().LoadAsync(token)).Refusal);
        Assert.IsType<InvitationOver>((await hub.Get<AnswerInvitation>().RunByLinkAsync(token, true, null)).Refusal);
    }

    [Fact]
    public async Task An_invitation_to_a_run_that_was_called_off_says_so()
    {
        await using var hub = await TestHub.CreateAsync();
        var (leader, run, who) = await InvitedAsync(hub);
        var token = await TokenAsync(hub, leader, run, who);
        await hub.Get<CancelRun>().RunAsync(leader, run.Id, "暴雪");
        Assert.True((await hub.Get<InvitationByLink>().LoadAsync(token)).Value!.Duty!.Cancelled);
        Assert.Equal(new RunIsCancelled("暴雪"), (await hub.Get<AnswerInvitation>().RunByLinkAsync(token, true, null)).Refusal);
    }

    [Fact]
    public async Task A_link_answers_its_own_invitation_and_no_other()
    {
        await using var hub = await TestHub.CreateAsync();
        var (leader, run, who) = await InvitedAsync(hub);
        var other = run.Assignments.Single(a => a.VolunteerId != who.Id);
        await hub.Get<AnswerInvitation>().RunByLinkAsync(await TokenAsync(hub, leader, run, who), false, "加班");
        Assert.Equal(AssignmentStatus.Invited, (await hub.LoadAsync(run.Id)).Assignments.Single(a => a.Id == other.Id).Status);
        Assert.IsType<NotAllowed>((await hub.Get<AnswerInvitation>().RunAsync(hub.ActorOf(who, Via.InvitationLink), other.Id, true, null)).Refusal);
    }

    private static async Task<(Actor Leader, ServiceRun Run, Volunteer Who)> InvitedAsync(TestHub hub)
    {
        var health = await hub.TeamAsync("health");
        var leader = hub.ActorOf(await hub.VolunteerAsync("王芳", health, TeamRole.Leader));
        var who = await hub.VolunteerAsync("李娜", health);
        var run = await hub.RunAsync(new RunSketch(health, new PostSketch("引导", who, await hub.VolunteerAsync("何云", health))) { Day = hub.Today.AddDays(3), Answered = false });
        return (leader, run, who);
    }

    private static async Task<string> TokenAsync(TestHub hub, Actor leader, ServiceRun run, Volunteer who) =>
        Assert.Single((await hub.Get<MakeInvitations>().RunAsync(leader, run.Id, run.SeatOf(who).Id)).Value!).Path["/a/".Length..];
}
