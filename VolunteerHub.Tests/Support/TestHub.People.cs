using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Tests.Support;

/// <summary>Teams, volunteers, memberships, accounts.</summary>
public sealed partial class TestHub
{
    private static readonly Dictionary<string, (string Name, string Glyph, ServiceLine? Line)> KnownTeams = new()
    {
        ["policy"] = ("政策宣讲志愿服务队", "政", ServiceLine.Policy),
        ["safety"] = ("平安守护志愿服务队", "安", ServiceLine.Safety),
        ["health"] = ("健康义诊志愿服务队", "健", ServiceLine.Health),
        ["law"] = ("法律服务志愿服务队", "法", ServiceLine.Law),
        ["care"] = ("关爱帮扶志愿服务队", "爱", ServiceLine.Care),
        ["culture"] = ("文化文艺志愿服务队", "文", ServiceLine.Culture),
    };

    private readonly Dictionary<VolunteerId, Guid> _accounts = [];

    /// <summary>One of the community's teams by its code, or one of another name.</summary>
    public async Task<Team> TeamAsync(string code, string? name = null)
    {
        var known = KnownTeams.GetValueOrDefault(code, ("志愿服务队 " + code, "志", null));
        var team = new Team(code, name ?? known.Item1, known.Item2, known.Item3, namedBySource: false);
        await ChangeAsync(db => db.Teams.Add(team));
        return team;
    }

    /// <summary>An active volunteer with a number, and a place in a team where one is named.</summary>
    public async Task<Volunteer> VolunteerAsync(
        string name, Team? team = null, TeamRole role = TeamRole.Member, string? phone = null, string? pin = null,
        VolunteerKind kind = VolunteerKind.Member, Action<Volunteer>? also = null)
    {
        await using var db = await DbAsync();
        var community = await db.Communities.SingleAsync();
        var protector = phone is null ? null : Get<PhoneProtector>().Protect(PhoneNumberReader.Read(phone)!);
        var volunteer = new Volunteer(community.IssueNumber(Today.Year), name, kind, protector);
        if (pin is not null) volunteer.SetPin(Get<CheckInPin>().Hash(volunteer.Id, pin));
        also?.Invoke(volunteer);
        db.Volunteers.Add(volunteer);
        if (team is not null) db.Memberships.Add(new Membership(volunteer.Id, team.Id, role, Today.AddYears(-1)));
        await db.SaveChangesAsync();
        return volunteer;
    }

    /// <summary>Many members of a team, with one save.</summary>
    public async Task<IReadOnlyList<Volunteer>> VolunteersAsync(int count, Team team)
    {
        await using var db = await DbAsync();
        var community = await db.Communities.SingleAsync();
        var people = Enumerable.Range(1, count).Select(n => new Volunteer(community.IssueNumber(Today.Year), $"志愿者{n}", VolunteerKind.Member, null)).ToList();
        db.Volunteers.AddRange(people);
        db.Memberships.AddRange(people.Select(p => new Membership(p.Id, team.Id, TeamRole.Member, Today.AddYears(-1))));
        await db.SaveChangesAsync();
        return people;
    }

    /// <summary>A further place in a team.</summary>
    public async Task<Membership> MembershipAsync(Volunteer volunteer, Team team, TeamRole role = TeamRole.Member, DateOnly? since = null, DateOnly? until = null)
    {
        var membership = new Membership(volunteer.Id, team.Id, role, since ?? Today.AddYears(-1));
        if (until is { } end) membership.End(end);
        await ChangeAsync(db => db.Memberships.Add(membership));
        return membership;
    }

    /// <summary>An account by which the volunteer signs in, with roles; a password takes a while to hash, so it is made only where it is given.</summary>
    public async Task<Account> AccountAsync(Volunteer volunteer, string? password = null, params string[] roles)
    {
        await using var scope = Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var roleStore = scope.ServiceProvider.GetRequiredService<RoleManager<IdentityRole<Guid>>>();
        var account = new Account { Id = Guid.CreateVersion7(), UserName = volunteer.Number, VolunteerId = volunteer.Id };
        Succeeded(password is null ? await users.CreateAsync(account) : await users.CreateAsync(account, password));
        foreach (var role in roles)
        {
            if (!await roleStore.RoleExistsAsync(role)) Succeeded(await roleStore.CreateAsync(new IdentityRole<Guid>(role) { Id = Guid.CreateVersion7() }));
            Succeeded(await users.AddToRoleAsync(account, role));
        }

        _accounts[volunteer.Id] = account.Id;
        return account;
    }

    /// <summary>Gives somebody a password, and an account where there is none yet; answers the number to sign in with.</summary>
    public async Task<string> PasswordAsync(VolunteerId id, string password)
    {
        var volunteer = await LookAsync(db => db.Volunteers.SingleAsync(v => v.Id == id));
        await using var scope = Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        if (await users.FindByNameAsync(volunteer.Number) is { } account) Succeeded(await users.AddPasswordAsync(account, password));
        else await AccountAsync(volunteer, password);
        return volunteer.Number;
    }

    /// <summary>A volunteer who is signed in.</summary>
    public Actor ActorOf(Volunteer volunteer) => ActorOf(volunteer, Via.Session);

    public Actor ActorOf(Volunteer volunteer, Via via) =>
        new(volunteer.Id, via == Via.Session && _accounts.TryGetValue(volunteer.Id, out var account) ? account : null, via);

    /// <summary>Someone with the role of a coordinator, signed in.</summary>
    public async Task<Actor> CoordinatorAsync(string name = "赵敏")
    {
        var volunteer = await VolunteerAsync(name);
        await AccountAsync(volunteer, null, Roles.Coordinator);
        return ActorOf(volunteer);
    }

    /// <summary>Changes a volunteer who is stored.</summary>
    public async Task ChangeAsync(Volunteer volunteer, Action<Volunteer> change)
    {
        await using var db = await DbAsync();
        change(await db.Volunteers.Include(v => v.Qualifications).SingleAsync(v => v.Id == volunteer.Id));
        await db.SaveChangesAsync();
    }

    private static void Succeeded(IdentityResult result)
    {
        if (!result.Succeeded) throw new InvalidOperationException(string.Join("; ", result.Errors.Select(e => e.Description)));
    }
}
