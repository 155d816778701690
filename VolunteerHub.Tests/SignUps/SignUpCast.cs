using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Domain.Rosters.Cover;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.MyDuties;
using VolunteerHub.Web.Platform.Background;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Tests.SignUps;

/// <summary>
/// A run of the health team in five days: 张桂兰 is the only one whom 测血压 takes, 引导 has a free seat, 领队 is for the leader to give.
/// 何云 and 李娜 are in the team, 马远 is not.
/// </summary>
public sealed class SignUpCast(TestHub hub)
{
    public TestHub Hub => hub;

    public Team Health { get; private set; } = null!;

    public ServiceRun Run { get; private set; } = null!;

    public Volunteer Holder { get; private set; } = null!;

    public Volunteer Free { get; private set; } = null!;

    public Volunteer Other { get; private set; } = null!;

    public Volunteer Stranger { get; private set; } = null!;

    public PostId Full => Run.PostNamed("测血压").Id;

    public PostId Open => Run.PostNamed("引导").Id;

    public PostId Lead => Run.PostNamed("领队").Id;

    public static async Task<SignUpCast> OnAsync(TestHub hub)
    {
        var (health, care) = (await hub.TeamAsync("health"), await hub.TeamAsync("care"));
        var holder = await hub.VolunteerAsync("张桂兰", health);
        var cast = new SignUpCast(hub)
        {
            Health = health, Holder = holder, Free = await hub.VolunteerAsync("何云", health), Other = await hub.VolunteerAsync("李娜", health),
            Stranger = await hub.VolunteerAsync("马远", care),
        };
        cast.Run = await hub.RunAsync(new RunSketch(
            health, new PostSketch("测血压", holder) { Max = 1 }, new PostSketch("引导") { Max = 1 }, new PostSketch("领队") { IsLead = true, Max = 1 })
        { Day = hub.Today.AddDays(5) });
        return cast;
    }

    /// <summary>The run as it is stored now.</summary>
    public Task<ServiceRun> LoadAsync() => hub.LoadAsync(Run.Id);

    public Task ChangeAsync(Action<ServiceRun> change) => hub.ChangeAsync(db => change(db.WholeRun(Run.Id)));

    public Task<Outcome> NoAsync(Volunteer who, AssignmentId seat) => hub.Get<AnswerInvitation>().RunAsync(hub.ActorOf(who), seat, false, "孩子生病");

    /// <summary>What the installation does by itself, without waiting for its minute.</summary>
    public Task WorkAsync() => hub.Get<BackgroundJobs>().RunDueAsync(true, TestContext.Current.CancellationToken);

    /// <summary>The same where the site runs its jobs as well, so that either may do it: until it shows.</summary>
    public async Task WorkUntilAsync(string fromAndWhere)
    {
        using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var round = 0; round < 300 && await hub.CountAsync(fromAndWhere) == 0; round++)
        {
            await WorkAsync();
            await looks.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        Assert.NotEqual(0, await hub.CountAsync(fromAndWhere));
    }

    /// <summary>The holder seeks a stand-in, and these are asked; the askings in their order.</summary>
    public async Task<IReadOnlyList<CoverAskId>> AskedAsync(params IReadOnlyList<Volunteer> people)
    {
        var seat = Run.SeatOf(Holder).Id;
        var ladder = new CoverLadder(Run.Id, Full, seat, 0, Run.StartsAt, default, hub.Now);
        ladder.Ask(people.Select(p => p.Id), CoverPolicy.Default with { AskNext = people.Count }, default, TestHub.Zone, hub.Now);
        await hub.ChangeAsync(db =>
        {
            Assert.False(db.WholeRun(Run.Id).SeekCover(seat, "孩子生病", Holder.Id, hub.Now).Refused);
            db.CoverLadders.Add(ladder);
        });
        return [.. people.Select(p => ladder.Asks.Single(a => a.VolunteerId == p.Id).Id)];
    }

    /// <summary>The token of a personal link for an asking.</summary>
    public async Task<string> LinkAsync(CoverAskId ask)
    {
        var (token, hash) = SecretToken.New();
        await hub.ChangeAsync(db => db.InvitationLinks.Add(new InvitationLink(ask, hash, default, hub.Now, Run.StartsAt)));
        return token;
    }
}
