using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Account;
using VolunteerHub.Web.Features.Administration.Accounts;
using VolunteerHub.Web.Features.Administration.Settings;
using VolunteerHub.Web.Features.Administration.SetUp;
using VolunteerHub.Web.Platform.Clock;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Tests.Jobs;

/// <summary>Roles, locks, settings and the four steps, as the coordinator uses them.</summary>
public sealed class AdministrationTests
{
    [Fact]
    public async Task A_role_is_given_and_taken_and_the_audit_says_so_in_words()
    {
        await using var hub = await TestHub.CreateAsync();
        var (coordinator, who) = (await hub.CoordinatorAsync(), await WithAccountAsync(hub, "孙审"));
        var set = hub.Get<SetRole>();
        Assert.False((await set.RunAsync(coordinator, who.Id, Roles.Auditor, true)).Refused);
        Assert.False((await hub.Get<CommunitySettings>().LoadAsync(hub.ActorOf(who))).Refused);
        Assert.False((await set.RunAsync(coordinator, who.Id, Roles.Auditor, false)).Refused);
        Assert.IsType<NotAllowed>((await hub.Get<CommunitySettings>().LoadAsync(hub.ActorOf(who))).Refusal);
        var lines = await hub.LookAsync(db => db.AuditLines.Where(l => l.Subject == "IdentityUserRole").OrderBy(l => l.Id).ToListAsync());
        Assert.Equal(["""{"Role":[null,"Auditor"]}""", """{"Role":["Auditor",null]}"""], lines.Select(l => l.Changes));
        Assert.All(lines, l => Assert.Equal((coordinator.Id.Value, who.Id.Value), (l.ActorId, l.About)));
    }

    [Fact]
    public async Task The_last_coordinator_stays_one_and_nobody_acts_on_the_own_account()
    {
        await using var hub = await TestHub.CreateAsync();
        var (first, second) = (await hub.CoordinatorAsync("赵敏"), await hub.CoordinatorAsync("敖登"));
        var (set, locks) = (hub.Get<SetRole>(), hub.Get<LockAccount>());
        Assert.IsType<NotOnesOwn>((await set.RunAsync(first, first.Id, Roles.Coordinator, false)).Refusal);
        Assert.IsType<NotOnesOwn>((await locks.RunAsync(first, first.Id, true)).Refusal);

        // One who is locked does not count: the other is the last.
        Assert.False((await locks.RunAsync(first, second.Id, true)).Refused);
        Assert.True(await IsLastAsync(hub, first.Id));
        Assert.False((await locks.RunAsync(first, second.Id, false)).Refused);
        Assert.False(await IsLastAsync(hub, first.Id));

        // Nor one who pauses.
        await hub.ChangeAsync(db => db.Volunteers.Single(v => v.Id == second.Id).Pause());
        Assert.True(await IsLastAsync(hub, first.Id));
        await hub.ChangeAsync(db => db.Volunteers.Single(v => v.Id == second.Id).Resume());

        Assert.False((await set.RunAsync(second, first.Id, Roles.Coordinator, false)).Refused);
        Assert.IsType<NotAllowed>((await set.RunAsync(first, second.Id, Roles.Coordinator, false)).Refusal);
        Assert.True(await IsLastAsync(hub, second.Id));
    }

    [Fact]
    public async Task A_coordinator_who_lost_the_race_for_the_role_cannot_take_it_from_the_winner()
    {
        await using var hub = await TestHub.CreateAsync();
        var (first, second) = (await hub.CoordinatorAsync("赵敏"), await hub.CoordinatorAsync("敖登"));
        var set = hub.Get<SetRole>();
        var outcomes = await Task.WhenAll(
            Task.Run(() => set.RunAsync(first, second.Id, Roles.Coordinator, false)),
            Task.Run(() => set.RunAsync(second, first.Id, Roles.Coordinator, false)));
        Assert.Equal(1, outcomes.Count(o => !o.Refused));
        Assert.Equal(1, await hub.CountAsync("AspNetUserRoles"));
    }

    [Fact]
    public async Task Roles_and_links_are_for_who_has_an_account_and_takes_part()
    {
        await using var hub = await TestHub.CreateAsync();
        var coordinator = await hub.CoordinatorAsync();
        var without = await hub.VolunteerAsync("何云");
        var paused = await WithAccountAsync(hub, "冯停");
        await hub.ChangeAsync(paused, v => v.Pause());
        Assert.IsType<NoAccountYet>((await hub.Get<SetRole>().RunAsync(coordinator, without.Id, Roles.Auditor, true)).Refusal);
        Assert.IsType<NoAccountYet>((await hub.Get<LockAccount>().RunAsync(coordinator, without.Id, true)).Refusal);
        Assert.IsType<NoAccountYet>((await hub.Get<MakeResetLink>().RunAsync(coordinator, without.Id)).Refusal);
        Assert.IsType<NotActive>((await hub.Get<SetRole>().RunAsync(coordinator, paused.Id, Roles.Auditor, true)).Refusal);
        Assert.IsType<NotActive>((await hub.Get<MakeResetLink>().RunAsync(coordinator, paused.Id)).Refusal);
        Assert.IsType<VolunteerNotFound>((await hub.Get<SetRole>().RunAsync(coordinator, VolunteerHub.Domain.Common.VolunteerId.New(), Roles.Auditor, true)).Refusal);
        Assert.IsType<VolunteerNotFound>((await hub.Get<SetRole>().RunAsync(coordinator, paused.Id, "Owner", true)).Refusal);
    }

    [Fact]
    public async Task Links_for_a_new_password_are_made_three_times_an_hour()
    {
        await using var hub = await TestHub.CreateAsync();
        var (coordinator, who) = (await hub.CoordinatorAsync(), await WithAccountAsync(hub, "李娜"));
        var make = hub.Get<MakeResetLink>();
        for (var i = 0; i < 3; i++) Assert.False((await make.RunAsync(coordinator, who.Id)).Refused);
        Assert.IsType<TooManyResetLinks>((await make.RunAsync(coordinator, who.Id)).Refusal);
        Assert.Equal(1, await hub.CountAsync("OneUseLinks WHERE Use='Reset' AND RevokedAt IS NULL"));
        hub.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.False((await make.RunAsync(coordinator, who.Id)).Refused);
    }

    [Fact]
    public async Task The_list_of_accounts_tells_what_is_known_of_each()
    {
        await using var hub = await TestHub.CreateAsync();
        var coordinator = await hub.CoordinatorAsync();
        var health = await hub.TeamAsync("health");
        var leader = await hub.VolunteerAsync("王芳", health, TeamRole.Leader, phone: "13804712266");
        await hub.AccountAsync(leader, null, Roles.Auditor);
        await hub.VolunteerAsync("何云");
        await hub.ChangeAsync(db =>
        {
            db.RememberedPhones.Add(new RememberedPhone(leader.Id, "a hash", hub.Now));
            db.AuditLines.Add(new(hub.Now.AddDays(-1), leader.Id.Value, "Session", "SignedIn", "SignIn", "", "{}", leader.Id.Value));
            db.AuditLines.Add(new(hub.Now.AddHours(-2), leader.Id.Value, "Session", "SignedIn", "SignIn", "", "{}", leader.Id.Value));
            db.Users.Single(u => u.VolunteerId == leader.Id).Lock();
        });

        var rows = (await ListAsync(hub, coordinator, null)).Rows;
        Assert.Equal(["赵敏", "王芳"], rows.Select(r => r.Name));
        var row = rows[1];
        Assert.Equal([Roles.Auditor], row.Roles);
        Assert.Equal([health.Name], row.Leads);
        Assert.Equal((AccountLock.ByHand, 1, hub.Now.AddHours(-2)), (row.Lock, row.Phones, row.LastSignIn!.Value));
        Assert.True(rows[0].IsSelf);

        // Found by any part of the name, by the phone, and also who has no account.
        foreach (var typed in new[] { "王", "芳", "WF", leader.Number, "13804712266", "2266" }) Assert.Equal(["王芳"], (await ListAsync(hub, coordinator, typed)).Rows.Select(r => r.Name));
        Assert.False(Assert.Single((await ListAsync(hub, coordinator, "何云")).Rows).HasAccount);
        Assert.Equal(["王芳"], (await ListAsync(hub, coordinator, null, AccountsShown.Locked)).Rows.Select(r => r.Name));
        Assert.Equal(2, (await ListAsync(hub, coordinator, null, AccountsShown.WithRole)).Rows.Count);
    }

    [Fact]
    public async Task The_list_goes_on_behind_a_number()
    {
        await using var hub = await TestHub.CreateAsync();
        var coordinator = await hub.CoordinatorAsync();
        var people = await hub.VolunteersAsync(60, await hub.TeamAsync("health"));
        await hub.ChangeAsync(db => db.Users.AddRange(people.Select(p => NewAccounts.For(p, "no hash"))));
        var first = await ListAsync(hub, coordinator, null);
        Assert.Equal(50, first.Rows.Count);
        var second = (await hub.Get<AccountList>().LoadAsync(coordinator, null, AccountsShown.All, first.NextAfter)).Value!;
        Assert.Equal(11, second.Rows.Count);
        Assert.Null(second.NextAfter);
        Assert.Empty(first.Rows.Select(r => r.Number).Intersect(second.Rows.Select(r => r.Number)));
    }

    [Fact]
    public async Task Settings_hold_at_once_and_the_audit_has_them_before_and_after()
    {
        await using var hub = await TestHub.CreateAsync();
        var coordinator = await hub.CoordinatorAsync();
        var seen = (await hub.Get<CommunitySettings>().LoadAsync(coordinator)).Value!.Settings;
        var form = seen with { Name = "星火巷社区", OpensBefore = 45, RetentionYears = 12, Custodian = "王守明", OpenApplications = false };
        Assert.False((await hub.Get<ChangeSettings>().RunAsync(coordinator, form, seen)).Refused);
        var community = await hub.LookAsync(db => db.Communities.SingleAsync());
        Assert.Equal(("星火巷社区", TimeSpan.FromMinutes(45), 12, false), (community.Name, community.CheckIn.OpensBefore, community.Privacy.RetentionYears, community.Joining.OpenApplications));
        Assert.Equal("星火巷社区", hub.Get<CurrentCommunity>().Name);
        var line = await hub.LookAsync(db => db.AuditLines.Where(l => l.Subject == nameof(Community) && l.Action == "Modified").OrderByDescending(l => l.Id).FirstAsync());
        Assert.Contains("星火巷社区", line.Changes, StringComparison.Ordinal);
        Assert.Contains("00:45:00", line.Changes, StringComparison.Ordinal);
        // Names in the audit are masked.
        Assert.DoesNotContain("王守明", line.Changes, StringComparison.Ordinal);
        Assert.Contains("王*明", line.Changes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_that_somebody_else_changed_meanwhile_are_not_overwritten_unseen()
    {
        await using var hub = await TestHub.CreateAsync();
        var coordinator = await hub.CoordinatorAsync();
        var seen = (await hub.Get<CommunitySettings>().LoadAsync(coordinator)).Value!.Settings;
        await hub.Get<ChangeSettings>().RunAsync(coordinator, seen with { LateAfter = 15 }, seen);
        Assert.IsType<SettingsChangedMeanwhile>((await hub.Get<ChangeSettings>().RunAsync(coordinator, seen with { LateAfter = 20 }, seen)).Refusal);
        // A number that is issued meanwhile is no change of settings.
        var now = (await hub.Get<CommunitySettings>().LoadAsync(coordinator)).Value!.Settings;
        await hub.VolunteerAsync("何云");
        Assert.False((await hub.Get<ChangeSettings>().RunAsync(coordinator, now with { LateAfter = 20 }, now)).Refused);
    }

    [Fact]
    public async Task Settings_out_of_bounds_are_not_kept_even_past_the_form()
    {
        await using var hub = await TestHub.CreateAsync();
        var coordinator = await hub.CoordinatorAsync();
        var seen = (await hub.Get<CommunitySettings>().LoadAsync(coordinator)).Value!.Settings;
        SettingsForm[] wrong =
        [
            seen with { RetentionYears = 9 }, seen with { Name = " " }, seen with { Issuer = "" }, seen with { ZoneId = "Mars/Base" }, seen with { OpensBefore = -1 },
            seen with { CodeStep = 5 }, seen with { ResetLife = 11 }, seen with { InvitationLife = 0 }, seen with { ExperiencedFrom = 0 }, seen with { PinFailures = 100 },
        ];
        foreach (var form in wrong) Assert.IsType<SettingsInvalid>((await hub.Get<ChangeSettings>().RunAsync(coordinator, form, seen)).Refusal);
        Assert.Equal(seen, (await hub.Get<CommunitySettings>().LoadAsync(coordinator)).Value!.Settings);
    }

    [Fact]
    public async Task Steps_are_read_off_the_records_and_go_on_where_they_stood()
    {
        await using var hub = await TestHub.CreateAsync();
        var coordinator = await hub.CoordinatorAsync();
        Assert.Equal(SetUpStep.Teams, (await ProgressAsync(hub, coordinator)).Next);
        var rows = (await ProgressAsync(hub, coordinator)).Teams;
        Assert.Equal((8, 3), (rows.Count(r => r is { Ready: true, Chosen: true }), rows.Count(r => r.NamedBySource)));
        rows[0].Name = "党员先锋队";
        rows[7].Chosen = false;
        Assert.False((await hub.Get<ChooseTeams>().RunAsync(coordinator, [.. rows, new TeamRow { Name = "环境整治队", Chosen = true }])).Refused);
        var teams = await hub.LookAsync(db => db.Teams.OrderBy(t => t.Order).ToListAsync());
        Assert.Equal(["党员先锋队", "矛盾调解队", "政策宣讲队", "平安巡防队", "医疗健康队", "法律服务队", "关爱帮扶队", "环境整治队"], teams.Select(t => t.Name));
        Assert.Equal(("环", "hjzzd"), (teams[7].Glyph, teams[7].Code));

        Assert.Equal(SetUpStep.People, (await ProgressAsync(hub, coordinator)).Next);
        Assert.False((await hub.Get<EnterPerson>().RunAsync(coordinator, new PersonForm { Name = "萨仁", Phone = "13804712266", TeamCode = "health", Leads = true, Agreed = true })).Refused);
        Assert.Equal(SetUpStep.FirstRun, (await ProgressAsync(hub, coordinator)).Next);

        // A team with people is not put away by a tick; one without is.
        var again = (await ProgressAsync(hub, coordinator)).Teams;
        again.Single(r => r.Code == "health").Chosen = false;
        Assert.IsType<TeamInUse>((await hub.Get<ChooseTeams>().RunAsync(coordinator, again)).Refusal);
        again.Single(r => r.Code == "health").Chosen = true;
        again.Single(r => r.Code == "law").Chosen = false;
        Assert.False((await hub.Get<ChooseTeams>().RunAsync(coordinator, again)).Refused);
        Assert.Equal(7, await hub.CountAsync("Teams"));

        Assert.False((await hub.Get<FinishSetUp>().RunAsync(coordinator)).Refused);
        Assert.True((await ProgressAsync(hub, coordinator)).Finished);
        Assert.IsType<SetUpFinished>((await hub.Get<ChooseTeams>().RunAsync(coordinator, again)).Refusal);
    }

    [Fact]
    public async Task Two_teams_of_one_name_are_refused()
    {
        await using var hub = await TestHub.CreateAsync();
        var coordinator = await hub.CoordinatorAsync();
        var rows = (await ProgressAsync(hub, coordinator)).Teams;
        rows[1].Name = rows[0].Name;
        Assert.IsType<TeamNameTaken>((await hub.Get<ChooseTeams>().RunAsync(coordinator, rows)).Refusal);
        Assert.Equal(0, await hub.CountAsync("Teams"));
    }

    [Fact]
    public async Task Who_is_entered_agreed_has_a_number_and_leads_from_today()
    {
        await using var hub = await TestHub.CreateAsync();
        var coordinator = await hub.CoordinatorAsync();
        var health = await hub.TeamAsync("health");
        var enter = hub.Get<EnterPerson>();
        var number = (await enter.RunAsync(coordinator, new PersonForm { Name = " 萨仁 ", Phone = "138 0471 2266", TeamCode = "health", Leads = true, Agreed = true })).Value;
        var who = await hub.LookAsync(db => db.Volunteers.Include(v => v.Consents).SingleAsync(v => v.Number == number));
        Assert.Equal(("萨仁", "SR", hub.Today), (who.Name, who.Initials, who.JoinedOn));
        Assert.Equal([ConsentPurpose.ServiceRecord, ConsentPurpose.Contact], who.Consents.Select(c => c.Purpose).Order());
        var place = await hub.LookAsync(db => db.Memberships.SingleAsync(m => m.VolunteerId == who.Id));
        Assert.Equal((health.Id, TeamRole.Leader, hub.Today), (place.TeamId, place.Role, place.Since));
        Assert.IsType<PhoneTaken>((await enter.RunAsync(coordinator, new PersonForm { Name = "另一个人", Phone = "+86 13804712266", Agreed = true })).Refusal);
        Assert.IsType<TeamNotFound>((await enter.RunAsync(coordinator, new PersonForm { Name = "另一个人", TeamCode = "none", Agreed = true })).Refusal);
        await hub.ChangeAsync(db => db.Teams.Single().Close(hub.Today));
        Assert.IsType<TeamClosed>((await enter.RunAsync(coordinator, new PersonForm { Name = "另一个人", TeamCode = "health", Agreed = true })).Refusal);
    }

    [Fact]
    public async Task A_site_is_added_once_by_each_name()
    {
        await using var hub = await TestHub.CreateAsync();
        var coordinator = await hub.CoordinatorAsync();
        Assert.False((await hub.Get<AddSite>().RunAsync(coordinator, new SiteForm { Name = "红石榴驿站", Address = " " })).Refused);
        Assert.IsType<SiteNameTaken>((await hub.Get<AddSite>().RunAsync(coordinator, new SiteForm { Name = "红石榴驿站 " })).Refusal);
        Assert.Null((await hub.LookAsync(db => db.Sites.SingleAsync())).Address);
    }

    private static async Task<AccountsView> ListAsync(TestHub hub, Actor actor, string? search, AccountsShown shown = AccountsShown.All) =>
        (await hub.Get<AccountList>().LoadAsync(actor, search, shown, null)).Value!;

    private static async Task<SetUpView> ProgressAsync(TestHub hub, Actor actor) => (await hub.Get<SetUpProgress>().LoadAsync(actor)).Value!;

    private static async Task<bool> IsLastAsync(TestHub hub, VolunteerHub.Domain.Common.VolunteerId who)
    {
        await using var read = await hub.Get<VolunteerHub.Web.Data.Hub>().ReadAsync(Actor.System, CancellationToken.None);
        return await read.IsLastCoordinatorAsync(who, CancellationToken.None);
    }

    private static async Task<Volunteer> WithAccountAsync(TestHub hub, string name)
    {
        var who = await hub.VolunteerAsync(name);
        await hub.AccountAsync(who);
        return who;
    }
}
