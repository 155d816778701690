using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Tests.Data;

public class DemoCommunityTests(DemoMonday monday) : IClassFixture<DemoMonday>
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private DemoStart Start => monday.Start;

    [Fact]
    public async Task Eight_teams_each_have_a_leader_a_deputy_and_enough_members()
    {
        await using var db = await Start.OpenAsync();
        var teams = await db.Teams.ToListAsync(Ct);
        var memberships = (await db.Memberships.ToListAsync(Ct)).ToLookup(m => m.TeamId);
        Assert.Equal(8, teams.Count);
        Assert.Equal(3, teams.Count(t => t.NamedBySource));
        Assert.All(teams, team =>
        {
            Assert.Single(memberships[team.Id], m => m.Role == TeamRole.Leader);
            Assert.Single(memberships[team.Id], m => m.Role == TeamRole.Deputy);
            Assert.InRange(memberships[team.Id].Count(), 14, 24);
        });
        Assert.InRange(await db.Volunteers.CountAsync(Ct), 150, 180);
    }

    [Fact]
    public async Task Records_hold_what_the_law_asks_for_and_what_a_community_knows()
    {
        await using var db = await Start.OpenAsync();
        var people = await db.Volunteers.Include(v => v.Consents).Include(v => v.Tags).Include(v => v.Trainings).Include(v => v.Awards).AsSplitQuery().ToListAsync(Ct);
        Assert.All(people, v => Assert.True(v.HasConsented(ConsentPurpose.ServiceRecord) && v.HasConsented(ConsentPurpose.Contact)));
        Assert.True(people.Count(v => v.IsTagged("银铃")) > 10);
        Assert.True(people.Count(v => v.Trainings.Count > 0) > 50);
        Assert.Contains(people, v => v.Awards.Count > 0);
        Assert.True(people.Count(v => v.Address is not null) > 50);
        Assert.True(people.Select(v => v.Ethnicity).OfType<string>().Distinct().Count() > 2);
        Assert.All(people, v => Assert.Matches("^[A-Z]{1,6}$", v.Initials));
    }

    [Fact]
    public async Task Somebody_wants_to_join_and_somebody_is_lent()
    {
        await using var db = await Start.OpenAsync();
        Assert.Equal(3, await db.JoinApplications.CountAsync(a => a.Status == ApplicationStatus.Waiting, Ct));
        var lendings = await db.Lendings.ToListAsync(Ct);
        Assert.Contains(lendings, l => l.Status == LendingStatus.Asked);
        Assert.Contains(lendings, l => l.Status == LendingStatus.Granted);
        Assert.All(lendings, l => Assert.NotEqual(l.HomeTeamId, l.BorrowerTeamId));
    }

    [Fact]
    public async Task Preparing_twice_changes_nothing()
    {
        var before = await Start.CountsAsync();
        await Start.Demo.PrepareAsync(Ct);
        Assert.Equal(before, await Start.CountsAsync());
    }

    [Fact]
    public async Task Nobody_holds_two_overlapping_slots()
    {
        foreach (var slots in (await Start.RunsAsync()).SelectMany(r => r.Assignments).Where(a => a.Holds).GroupBy(a => a.VolunteerId))
        {
            var inOrder = slots.Select(a => a.Slot).OrderBy(s => s.Start).ToList();
            Assert.All(inOrder.Zip(inOrder.Skip(1)), pair => Assert.False(pair.First.Overlaps(pair.Second)));
        }
    }

    [Fact]
    public async Task A_post_that_asks_for_a_qualification_is_held_by_people_who_have_it_on_the_day()
    {
        await using var db = await Start.OpenAsync();
        var people = await db.Volunteers.Include(v => v.Qualifications).ToDictionaryAsync(v => v.Id, Ct);
        var checkedSeats = 0;
        foreach (var run in await Start.RunsAsync())
        {
            foreach (var seat in run.Assignments.Where(a => a.Holds))
            {
                if (run.Find(seat.PostId)!.Value.Post.Qualification is not { } kind) continue;
                Assert.Contains(people[seat.VolunteerId].Qualifications, q => q.Kind == kind && q.ValidOn(seat.Slot.DayIn(Zone)));
                checkedSeats++;
            }
        }

        Assert.True(checkedSeats > 50);
        Assert.True(people.Values.SelectMany(p => p.Qualifications).Count(q => !q.ValidOn(new DateOnly(2026, 11, 23))) >= 2);
    }

    [Fact]
    public async Task All_six_lines_were_served_in_the_last_month_and_no_week_is_empty()
    {
        var (runs, now) = (await Start.RunsAsync(), Start.Clock.GetUtcNow());
        var lines = runs.Where(r => r.EndsAt < now && r.StartsAt > now.AddDays(-30)).Select(r => r.Line).OfType<ServiceLine>().Distinct();
        Assert.Equal(Enum.GetValues<ServiceLine>(), lines.Order());
        var weeks = runs.Where(r => r.StartsAt > now.AddDays(-70)).GroupBy(r => new TimeSlot(r.StartsAt, r.EndsAt).DayIn(Zone).DayNumber / 7).ToList();
        Assert.Equal(14, weeks.Count);
        Assert.All(weeks, week => Assert.InRange(week.Count(), 6, 11));
    }

    [Fact]
    public async Task Past_runs_have_attendance_and_hours_within_their_slots()
    {
        await using var db = await Start.OpenAsync();
        var runs = (await Start.RunsAsync()).FindAll(r => r.EndsAt < Start.Clock.GetUtcNow()).ToDictionary(r => r.Id);
        var attendances = await db.Attendances.Include(a => a.Intervals).ToListAsync(Ct);
        var hours = await db.HourEntries.ToListAsync(Ct);
        Assert.All(runs.Values, run => Assert.Contains(attendances, a => a.RunId == run.Id && a.HasArrived));
        Assert.All(hours, h => Assert.InRange(h.Credited, TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(150)));
        Assert.All(attendances.SelectMany(a => a.Intervals), i => Assert.True(i.In.OccurredAt <= Start.Clock.GetUtcNow()));
        Assert.All(attendances.Where(a => runs.ContainsKey(a.RunId)), a => Assert.Null(a.Open));
        Assert.InRange(attendances.Count(a => a.Absence is not null), 1, 40);
        Assert.Equal(
            [EvidenceKind.RotatingQr, EvidenceKind.Kiosk, EvidenceKind.LeaderAttested],
            attendances.SelectMany(a => a.Intervals).Select(i => i.In.Evidence).Distinct().Order());
    }

    [Fact]
    public async Task The_clinic_of_the_next_Saturday_lacks_a_nurse_who_said_why()
    {
        var clinic = (await Start.RunsAsync()).Single(r => r.Title == "送健康·健康义诊" && r.StartsAt == DemoStart.Instant("2026-11-28 09:00"));
        var nurses = clinic.Posts.Single(p => p.Post.Qualification == "护士").Post;
        Assert.Equal((RunStatus.Published, DemoStart.Instant("2026-11-28 11:30")), (clinic.Status, clinic.EndsAt));
        Assert.Equal((2, 1), (nurses.Min, clinic.Heads(nurses)));
        Assert.NotEmpty(clinic.Assignments.Single(a => a.Status == AssignmentStatus.Declined).DeclineReason!);
    }

    [Fact]
    public async Task The_weeks_ahead_hold_answers_of_all_kinds_gaps_and_drafts()
    {
        var ahead = (await Start.RunsAsync()).FindAll(r => r.StartsAt > Start.Clock.GetUtcNow());
        var statuses = ahead.SelectMany(r => r.Assignments).Select(a => a.Status).ToHashSet();
        Assert.Superset(new HashSet<AssignmentStatus> { AssignmentStatus.Accepted, AssignmentStatus.Invited, AssignmentStatus.Declined, AssignmentStatus.Proposed }, statuses);
        Assert.Equal(3, ahead.Count(r => r.Status == RunStatus.Draft));
        Assert.Single(ahead, r => r.Assignments.Count == 0);
        var published = ahead.FindAll(r => r.Status == RunStatus.Published);
        Assert.InRange(published.Count(r => r.Posts.Any(p => r.Heads(p.Post) < p.Post.Min)), published.Count / 8, published.Count / 2);
        Assert.All(ahead.SelectMany(r => r.Assignments).SelectMany(a => a.History), change => Assert.True(change.At <= Start.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task A_run_has_an_earlier_one_of_the_same_title_and_posts_to_copy_from()
    {
        var (runs, now) = (await Start.RunsAsync(), Start.Clock.GetUtcNow());
        foreach (var run in runs.Where(r => r.StartsAt > now.AddHours(1)))
        {
            var last = runs.Where(r => r.Title == run.Title && r.HostTeamId == run.HostTeamId && r.StartsAt < run.StartsAt).MaxBy(r => r.StartsAt);
            Assert.Equal(run.Posts.Select(p => p.Post.Name).Order(), last!.Posts.Select(p => p.Post.Name).Order());
        }
    }

    [Fact]
    public async Task The_volunteer_to_sign_in_as_has_hours_and_an_invitation_to_answer()
    {
        await using var db = await Start.OpenAsync();
        var accounts = await Start.Demo.AccountsAsync(Ct);
        var number = accounts.Single(a => a.RoleKey == "Volunteer").Number;
        var who = await db.Volunteers.SingleAsync(v => v.Number == number, Ct);
        Assert.True(await db.HourEntries.CountAsync(h => h.VolunteerId == who.Id, Ct) >= 3);
        Assert.True(await db.Assignments.AnyAsync(a => a.VolunteerId == who.Id && a.Status == AssignmentStatus.Invited && a.Start > Start.Clock.GetUtcNow(), Ct));
    }

    [Fact]
    public async Task Each_account_opens_with_its_password_and_has_the_role_it_shows()
    {
        await using var db = await Start.OpenAsync();
        var accounts = await Start.Demo.AccountsAsync(Ct);
        Assert.Equal(["Coordinator", "HealthLeader", "CareLeader", "PolicyLeader", "Auditor", "Volunteer"], accounts.Select(a => a.RoleKey));
        foreach (var shown in accounts)
        {
            var account = await db.Users.SingleAsync(u => u.NormalizedUserName == shown.Number, Ct);
            Assert.Equal(PasswordVerificationResult.Success, new PasswordHasher<Account>().VerifyHashedPassword(account, account.PasswordHash!, shown.Password));
            var roles = await db.UserRoles.Where(r => r.UserId == account.Id).Join(db.Roles, r => r.RoleId, r => r.Id, (_, r) => r.Name!).ToListAsync(Ct);
            Assert.Equal(shown.RoleKey is Roles.Coordinator or Roles.Auditor ? [shown.RoleKey] : [], roles);
            var leads = await db.Memberships.AnyAsync(m => m.VolunteerId == account.VolunteerId && m.Role == TeamRole.Leader, Ct);
            Assert.Equal(shown.RoleKey.EndsWith("Leader", StringComparison.Ordinal), leads);
        }
    }

    [Fact]
    public async Task No_phone_number_stands_in_the_files_of_the_database()
    {
        await using var db = await Start.OpenAsync();
        Assert.True(await db.Volunteers.CountAsync(v => v.Phone != null, Ct) > 150);
        foreach (var file in new[] { Start.Directory.Database, Start.Directory.Database + "-wal" }.Where(File.Exists))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[stream.Length];
            await stream.ReadExactlyAsync(bytes, Ct);
            foreach (var number in Enumerable.Range(1, 200).Select(n => Encoding.ASCII.GetBytes($"199{n:00000000}")))
                Assert.Equal(-1, bytes.AsSpan().IndexOf(number));
        }
    }

    [Theory]
    [InlineData("2026-11-23 09:00")]
    [InlineData("2026-12-31 23:30")]
    [InlineData("2027-02-06 00:10")]
    [InlineData("2026-08-15 13:00")]
    [InlineData("2026-11-29 18:20")]
    public async Task Whatever_the_day_a_run_is_under_way_with_about_half_of_its_people_there(string local)
    {
        await using var start = await DemoStart.OnAsync(local);
        await start.Demo.PrepareAsync(Ct);
        await using var db = await start.OpenAsync();
        var here = await db.Attendances.Where(a => a.Intervals.Any(i => i.AnnulledAt == null && i.Out == null)).ToListAsync(Ct);
        Assert.Contains(await start.UnderWayAsync(), run =>
        {
            var (expected, arrived) = (run.Assignments.Count(a => a.Status == AssignmentStatus.Accepted), here.Count(a => a.RunId == run.Id));
            return expected >= 6 && arrived * 3 >= expected && arrived < expected;
        });
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(start.Clock.GetUtcNow(), Zone).DateTime);
        Assert.InRange((await start.RunsAsync()).Count(r => new TimeSlot(r.StartsAt, r.EndsAt).DayIn(Zone) == today), 2, 6);
    }

    [Theory]
    [InlineData("2026-11-26 12:00")]
    [InlineData("2027-03-01 23:59")]
    public async Task A_start_some_days_later_finds_exactly_one_run_under_way(string later)
    {
        await using var start = await DemoStart.OnAsync("2026-11-23 09:00");
        await start.Demo.PrepareAsync(Ct);
        start.Clock.SetUtcNow(DemoStart.Instant(later));
        Assert.Empty(await start.UnderWayAsync());

        await start.Demo.PrepareAsync(Ct);
        await start.Demo.PrepareAsync(Ct);

        var run = Assert.Single(await start.UnderWayAsync());
        Assert.InRange(run.Assignments.Count(a => a.Status == AssignmentStatus.Accepted), 6, 9);
        var all = (await start.RunsAsync()).SelectMany(r => r.Assignments).Where(a => a.Holds).ToLookup(a => a.VolunteerId);
        Assert.All(run.Assignments, a => Assert.Single(all[a.VolunteerId], other => other.Slot.Overlaps(a.Slot)));
    }

    [Fact]
    public async Task What_a_person_changed_survives_later_starts()
    {
        await using var start = await DemoStart.OnAsync("2026-11-23 09:00");
        await start.Demo.PrepareAsync(Ct);
        var (cancelled, renamed) = ((await start.UnderWayAsync())[0].Id, (await start.RunsAsync()).First(r => r.Status == RunStatus.Draft).Id);
        await using (var db = await start.OpenAsync())
        {
            var runs = await db.Runs.Include(r => r.Shifts).ThenInclude(s => s.Posts).Include(r => r.Assignments).Where(r => r.Id == cancelled).ToListAsync(Ct);
            Assert.False(runs[0].Cancel("下雪，改期", default, start.Clock.GetUtcNow()).Refused);
            await db.SaveChangesAsync(Ct);
            await db.Runs.Where(r => r.Id == renamed).ExecuteUpdateAsync(set => set.SetProperty(r => r.Title, "冬至包饺子"), Ct);
        }

        start.Clock.Advance(TimeSpan.FromDays(3));
        await start.Demo.PrepareAsync(Ct);

        var after = (await start.RunsAsync()).ToDictionary(r => r.Id);
        Assert.Equal((RunStatus.Cancelled, "下雪，改期"), (after[cancelled].Status, after[cancelled].CancelledBecause));
        Assert.Equal("冬至包饺子", after[renamed].Title);
    }

    [Fact]
    public async Task A_real_community_is_never_touched()
    {
        await using var start = await DemoStart.OnAsync("2026-11-23 09:00");
        await using (var db = await start.OpenAsync())
        {
            db.Communities.Add(new Community("石榴社区", "石榴社区居民委员会", "Asia/Shanghai", isDemo: false));
            await db.SaveChangesAsync(Ct);
        }

        var before = await start.CountsAsync();
        await start.Demo.PrepareAsync(Ct);

        Assert.Equal(before, await start.CountsAsync());
        Assert.Empty(await start.Demo.AccountsAsync(Ct));
    }
}
