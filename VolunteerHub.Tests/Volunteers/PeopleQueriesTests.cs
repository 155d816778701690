using CsCheck;
using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Features.Volunteers;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Tests.Volunteers;

/// <summary>Whom a filter means: the database's answer is that of a plain look at everybody.</summary>
public sealed class PeopleQueriesTests(PeopleQueriesTests.Stage stage) : IClassFixture<PeopleQueriesTests.Stage>
{
    public static readonly Gen<PeopleFilter> Filters =
        from search in Maybe("桂", "张桂兰", "zgl", "GL", "Ａｎｎａ", "2026-0003", "0004", "0471", "138 0471 2266", "2025", "兰", "𠮷", "无此人")
        from team in Maybe("health", "law", "nosuch")
        from status in Maybe(Enum.GetValues<VolunteerStatus>().Cast<VolunteerStatus?>().ToArray())
        from kind in Maybe(Enum.GetValues<VolunteerKind>().Cast<VolunteerKind?>().ToArray())
        from tag in Maybe("银铃", "党员", "没有的")
        from qualification in Maybe("护士", "执业医师")
        from language in Maybe("mn", "ug")
        from interest in Gen.Select(Maybe<ServiceLine?>(ServiceLine.Health, ServiceLine.Law), Maybe<HelpTargets?>(HelpTargets.Elderly, HelpTargets.Students))
        from phone in Gen.Int[0, 5]
        from order in Gen.Select(Gen.Enum<PeopleSort>(), Gen.Bool)
        select new PeopleFilter(search, team, status, kind, tag, qualification, language, interest.Item1, interest.Item2, phone == 0, order.Item1, order.Item2);

    [Fact]
    public async Task Each_filter_means_whom_a_plain_look_at_everybody_means()
    {
        await Filters.SampleAsync(async filter =>
        {
            var meant = stage.Crowd.Meant(filter).ConvertAll(p => p.Who.Id).ToHashSet();
            Assert.Equal(meant, await stage.MatchingAsync(stage.Crowd.Coordinator, filter));
        }, iter: 300, threads: 1);
    }

    [Fact]
    public async Task A_leader_means_members_of_own_teams_only()
    {
        await Filters.SampleAsync(async filter =>
        {
            var meant = stage.Crowd.Meant(filter, ofLawOnly: true).ConvertAll(p => p.Who.Id).ToHashSet();
            Assert.Equal(meant, await stage.MatchingAsync(stage.Crowd.LeaderOfLaw, filter));
        }, iter: 200, threads: 1);
    }

    [Theory]
    [InlineData("桂")]
    [InlineData("ZGL")]
    [InlineData("gl")]
    [InlineData("张 桂兰")]
    [InlineData("0147")]
    [InlineData("2026-0147")]
    [InlineData("138 0471 2266")]
    [InlineData("+86 138-0471-2266")]
    [InlineData("2266")]
    [InlineData("２２６６")]
    [InlineData("2020-0009")]
    [InlineData("0009")]
    public async Task A_person_is_found_by_what_people_know_of_them(string typed)
    {
        await using var hub = await TestHub.CreateAsync();
        var coordinator = await hub.CoordinatorAsync();
        await hub.VolunteerAsync("李娜", phone: "13911112222");
        var (sought, duplicate) = (A.Volunteer("张桂兰"), new Volunteer("2020-0009", "张桂", VolunteerKind.Member, null));
        sought.SetPhone(hub.Get<PhoneProtector>().Protect("+8613804712266"));
        await hub.ChangeAsync(db => db.Volunteers.AddRange(sought, duplicate));
        await hub.ChangeAsync(db =>
        {
            db.AttachRange(sought, duplicate);
            duplicate.MergeInto(sought, hub.Today);
        });

        await using var read = await hub.Get<Hub>().ReadAsync(coordinator, CancellationToken.None);
        var found = await PeopleQueries.Matching(read, new PeopleFilter(typed), hub.Get<PhoneProtector>()).Select(v => v.Name).ToListAsync();
        Assert.Equal(["张桂兰"], found);
    }

    private static Gen<T?> Maybe<T>(params T[] values) => Gen.Int[0, (values.Length * 3) - 1].Select(i => i < values.Length ? values[i] : default);

    public sealed class Stage : IAsyncLifetime
    {
        private TestHub _hub = null!;

        public Crowd Crowd { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            _hub = await TestHub.CreateAsync();
            Crowd = await Crowd.OnAsync(_hub, 60, seed: 20261128);
        }

        internal async Task<HashSet<VolunteerId>> MatchingAsync(Actor actor, PeopleFilter filter)
        {
            await using var read = await _hub.Get<Hub>().ReadAsync(actor, CancellationToken.None);
            var conditions = PeopleQueries.Conditions(read, filter, _hub.Get<PhoneProtector>());
            var tested = await PeopleQueries.Matching(read, filter, _hub.Get<PhoneProtector>()).Select(v => v.Id).ToListAsync();
            Assert.Equal(tested.Count, tested.Distinct().Count());
            // Both ways of asking give the same answer.
            var indexed = await conditions.Aggregate(PeopleQueries.Shown(read.Db, filter), (people, c) => people.Where(v => c.Ids.Contains(v.Id))).Select(v => v.Id).ToListAsync();
            Assert.Equal(tested.ToHashSet(), indexed.ToHashSet());
            return tested.ToHashSet();
        }

        public ValueTask DisposeAsync() => _hub.DisposeAsync();
    }
}
