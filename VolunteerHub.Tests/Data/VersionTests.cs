using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Tests.Data;

public sealed class VersionTests
{
    private const int SqliteBusy = 5;

    [Fact]
    public async Task An_assignment_that_is_added_counts_the_version_of_its_run()
    {
        await using var hub = await TestHub.CreateAsync();
        var (run, who) = await RunAndPersonAsync(hub);
        await AssignAsync(hub, run, who);
        Assert.Equal(run.Version + 1, (await hub.LoadAsync(run.Id)).Version);
    }

    [Fact]
    public async Task An_answer_counts_the_version_of_the_run()
    {
        await using var hub = await TestHub.CreateAsync();
        var health = await hub.TeamAsync("health");
        var who = await hub.VolunteerAsync("李娜", health);
        var run = await hub.RunAsync(new RunSketch(health, new PostSketch("引导", who)) { Answered = false, Day = hub.Today.AddDays(3) });
        await using var db = await hub.DbAsync();
        var stored = await WholeAsync(db, run.Id);
        stored.Answer(run.SeatOf(who).Id, true, null, who.Id, false, hub.Now, (await db.Communities.SingleAsync()).Duty, []);
        await db.SaveChangesAsync();
        Assert.Equal(run.Version + 1, (await hub.LoadAsync(run.Id)).Version);
    }

    [Fact]
    public async Task A_qualification_that_is_added_counts_the_version_of_its_volunteer()
    {
        await using var hub = await TestHub.CreateAsync();
        var who = await hub.VolunteerAsync("李娜");
        await hub.ChangeAsync(who, v => v.Qualify("护士", hub.Today, null));
        Assert.Equal(who.Version + 1, await VersionOfAsync(hub, who));
    }

    [Fact]
    public async Task A_phone_number_that_is_replaced_counts_the_version_of_its_volunteer()
    {
        await using var hub = await TestHub.CreateAsync();
        var who = await hub.VolunteerAsync("李娜", phone: "13804701234");
        await hub.ChangeAsync(who, v => v.SetPhone(hub.Get<VolunteerHub.Web.Platform.Protection.PhoneProtector>().Protect("+8613804705678")));
        Assert.Equal(who.Version + 1, await VersionOfAsync(hub, who));
    }

    [Fact]
    public async Task Of_two_who_save_the_same_run_the_second_is_told()
    {
        await using var hub = await TestHub.CreateAsync();
        var (run, who) = await RunAndPersonAsync(hub);
        var other = await hub.VolunteerAsync("张桂兰");
        await using var first = await hub.DbAsync();
        await using var second = await hub.DbAsync();
        Assign(hub, await WholeAsync(first, run.Id), who);
        Assign(hub, await WholeAsync(second, run.Id), other);
        await first.SaveChangesAsync();
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => second.SaveChangesAsync());
        Assert.Equal(who.Id, Assert.Single((await hub.LoadAsync(run.Id)).Assignments).VolunteerId);
    }

    [Fact]
    public async Task Of_two_who_save_the_same_volunteer_the_second_is_told()
    {
        await using var hub = await TestHub.CreateAsync();
        var who = await hub.VolunteerAsync("李娜");
        await using var first = await hub.DbAsync();
        await using var second = await hub.DbAsync();
        (await first.Volunteers.SingleAsync(v => v.Id == who.Id)).Pause();
        (await second.Volunteers.Include(v => v.Qualifications).SingleAsync(v => v.Id == who.Id)).Qualify("护士", hub.Today, null);
        await first.SaveChangesAsync();
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => second.SaveChangesAsync());
    }

    [Fact]
    public async Task A_job_holds_the_write_lock_from_its_start_until_it_ends()
    {
        await using var hub = await TestHub.CreateAsync();
        await using (await hub.Get<Hub>().BeginAsync(Actor.System, CancellationToken.None))
            Assert.Equal(SqliteBusy, (await Assert.ThrowsAsync<SqliteException>(() => TakeWriteLockAsync(hub))).SqliteErrorCode);
        Assert.Null(await Record.ExceptionAsync(() => TakeWriteLockAsync(hub)));
    }

    [Fact]
    public async Task A_job_that_cannot_begin_holds_no_lock()
    {
        await using var hub = await TestHub.CreateAsync(new TestHubOptions { WithCommunity = false });
        await Assert.ThrowsAsync<InvalidOperationException>(() => hub.Get<Hub>().BeginAsync(Actor.System, CancellationToken.None));
        Assert.Null(await Record.ExceptionAsync(() => TakeWriteLockAsync(hub)));
    }

    private static async Task TakeWriteLockAsync(TestHub hub)
    {
        await using var other = hub.OpenDatabase();
        await using var write = other.CreateCommand();
        write.CommandText = "BEGIN IMMEDIATE; ROLLBACK;";
        await write.ExecuteNonQueryAsync();
    }

    private static async Task<(ServiceRun Run, Volunteer Who)> RunAndPersonAsync(TestHub hub)
    {
        var health = await hub.TeamAsync("health");
        return (await hub.RunAsync(new RunSketch(health, new PostSketch("引导") { Max = 3 }) { Day = hub.Today.AddDays(3) }), await hub.VolunteerAsync("李娜", health));
    }

    private static async Task AssignAsync(TestHub hub, ServiceRun run, Volunteer who)
    {
        await using var db = await hub.DbAsync();
        Assign(hub, await WholeAsync(db, run.Id), who);
        await db.SaveChangesAsync();
    }

    private static void Assign(TestHub hub, ServiceRun run, Volunteer who)
    {
        var candidate = new Candidate(who, new HashSet<TeamId> { run.HostTeamId }, [], [], 0);
        var assigned = run.Assign(run.PostNamed("引导").Id, candidate, AssignmentOrigin.Leader, null, who.Id, hub.Now, new VolunteerHub.Domain.Communities.Community("", "", "Asia/Shanghai", false), CrewExperience.Unknown);
        Assert.False(assigned.Refused);
    }

    private static Task<ServiceRun> WholeAsync(HubDbContext db, RunId id) =>
        db.Runs.Include(r => r.Shifts).ThenInclude(s => s.Posts).Include(r => r.Assignments).SingleAsync(r => r.Id == id);

    private static Task<long> VersionOfAsync(TestHub hub, Volunteer who) => hub.LookAsync(db => db.Volunteers.Where(v => v.Id == who.Id).Select(v => v.Version).SingleAsync());
}
