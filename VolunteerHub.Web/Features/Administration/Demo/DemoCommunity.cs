using VolunteerHub.Web.Features.Planner.Templates;
using VolunteerHub.Domain.Calendar;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Administration.SetUp;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.Administration.Demo;

/// <summary>Someone of the demo community who can sign in; the role key names what they show.</summary>
public sealed record DemoAccount(string Number, string Name, string RoleKey, string Password);

/// <summary>
/// The made-up community of a development machine: whoever starts the product for the first time meets a living place
/// instead of empty tables. It is written once; later starts only see to it that some run is under way.
/// </summary>
public sealed class DemoCommunity(IDbContextFactory<HubDbContext> contexts, TimeProvider clock, PhoneProtector phones, FieldProtector fields, CheckInPin pins)
{
    private const int Seed = 20261123;

    private readonly Lazy<DemoData> _data = new(DemoData.Load);

    /// <summary>
    /// Writes the demo community where the database knows none. Into one that is there it adds a run that is under way
    /// where none is; what people changed stays, and a real community is never touched.
    /// </summary>
    public async Task PrepareAsync(CancellationToken ct = default)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        // All that is saved here is added: looking for changes at each step would take longer than making it.
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        db.Actor = Actor.System;
        // All or nothing: a start that is interrupted leaves no half of a community behind.
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var community = await db.Communities.AsNoTracking().SingleOrDefaultAsync(ct);
        if (community is null) await MakeAsync(db, ct);
        else if (community.IsDemo) await KeepAliveAsync(db, community, ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Who can sign in; nobody where the community is a real one.</summary>
    public async Task<IReadOnlyList<DemoAccount>> AccountsAsync(CancellationToken ct = default)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (!await db.Communities.AnyAsync(c => c.IsDemo, ct)) return [];
        var names = _data.Value.Accounts.Select(a => a.Name).ToList();
        var known = await (from account in db.Users
                           join volunteer in db.Volunteers on account.VolunteerId equals volunteer.Id
                           where names.Contains(volunteer.Name)
                           select new { volunteer.Number, volunteer.Name }).ToListAsync(ct);
        return [.. _data.Value.Accounts.Join(
            known.DistinctBy(k => k.Name), a => a.Name, k => k.Name, (a, k) => new DemoAccount(k.Number, k.Name, a.RoleKey, _data.Value.Password))];
    }

    private async Task MakeAsync(HubDbContext db, CancellationToken ct)
    {
        var (data, now, random) = (_data.Value, clock.GetUtcNow(), new Random(Seed));
        var community = new Community(data.Name, data.Issuer, data.Zone, isDemo: true);
        var teams = ReadyTeam.All.Select((t, order) => t.Make(t.Name, order)).ToList();
        var sites = data.Sites.Select(s => new Site(s.Facts)).ToList();
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, community.Zone).DateTime);
        var people = new DemoPeople(data, community, teams, today, random, phones, fields, pins).Make();

        var records = new DemoRecords(data, today, now, new Random(Seed + 1), phones, fields);
        records.Fill(people);
        community.FinishSetUp(now);
        var requests = new DemoRequests(data, now, phones);
        requests.Receive(community);
        db.Communities.Add(community);
        db.Teams.AddRange(teams);
        db.Sites.AddRange(sites);
        db.SiteVisits.AddRange(sites.Where(s => s.CountsVisits).SelectMany(s => Visits(s, today, TimeZoneInfo.ConvertTime(now, community.Zone).Hour)));
        db.Volunteers.AddRange(people.Select(p => p.Volunteer));
        db.Memberships.AddRange(people.SelectMany(p => p.Memberships));
        db.JoinApplications.AddRange(records.Applications(teams));
        AddAccounts(db, data, people);
        await SaveAsync(db, ct);

        var cast = new DemoCast(community, teams, sites, people, now);
        var runs = new DemoRuns(data, cast, random);
        runs.MakeAll();
        DemoCover.SeekStandIn(runs.Runs, data.DeclineReasons[0], now);
        var release = DemoCover.Release(runs.Runs, cast, "culture", now);
        var reports = new DemoReports(data, cast, new Random(Seed + 2), fields);
        reports.File(runs.Runs);
        reports.Visit(runs.Runs);
        var partners = reports.Partners(runs.Runs);
        await SaveAsync(db, runs, ct);
        if (release is not null) db.FairReleases.Add(release);
        db.Partners.AddRange(partners);
        db.Evaluations.AddRange(new DemoEvaluations(data, cast, new Random(Seed + 4)).Of(runs.Runs, runs.Attendances));
        db.RunTemplates.AddRange(ReadyTemplate.All.Select(t => t.Make(teams)));
        db.RunSeries.AddRange(Series(teams, sites, today));
        db.Lendings.AddRange(records.Lendings(cast, runs.Runs));
        requests.Finish(cast, runs.Runs);
        db.Requests.AddRange(requests.Requests);
        await SaveAsync(db, ct);
    }

    /// <summary>What repeats: a festival each year, and the first Sunday of each month. Their runs are made when the site starts.</summary>
    private static IEnumerable<RunSeries> Series(List<Team> teams, List<Site> sites, DateOnly today)
    {
        (string Code, int Template, SeriesRule Rule)[] series =
        [
            ("culture", 8, new SeriesRule(null, Festival.Lantern, today, null, null)),
            ("party", 3, new SeriesRule("FREQ=MONTHLY;BYDAY=1SU", null, today, null, null)),
        ];
        return series.Select(s => new RunSeries(
            teams.Single(t => t.Code == s.Code).Id, ReadyTemplate.All[s.Template].Make(teams).Outline with { SiteId = sites[0].Id }, s.Rule, HolidayChoice.Keep, []));
    }

    /// <summary>Some visits of the last two weeks, in the hours of the day until now.</summary>
    private static IEnumerable<SiteVisit> Visits(Site site, DateOnly today, int hour)
    {
        var random = new Random(Seed + 3);
        for (var day = today.AddDays(-13); day <= today; day = day.AddDays(1))
            for (var at = 9; at < (day == today ? Math.Min(hour, 18) : 18); at++)
                for (var n = random.Next(6); n > 0; n--) yield return new SiteVisit(Guid.CreateVersion7(), site.Id, day, at);
    }

    private async Task KeepAliveAsync(HubDbContext db, Community community, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (await db.Runs.AnyAsync(r => r.Status == RunStatus.Published && r.StartsAt <= now && r.EndsAt > now, ct)) return;
        var memberships = (await db.Memberships.AsNoTracking().ToListAsync(ct)).ToLookup(m => m.VolunteerId);
        var people = (await db.Volunteers.Include(v => v.Qualifications).AsNoTracking().OrderBy(v => v.Number).ToListAsync(ct))
            .ConvertAll(v => new DemoPerson(v, [.. memberships[v.Id]], fields.RevealDay(v.BornOn)));
        var (yesterday, tomorrow) = (now.AddDays(-1), now.AddDays(1));
        var held = await (from a in db.Assignments
                          join run in db.Runs on a.RunId equals run.Id
                          join team in db.Teams on run.HostTeamId equals team.Id
                          where a.Start < tomorrow && a.End > yesterday
                          select new { Assignment = a, run.Title, team.Name }).AsNoTracking().ToListAsync(ct);
        var teams = await db.Teams.AsNoTracking().ToListAsync(ct);
        var sites = await db.Sites.AsNoTracking().ToListAsync(ct);
        var cast = new DemoCast(community, teams, sites, people, now);
        foreach (var duty in held.Where(h => h.Assignment.Holds))
            cast[duty.Assignment.VolunteerId].Commitments.Add(new Commitment(duty.Assignment.RunId, duty.Title, duty.Name, duty.Assignment.Slot));

        var runs = new DemoRuns(_data.Value, cast, new Random(Seed + cast.Today.DayNumber));
        runs.MakeUnderWay();
        await SaveAsync(db, runs, ct);
    }

    /// <summary>The password is hashed once: it is the same for all, and known to whoever reads the sign-in page.</summary>
    private static void AddAccounts(HubDbContext db, DemoData data, List<DemoPerson> people)
    {
        var hash = new PasswordHasher<Platform.Identity.Account>().HashPassword(new Platform.Identity.Account(), data.Password);
        var roles = new[] { Roles.Coordinator, Roles.Auditor }
            .Select(name => new IdentityRole<Guid>(name) { Id = Guid.CreateVersion7(), NormalizedName = name.ToUpperInvariant() }).ToDictionary(r => r.Name!);
        db.Roles.AddRange(roles.Values);
        foreach (var access in data.Accounts)
        {
            var who = people.First(p => p.Volunteer.Name == access.Name).Volunteer;
            var account = new Platform.Identity.Account
            {
                Id = Guid.CreateVersion7(),
                VolunteerId = who.Id,
                UserName = who.Number,
                NormalizedUserName = who.Number.ToUpperInvariant(),
                PasswordHash = hash,
                SecurityStamp = SecretToken.New().Token,
                LockoutEnabled = true,
            };
            db.Users.Add(account);
            if (access.Role is { } role) db.UserRoles.Add(new IdentityUserRole<Guid> { UserId = account.Id, RoleId = roles[role].Id });
        }
    }

    private static async Task SaveAsync(HubDbContext db, DemoRuns runs, CancellationToken ct)
    {
        db.Runs.AddRange(runs.Runs);
        await SaveAsync(db, ct);
        db.Attendances.AddRange(runs.Attendances);
        db.HourEntries.AddRange(runs.Hours);
        await SaveAsync(db, ct);
    }

    /// <summary>Saves, and lets go of what was saved: the next save need not look at it again.</summary>
    private static async Task SaveAsync(HubDbContext db, CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        db.ChangeTracker.Clear();
    }
}
