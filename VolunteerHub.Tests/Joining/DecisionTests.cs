using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Eligibility;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Joining;
using VolunteerHub.Web.Features.Rosters;
using VolunteerHub.Web.Features.Today;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Tests.Joining;

/// <summary>A leader's word on an application.</summary>
public sealed class DecisionTests
{
    [Fact]
    public async Task A_yes_makes_a_volunteer_with_number_initials_consents_and_membership()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var done = (await hub.Get<ApproveApplication>().RunAsync(cast.LeaderOfHealth, cast.Application, cast.Health.Id)).Value!;
        var who = await hub.LookAsync(db => db.Volunteers.Include(v => v.Consents).SingleAsync(v => v.Id == done.Id));
        Assert.Equal(("田静", "TJ", VolunteerStatus.Active, hub.Today, VolunteerKind.Member), (who.Name, who.Initials, who.Status, who.JoinedOn, who.Kind));
        Assert.Matches("^2026-[0-9]{4}$", who.Number);
        Assert.Equal(["mn"], who.Languages);
        Assert.Equal(["理发"], who.Skills);
        Assert.Equal([ConsentPurpose.ServiceRecord, ConsentPurpose.Contact], who.Consents.Select(c => c.Purpose).Order());
        Assert.All(who.Consents, c => Assert.Equal((ConsentWay.Online, who.Id, true), (c.Way, c.RecordedBy, c.Holds)));
        var membership = await hub.LookAsync(db => db.Memberships.SingleAsync(m => m.VolunteerId == who.Id));
        Assert.Equal((cast.Health.Id, TeamRole.Member, hub.Today, null), (membership.TeamId, membership.Role, membership.Since, membership.Until));
        Assert.Equal("13904701122", PhoneNumberReader.National(hub.Get<PhoneProtector>().Reveal(who.Phone!)));
        Assert.Equal((false, "田静", hub.Now.AddDays(7)), (done.WasKnown, done.Welcome!.Name, done.Welcome.Until));

        // The application keeps no second copy.
        var application = await hub.LookAsync(db => db.JoinApplications.SingleAsync(a => a.Id == cast.Application));
        Assert.Equal((ApplicationStatus.Approved, who.Id, null, null), (application.Status, application.VolunteerId, application.Phone, application.Message));
        Assert.IsType<ApplicationDecided>((await hub.Get<ApproveApplication>().RunAsync(cast.LeaderOfHealth, cast.Application, cast.Health.Id)).Refusal);
        Assert.IsType<ApplicationDecided>((await hub.Get<RejectApplication>().RunAsync(cast.LeaderOfHealth, cast.Application, "名额已满")).Refusal);
    }

    [Fact]
    public async Task Two_leaders_who_say_yes_at_once_make_one_volunteer()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => hub.Get<ApproveApplication>().RunAsync(i % 2 == 0 ? cast.LeaderOfHealth : cast.DeputyOfHealth, cast.Application, cast.Health.Id))));
        Assert.Single(answers, a => !a.Refused);
        Assert.All(answers.Where(a => a.Refused), a => Assert.IsType<ApplicationDecided>(a.Refusal));
        Assert.Equal(1, await hub.CountAsync("Volunteers WHERE Name='田静'"));
    }

    [Theory]
    [InlineData(VolunteerStatus.Active)]
    [InlineData(VolunteerStatus.Paused)]
    [InlineData(VolunteerStatus.Left)]
    public async Task Who_is_on_record_gets_a_membership_instead_of_a_second_record(VolunteerStatus status)
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var known = await hub.VolunteerAsync("田静", cast.Law, phone: "13904701122", also: v =>
        {
            if (status == VolunteerStatus.Paused) v.Pause();
            if (status == VolunteerStatus.Left) v.Leave(hub.Today.AddDays(-30));
        });
        var people = await hub.CountAsync("Volunteers");
        var shown = (await hub.Get<ApplicationList>().LoadAsync(cast.Coordinator)).Value!.Waiting.Single().Known;
        Assert.Equal(new KnownAlready("田静", known.Number, status, false), shown);

        var done = (await hub.Get<ApproveApplication>().RunAsync(cast.LeaderOfHealth, cast.Application, cast.Health.Id)).Value!;
        Assert.Equal((known.Id, true), (done.Id, done.WasKnown));
        Assert.NotNull(done.Welcome);
        Assert.Equal(people, await hub.CountAsync("Volunteers"));
        var now = await hub.LookAsync(db => db.Volunteers.SingleAsync(v => v.Id == known.Id));
        Assert.Equal((VolunteerStatus.Active, null, known.Number), (now.Status, now.LeftOn, now.Number));
        Assert.Equal(1, await hub.CountAsync($"Memberships WHERE VolunteerId='{known.Id.Value.ToString().ToUpperInvariant()}' AND TeamId='{cast.Health.Id.Value.ToString().ToUpperInvariant()}'"));
    }

    [Fact]
    public async Task Who_can_sign_in_already_needs_no_welcome_and_who_is_in_the_team_is_not_taken_twice()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var known = await hub.VolunteerAsync("田静", cast.Law, phone: "13904701122");
        await hub.AccountAsync(known);
        Assert.Null((await hub.Get<ApproveApplication>().RunAsync(cast.LeaderOfHealth, cast.Application, cast.Health.Id)).Value!.Welcome);
        var again = await hub.ApplicationAsync("田静", "13904701122", cast.Health);
        Assert.True((await hub.Get<ApplicationList>().LoadAsync(cast.LeaderOfHealth)).Value!.Waiting.Single().Known!.InTeam);
        Assert.IsType<MemberAlready>((await hub.Get<ApproveApplication>().RunAsync(cast.LeaderOfHealth, again.Id, cast.Health.Id)).Refusal);
    }

    [Fact]
    public async Task A_leader_does_not_learn_by_an_application_whose_a_number_is()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        await hub.VolunteerAsync("诺敏其其格", cast.Law, phone: "13904701122");
        var seen = (await hub.Get<ApplicationList>().LoadAsync(cast.LeaderOfHealth)).Value!.Waiting.Single();
        Assert.Equal("诺***格", seen.Known!.Name);
        Assert.Equal("139****1122", seen.Phone);
    }

    [Fact]
    public async Task A_guest_of_a_partner_unit_is_the_coordinators_to_take()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var guest = await hub.VolunteerAsync("田静", phone: "13904701122", kind: VolunteerKind.Guest);
        Assert.False((await hub.Get<ApplicationList>().LoadAsync(cast.LeaderOfHealth)).Value!.Waiting.Single().MayDecide);
        Assert.IsType<NotAllowed>((await hub.Get<ApproveApplication>().RunAsync(cast.LeaderOfHealth, cast.Application, cast.Health.Id)).Refusal);
        Assert.Equal(guest.Id, (await hub.Get<ApproveApplication>().RunAsync(cast.Coordinator, cast.Application, cast.Health.Id)).Value!.Id);
        Assert.Equal(VolunteerKind.Member, (await hub.LookAsync(db => db.Volunteers.SingleAsync(v => v.Id == guest.Id))).Kind);
    }

    [Fact]
    public async Task A_no_keeps_the_reason_and_forgets_the_person()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        Assert.False((await hub.Get<RejectApplication>().RunAsync(cast.LeaderOfHealth, cast.Application, "名额已满")).Refused);
        var application = await hub.LookAsync(db => db.JoinApplications.SingleAsync(a => a.Id == cast.Application));
        Assert.Equal((ApplicationStatus.Rejected, "名额已满", "田*", null, null), (application.Status, application.RejectedBecause, application.Name, application.Phone, application.Message));
        Assert.Equal(0, await hub.CountAsync("Volunteers WHERE Name LIKE '田%'"));
    }

    [Fact]
    public async Task Each_sees_the_applications_that_are_theirs_to_see()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        await hub.ApplicationAsync("任意", "13904701125");
        await hub.ApplicationAsync("严法", "13904701126", cast.Law);
        Assert.Equal(["田静", "任意", "严法"], await Seen(cast.Coordinator));
        Assert.Equal(["田静", "任意", "严法"], await Seen(cast.Auditor));
        Assert.Equal(["田静"], await Seen(cast.LeaderOfHealth));
        Assert.Equal(["严法"], await Seen(cast.LeaderOfLaw));
        Assert.Empty(await Seen(cast.LeaderOfCare));
        Assert.All((await hub.Get<ApplicationList>().LoadAsync(cast.Auditor)).Value!.Waiting, a => Assert.False(a.MayDecide));

        async Task<IEnumerable<string>> Seen(Actor actor) => (await hub.Get<ApplicationList>().LoadAsync(actor)).Value!.Waiting.Select(a => a.Name);
    }

    [Fact]
    public async Task Today_counts_what_waits_for_the_viewers_word()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        await hub.ApplicationAsync("任意", "13904701125");
        Assert.Equal((2, hub.Now), await Waiting(cast.Coordinator));
        Assert.Equal((1, hub.Now), await Waiting(cast.LeaderOfHealth));
        Assert.Equal((0, null), await Waiting(cast.LeaderOfCare));
        Assert.Equal((0, null), await Waiting(cast.Auditor));

        async Task<(int, DateTimeOffset?)> Waiting(Actor actor)
        {
            var waiting = (await hub.Get<TodayOverview>().LoadAsync(actor)).Value!.Applications;
            return (waiting.Count, waiting.Oldest);
        }
    }

    [Fact]
    public async Task Showing_an_applicants_number_is_noted_without_the_number()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var child = await hub.ApplicationAsync("田小", "13904701127", cast.Health, new DateOnly(2012, 3, 5), "田静 13904701122");
        var shown = (await hub.Get<RevealApplicant>().RunAsync(cast.LeaderOfHealth, child.Id)).Value!;
        Assert.Equal(new ApplicantContact("13904701127", "田静 13904701122"), shown);
        var line = await hub.LookAsync(db => db.AuditLines.SingleAsync(l => l.Action == "Revealed"));
        Assert.Equal((cast.LeaderOfHealth.Id.Value, child.Id.ToString(), "{}"), (line.ActorId, line.SubjectId, line.Changes));
    }

    [Fact]
    public async Task A_minor_who_was_taken_is_kept_off_rosters_until_the_guardian_agrees()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var child = await hub.ApplicationAsync("田小", "13904701127", cast.Health, new DateOnly(2012, 3, 5), "田静 13904701122");
        var seen = (await hub.Get<ApplicationList>().LoadAsync(cast.LeaderOfHealth)).Value!.Waiting.Single(a => a.Id == child.Id);
        Assert.Equal((14, true), (seen.Age, seen.HasGuardian));
        var done = (await hub.Get<ApproveApplication>().RunAsync(cast.LeaderOfHealth, child.Id, cast.Health.Id)).Value!;
        var who = await hub.LookAsync(db => db.Volunteers.SingleAsync(v => v.Id == done.Id));
        Assert.Null(who.GuardianConsentUntil);
        var refused = await hub.Get<AssignVolunteer>().RunAsync(cast.LeaderOfHealth, cast.Next.Id, cast.Next.PostNamed("引导").Id, who.Id, "破例");
        Assert.Contains(Assert.IsType<NotEligible>(refused.Refusal).Obstacles, o => o is GuardianConsentMissing);
    }

    [Fact]
    public async Task A_team_that_is_closed_or_gone_takes_nobody()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        Assert.IsType<TeamNotFound>((await hub.Get<ApproveApplication>().RunAsync(cast.Coordinator, cast.Application, TeamId.New())).Refusal);
        await hub.ChangeAsync(db => db.Teams.Single(t => t.Id == cast.Health.Id).Close(hub.Today));
        Assert.IsType<TeamClosed>((await hub.Get<ApproveApplication>().RunAsync(cast.Coordinator, cast.Application, cast.Health.Id)).Refusal);
        Assert.IsType<TeamClosed>((await hub.Get<InviteToTeam>().RunAsync(cast.Coordinator, cast.Health.Id)).Refusal);
        Assert.IsType<ApplicationNotFound>((await hub.Get<ApproveApplication>().RunAsync(cast.Coordinator, JoinApplicationId.New(), cast.Law.Id)).Refusal);
        Assert.IsType<ApplicationNotFound>((await hub.Get<RejectApplication>().RunAsync(cast.Coordinator, JoinApplicationId.New(), "没有")).Refusal);
    }
}
