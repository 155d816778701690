using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Rosters;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Tests.Data;

public sealed class AuditTests
{
    [Fact]
    public async Task A_change_and_its_line_are_kept_together()
    {
        await using var hub = await TestHub.CreateAsync();
        var who = await hub.VolunteerAsync("张桂兰");
        await hub.ChangeAsync(who, v => v.Pause());
        var line = await LastLineAsync(hub, nameof(Volunteer));
        Assert.Equal(who.Id.ToString(), line.SubjectId);
        Assert.Equal("Modified", line.Action);
        Assert.Equal("""{"Status":["Active","Paused"]}""", line.Changes);
        Assert.Equal(hub.Now, line.At);
    }

    [Fact]
    public async Task A_change_that_is_rolled_back_takes_its_line_with_it()
    {
        await using var hub = await TestHub.CreateAsync();
        var who = await hub.VolunteerAsync("张桂兰");
        var before = await hub.CountAsync("AuditLines");
        await using (var db = await hub.DbAsync())
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            (await db.Volunteers.SingleAsync(v => v.Id == who.Id)).Pause();
            await db.SaveChangesAsync();
            Assert.Equal(before + 1, await db.AuditLines.CountAsync());
            await transaction.RollbackAsync();
        }

        Assert.Equal(before, await hub.CountAsync("AuditLines"));
        Assert.Equal(0, await hub.CountAsync("Volunteers WHERE Status='Paused'"));
    }

    [Fact]
    public async Task A_change_that_the_database_refuses_leaves_no_line()
    {
        await using var hub = await TestHub.CreateAsync();
        await hub.TeamAsync("health");
        var before = await hub.CountAsync("AuditLines");
        await Assert.ThrowsAsync<DbUpdateException>(() => hub.TeamAsync("health"));
        Assert.Equal(before, await hub.CountAsync("AuditLines"));
    }

    [Fact]
    public async Task A_line_says_who_changed_it_and_how_they_were_known()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var added = await hub.Get<AssignVolunteer>().RunAsync(cast.LeaderOfHealth, cast.Next.Id, cast.Next.PostNamed("引导").Id, cast.Free.Id);
        Assert.False(added.Refused);
        var line = await LastLineAsync(hub, "Assignment");
        Assert.Equal(cast.LeaderOfHealth.Id.Value, line.ActorId);
        Assert.Equal("Session", line.Via);
        Assert.Equal("Added", line.Action);
        Assert.Contains("\"Status\":[null,\"Proposed\"]", line.Changes, StringComparison.Ordinal);
        Assert.Contains(cast.Free.Id.ToString(), line.Changes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_of_a_volunteer_holds_the_masked_name_and_no_secret()
    {
        await using var hub = await TestHub.CreateAsync();
        var who = await hub.VolunteerAsync("张桂兰", phone: "13804701234", pin: "2580", also: v => v.Keep(new PrivateData(hub.Get<FieldProtector>().Protect(new DateOnly(2012, 5, 17)))));
        await hub.ChangeAsync(who, v =>
        {
            v.SetPhone(hub.Get<PhoneProtector>().Protect("+8613904705678"));
            v.SetPin("another hash");
            v.Keep(new PrivateData(hub.Get<FieldProtector>().Protect(new DateOnly(2012, 5, 18))));
        });
        await hub.AccountAsync(who, "红石榴 2026");
        var stored = await hub.LookAsync(db => db.Volunteers.SingleAsync(v => v.Id == who.Id));
        var account = await hub.LookAsync(db => db.Users.SingleAsync());
        var lines = string.Join('\n', await hub.LookAsync(db => db.AuditLines.Select(l => l.Changes).ToListAsync()));
        Assert.Contains("张*兰", lines, StringComparison.Ordinal);
        Assert.Contains("•••", lines, StringComparison.Ordinal);
        string[] secrets =
        [
            "张桂兰", "13804701234", "13904705678", "2012-05-17", "2012-05-18", "5/17/2012", "another hash", who.PinHash!, account.PasswordHash!, account.SecurityStamp!,
            who.Phone!.Cipher, who.Phone.WholeIndex, who.Phone.TailIndex, stored.Phone!.Cipher, stored.Phone.WholeIndex, stored.Phone.TailIndex,
        ];
        foreach (var secret in secrets) Assert.DoesNotContain(secret, lines, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_kind_of_thing_that_is_added_leaves_a_line()
    {
        await using var hub = await TestHub.CreateAsync();
        await TestCast.OnAsync(hub);
        var subjects = await hub.LookAsync(db => db.AuditLines.Where(l => l.Action == "Added").Select(l => l.Subject).Distinct().ToListAsync());
        foreach (var kind in new[] { "Community", "Team", "Volunteer", "Membership", "Account", "ServiceRun", "Shift", "Post", "Assignment", "InvitationLink", "Site" })
            Assert.Contains(kind, subjects);
    }

    [Fact]
    public async Task A_token_never_shows_in_a_line()
    {
        await using var hub = await TestHub.CreateAsync();
        var cast = await TestCast.OnAsync(hub);
        var hash = SecretToken.HashOf(cast.InvitationToken);
        var line = await LastLineAsync(hub, nameof(InvitationLink));
        Assert.DoesNotContain(hash, line.Changes, StringComparison.Ordinal);
        Assert.DoesNotContain(cast.InvitationToken, line.Changes, StringComparison.Ordinal);
    }

    private static Task<AuditLine> LastLineAsync(TestHub hub, string subject) =>
        hub.LookAsync(db => db.AuditLines.Where(l => l.Subject == subject).OrderByDescending(l => l.Id).FirstAsync());
}
