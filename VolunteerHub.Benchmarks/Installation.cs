using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Data.Interceptors;
using VolunteerHub.Web.Platform;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;
using VolunteerHub.Web.Platform.Sentences;

namespace VolunteerHub.Benchmarks;

/// <summary>A temporary installation: in each round every forty people stand at the door of a run that is under way, each with a remembered phone.</summary>
internal sealed class Installation : IAsyncDisposable
{
    private const int PeopleAtADoor = 40;

    private Installation(string directory, IReadOnlyList<string> phones, IReadOnlyList<string> tags, ProtectionKeys keys) =>
        (Directory, Phones, Tags, Keys) = (directory, phones, tags, keys);

    public string Directory { get; }

    /// <summary>Tokens of remembered phones.</summary>
    public IReadOnlyList<string> Phones { get; }

    /// <summary>Check-in tags of the runs.</summary>
    public IReadOnlyList<string> Tags { get; }

    private ProtectionKeys Keys { get; }

    /// <summary>The code at the door where this person stands in this round, as it is now.</summary>
    public string CodeOf(int round, int person) =>
        CheckInCode.At(Tags[(round * Doors(Phones.Count)) + (person / PeopleAtADoor)], TimeProvider.System.GetUtcNow(), CheckInPolicy.Default.CodeStep, Keys.CheckInCode);

    public static async Task<Installation> CreateAsync(int people, int rounds)
    {
        var directory = System.IO.Directory.CreateTempSubdirectory("volunteerhub-bench-").FullName;
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["VolunteerHub:DataDirectory"] = directory });
        builder.Logging.ClearProviders();
        builder.AddHubData();
        builder.Services.AddHubTexts();
        await using var app = builder.Build();
        var keys = app.Services.GetRequiredService<ProtectionKeys>();
        await app.Services.GetRequiredService<DatabaseStart>().RunAsync();
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<HubDbContext>>().CreateDbContextAsync();
        var now = TimeProvider.System.GetUtcNow();
        var community = new Community("Benchmark", "Benchmark", "Asia/Shanghai", isDemo: false);
        var team = new Team("health", "Health", "H", ServiceLine.Health, false);
        var site = new Site("Station", null);
        db.AddRange(community, team, site);
        var volunteers = Enumerable.Range(0, people).Select(_ => new Volunteer(community.IssueNumber(2026), "Volunteer", VolunteerKind.Member, null)).ToList();
        db.AddRange(volunteers);
        var phones = volunteers.ConvertAll(v =>
        {
            var (token, hash) = SecretToken.New();
            db.Add(new RememberedPhone(v.Id, hash, now));
            return token;
        });
        await db.SaveChangesAsync();
        var tags = new List<string>();
        for (var round = 0; round < rounds; round++)
        {
            foreach (var crowd in volunteers.Chunk(PeopleAtADoor))
            {
                var post = new PostPlan(null, "Helper", 1, PeopleAtADoor);
                var slot = new TimeSlot(now.AddMinutes(-10), now.AddHours(3));
                var run = ServiceRun.Plan(new RunPlan($"Round {round}", null, HelpTargets.None, team.Id, [], site.Id, null, null, [new ShiftPlan(null, slot, [post])]), CheckInCode.NewTag()).Value!;
                db.Add(run);
                await db.SaveChangesAsync();
                await FillAsync(db, run, crowd);
                tags.Add(run.CheckInTag);
                db.ChangeTracker.Clear();
            }
        }

        return new(directory, phones, tags, keys);
    }

    /// <summary>Waits until every acknowledged check-in stands in the tables.</summary>
    public async Task SettledAsync()
    {
        await using var database = new SqliteConnection(SqliteSettings.ConnectionString(new DataDirectory(Directory).Database));
        await database.OpenAsync();
        await using var waiting = database.CreateCommand();
        waiting.CommandText = "SELECT COUNT(*) FROM AttendanceJournal";
        while ((long)(await waiting.ExecuteScalarAsync())! > 0) await Task.Delay(2);
    }

    private static int Doors(int people) => (people + PeopleAtADoor - 1) / PeopleAtADoor;

    public ValueTask DisposeAsync()
    {
        System.IO.Directory.Delete(Directory, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Puts a crowd on a run at once, in every round anew: more than any rule would allow, and just what a load wants.</summary>
    private static async Task FillAsync(HubDbContext db, ServiceRun run, IReadOnlyCollection<Volunteer> volunteers)
    {
        await db.Runs.Where(r => r.Id == run.Id).ExecuteUpdateAsync(r => r.SetProperty(x => x.Status, RunStatus.Published));
        var (shift, post) = run.Posts.Single();
        await using var transaction = await db.Database.BeginTransactionAsync();
        foreach (var volunteer in volunteers)
        {
            await db.Database.ExecuteSqlAsync($"""
                INSERT INTO Assignments (Id, RunId, ShiftId, PostId, VolunteerId, Origin, Status, Start, End, LeavesWithDraft)
                VALUES ({AssignmentId.New().Value}, {run.Id.Value}, {shift.Id.Value}, {post.Id.Value}, {volunteer.Id.Value}, {nameof(AssignmentOrigin.Leader)}, {nameof(AssignmentStatus.Accepted)}, {shift.Start.UtcDateTime}, {shift.End.UtcDateTime}, 0)
                """);
        }

        await transaction.CommitAsync();
    }
}
