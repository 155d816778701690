using CsCheck;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Volunteers;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Tests.Volunteers;

/// <summary>The list of people, page by page.</summary>
public sealed class PeopleListTests(PeopleListTests.Stage stage) : IClassFixture<PeopleListTests.Stage>
{
    /// <summary>Filters that leave several pages, and the order in which.</summary>
    private static readonly Gen<PeopleFilter> Wide =
        from order in Gen.Select(Gen.Enum<PeopleSort>(), Gen.Bool)
        from what in Gen.Int[0, 5]
        select (what switch
        {
            0 => new PeopleFilter(Team: "health"),
            1 => new PeopleFilter(Kind: VolunteerKind.Member),
            2 => new PeopleFilter("2"),
            3 => new PeopleFilter(Status: VolunteerStatus.Active),
            _ => PeopleFilter.Everybody,
        }) with
        { Sort = order.Item1, Descending = order.Item2 };

    [Fact]
    public async Task All_pages_together_are_the_whole_list_in_order()
    {
        var several = 0;
        await Wide.SampleAsync(async filter =>
        {
            var pages = await ForwardAsync(stage.Hub, stage.Crowd.Coordinator, filter);
            if (pages.Count > 2) several++;
            Assert.Equal(stage.Numbers(filter), pages.SelectMany(p => p));
            Assert.All(pages.SkipLast(1), page => Assert.Equal(PeopleList.PageSize, page.Count));
        }, iter: 30, threads: 1);
        Assert.True(several > 5);
    }

    [Fact]
    public async Task From_the_last_page_one_comes_back_to_the_first_without_missing_anybody() =>
        await Wide.SampleAsync(async filter =>
        {
            var pages = new List<IReadOnlyList<PersonRow>>();
            var page = await PageAsync(stage.Hub, stage.Crowd.Coordinator, filter with { Page = PageKey.Last });
            Assert.Null(page.Later);
            while (true)
            {
                pages.Insert(0, page.Rows);
                if (page.Earlier is null) break;
                page = await PageAsync(stage.Hub, stage.Crowd.Coordinator, filter with { Page = page.Earlier });
                Assert.NotNull(page.Later);
            }

            // The first page is a whole one, so that it may show again who stands on the second.
            Assert.Equal(stage.Numbers(filter), pages.SelectMany(p => p).Select(r => r.Number).Distinct());
            Assert.True(pages.Count == 1 || pages[0].Count == PeopleList.PageSize);
        }, iter: 20, threads: 1);

    [Fact]
    public async Task Whatever_else_is_asked_the_first_page_is_the_beginning_of_the_list() =>
        await PeopleQueriesTests.Filters.SampleAsync(async filter =>
        {
            var page = await PageAsync(stage.Hub, stage.Crowd.Coordinator, filter);
            var meant = stage.Numbers(filter);
            Assert.Equal(meant.Take(PeopleList.PageSize), page.Rows.Select(r => r.Number));
            Assert.Equal(meant.Count > PeopleList.PageSize, page.Later is not null);
            var total = (await stage.Hub.Get<PeopleTotal>().LoadAsync(stage.Crowd.Coordinator, filter)).Value!;
            Assert.Equal(new PeopleCount(meant.Count, false), total);
        }, iter: 60, threads: 1);

    [Fact]
    public async Task A_leader_turns_pages_of_own_people_only() =>
        await Wide.SampleAsync(async filter =>
        {
            var pages = await ForwardAsync(stage.Hub, stage.Crowd.LeaderOfLaw, filter);
            Assert.Equal(stage.Crowd.Meant(filter, ofLawOnly: true).ConvertAll(p => p.Who.Number), pages.SelectMany(p => p));
        }, iter: 10, threads: 1);

    [Fact]
    public async Task Whoever_joins_while_somebody_turns_pages_moves_nobody_off_them()
    {
        await using var hub = await TestHub.CreateAsync();
        var crowd = await Crowd.OnAsync(hub, 110, seed: 7);
        var random = new Random(11);
        await Gen.Select(Gen.Enum<PeopleSort>(), Gen.Bool).SampleAsync(async (sort, descending) =>
        {
            var filter = new PeopleFilter(Sort: sort, Descending: descending);
            var before = crowd.Meant(filter).ConvertAll(p => p.Who.Number);
            var seen = new List<string>();
            PageKey? key = null;
            do
            {
                var page = await PageAsync(hub, crowd.Coordinator, filter with { Page = key });
                seen.AddRange(page.Rows.Select(r => r.Number));
                key = page.Later;
                await crowd.JoinAsync(hub, random);
            }
            while (key is not null);

            Assert.Equal(seen.Distinct().Count(), seen.Count);
            // A merge may take one of them away; nobody else is missing.
            Assert.Empty(before.Except(seen).Intersect(crowd.Meant(filter).ConvertAll(p => p.Who.Number)));
        }, iter: 6, threads: 1);
    }

    [Fact]
    public async Task A_row_says_what_a_list_is_read_for()
    {
        await using var hub = await TestHub.CreateAsync();
        var (coordinator, health) = (await hub.CoordinatorAsync(), await hub.TeamAsync("health"));
        var law = await hub.TeamAsync("law");
        var who = await hub.VolunteerAsync("张桂兰", health, phone: "13804712266", also: v =>
        {
            v.Tag("银铃");
            v.Qualify("护士", hub.Today.AddYears(-3), hub.Today.AddDays(-1));
            v.Qualify("护士", hub.Today.AddDays(-1), null);
            v.Qualify("急救员", hub.Today.AddYears(-3), hub.Today.AddDays(-1));
        });
        await hub.MembershipAsync(who, law, since: hub.Today.AddDays(1));

        var row = Assert.Single((await PageAsync(hub, coordinator, new PeopleFilter("桂"))).Rows);
        Assert.Equal((who.Number, "138****2266", VolunteerStatus.Active, null), (row.Number, row.Phone, row.Status, row.JoinedOn));
        Assert.Equal(["health"], row.Teams.Select(t => t.Code));
        Assert.Equal(["银铃"], row.Tags);
        Assert.Equal([new("急救员", false), new("护士", true)], row.Qualifications);
    }

    [Fact]
    public async Task A_link_to_a_page_beside_somebody_who_is_out_of_sight_shows_the_beginning()
    {
        await using var hub = await TestHub.CreateAsync();
        var (health, law) = (await hub.TeamAsync("health"), await hub.TeamAsync("law"));
        var leader = await hub.VolunteerAsync("王芳", health, TeamRole.Leader);
        var stranger = await hub.VolunteerAsync("周律", law);
        await hub.VolunteersAsync(3, health);

        foreach (var key in new[] { PageKey.After(stranger.Number), PageKey.Before(stranger.Number), PageKey.After("2020-0001") })
        {
            var page = await PageAsync(hub, hub.ActorOf(leader), new PeopleFilter(Page: key));
            Assert.Equal((4, null, null), (page.Rows.Count, page.Earlier, page.Later));
        }
    }

    [Fact]
    public async Task Who_learns_a_language_or_changes_what_they_would_like_to_do_is_found_by_it()
    {
        await using var hub = await TestHub.CreateAsync();
        var coordinator = await hub.CoordinatorAsync();
        var who = await hub.VolunteerAsync("李娜");
        Assert.Empty((await PageAsync(hub, coordinator, new PeopleFilter(Language: "mn"))).Rows);

        await hub.ChangeAsync(who, v => v.Describe(new Profile(Languages: ["mn"], InterestLines: [Health])));
        Assert.Single((await PageAsync(hub, coordinator, new PeopleFilter(Language: "mn"))).Rows);
        Assert.Single((await PageAsync(hub, coordinator, new PeopleFilter(Line: Health))).Rows);
        // The marks are for filters: nobody finds them by typing.
        Assert.Empty((await PageAsync(hub, coordinator, new PeopleFilter("language"))).Rows);

        await hub.ChangeAsync(who, v => v.Describe(new Profile()));
        Assert.Empty((await PageAsync(hub, coordinator, new PeopleFilter(Language: "mn"))).Rows);
    }

    private const ServiceLine Health = ServiceLine.Health;

    private static async Task<List<List<string>>> ForwardAsync(TestHub hub, Actor actor, PeopleFilter filter)
    {
        var pages = new List<List<string>>();
        PageKey? key = null;
        do
        {
            var page = await PageAsync(hub, actor, filter with { Page = key });
            Assert.Equal(key is null, page.Earlier is null);
            pages.Add([.. page.Rows.Select(r => r.Number)]);
            key = page.Later;
        }
        while (key is not null);
        return pages;
    }

    private static async Task<PeoplePage> PageAsync(TestHub hub, Actor actor, PeopleFilter filter)
    {
        var loaded = await hub.Get<PeopleList>().LoadAsync(actor, filter);
        Assert.Null(loaded.Refusal);
        return loaded.Value!;
    }

    public sealed class Stage : IAsyncLifetime
    {
        public TestHub Hub { get; private set; } = null!;

        public Crowd Crowd { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Hub = await TestHub.CreateAsync();
            Crowd = await Crowd.OnAsync(Hub, 170, seed: 42);
        }

        public List<string> Numbers(PeopleFilter filter) => Crowd.Meant(filter).ConvertAll(p => p.Who.Number);

        public ValueTask DisposeAsync() => Hub.DisposeAsync();
    }
}
