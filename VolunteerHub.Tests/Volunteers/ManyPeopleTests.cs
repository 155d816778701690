using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Volunteers;
using VolunteerHub.Web.Platform.Identity;

namespace VolunteerHub.Tests.Volunteers;

/// <summary>What is done to many at once, and what is said before.</summary>
public sealed class ManyPeopleTests
{
    private const string Tag = "银铃";

    [Fact]
    public async Task A_tag_is_put_on_exactly_whom_the_preview_counted_and_taken_off_them_again()
    {
        await using var hub = await TestHub.CreateAsync();
        var health = await hub.TeamAsync("health");
        var coordinator = await hub.CoordinatorAsync();
        await hub.VolunteersAsync(5, health);
        var had = await hub.VolunteerAsync("何云", health, also: v => v.Tag(Tag));
        var erased = await hub.VolunteerAsync("乌兰", health, also: v => v.Erase(hub.Now, hub.Today));
        var members = new PeopleSelection(new PeopleFilter(Team: "health"));

        var preview = await PreviewAsync(hub, coordinator, members, new PutTag(Tag));
        Assert.Equal(5, preview.Affected);
        Assert.Equal([(LeftOut.TaggedAlready, 1)], preview.LeftOut);
        var put = await hub.Get<TagPeople>().RunAsync(coordinator, members, Tag, true, preview.Affected);
        Assert.Equal(5, put.Value!.Count);
        Assert.Equal(6, await hub.CountAsync($"VolunteerTags WHERE Name='{Tag}'"));

        // Taking it back leaves the tag with who had it before.
        await hub.Get<TagPeople>().RunAsync(coordinator, new PeopleSelection(members.Filter, put.Value), Tag, false);
        Assert.Equal([had.Number], await TaggedAsync(hub));

        // One who was chosen by hand is left out for a reason too.
        var byHand = await PreviewAsync(hub, coordinator, new PeopleSelection(members.Filter, [had.Id, erased.Id, VolunteerId.New()]), new TakeTag(Tag));
        Assert.Equal((1, 2), (byHand.Affected, byHand.LeftOut.Sum(l => l.Count)));
        Assert.Contains((LeftOut.HasLeft, 1), byHand.LeftOut);
        Assert.Contains((LeftOut.NotYours, 1), byHand.LeftOut);
    }

    [Fact]
    public async Task A_leader_changes_own_people_and_the_preview_says_who_is_left_out()
    {
        await using var hub = await TestHub.CreateAsync();
        var (health, law) = (await hub.TeamAsync("health"), await hub.TeamAsync("law"));
        var leader = await hub.VolunteerAsync("王芳", health, TeamRole.Leader);
        var (own, others) = (await hub.VolunteerAsync("李娜", health), await hub.VolunteerAsync("周律", law));
        var chosen = new PeopleSelection(PeopleFilter.Everybody, [own.Id, others.Id]);

        var preview = await PreviewAsync(hub, hub.ActorOf(leader), chosen, new PutTag(Tag));
        Assert.Equal(1, preview.Affected);
        Assert.Equal([(LeftOut.NotYours, 1)], preview.LeftOut);
        await hub.Get<TagPeople>().RunAsync(hub.ActorOf(leader), chosen, Tag, true, 1);
        Assert.Equal([own.Number], await TaggedAsync(hub));

        // All that match are all of hers, whatever the filter says.
        var all = await PreviewAsync(hub, hub.ActorOf(leader), new PeopleSelection(PeopleFilter.Everybody), new PutTag(Tag));
        Assert.Equal(1, all.Affected);
    }

    [Fact]
    public async Task People_come_into_a_team_once_and_nobody_who_left_or_is_a_guest()
    {
        await using var hub = await TestHub.CreateAsync();
        var (health, law) = (await hub.TeamAsync("health"), await hub.TeamAsync("law"));
        var coordinator = await hub.CoordinatorAsync();
        var people = await hub.VolunteersAsync(4, health);
        await hub.MembershipAsync(people[0], law);
        await hub.MembershipAsync(people[1], law, since: hub.Today.AddDays(3));
        await hub.MembershipAsync(people[2], law, until: hub.Today);
        await hub.VolunteerAsync("李警官", health, kind: VolunteerKind.Guest);
        await hub.VolunteerAsync("郑前", health, also: v => v.Leave(hub.Today));
        var members = new PeopleSelection(new PeopleFilter(Team: "health"));

        var preview = await PreviewAsync(hub, coordinator, members, new JoinTeam(law.Id));
        Assert.Equal(2, preview.Affected);
        Assert.Equal([(LeftOut.HasLeft, 1), (LeftOut.MemberAlready, 2), (LeftOut.IsGuest, 1)], preview.LeftOut);
        Assert.Equal(2, (await hub.Get<AddPeopleToTeam>().RunAsync(coordinator, members, law.Id, 2)).Value);
        var joined = await hub.LookAsync(db => db.Memberships.Where(m => m.TeamId == law.Id && m.Since == hub.Today && m.Until == null).Select(m => m.VolunteerId).ToListAsync());
        Assert.Equal(people.Skip(2).Select(p => p.Id).ToHashSet(), joined.ToHashSet());
        Assert.IsType<NobodyAffected>((await hub.Get<AddPeopleToTeam>().RunAsync(coordinator, members, law.Id)).Refusal);

        await hub.ChangeAsync(db =>
        {
            db.Attach(law);
            law.Close(hub.Today);
        });
        Assert.IsType<TeamClosed>((await hub.Get<AddPeopleToTeam>().RunAsync(coordinator, members, law.Id)).Refusal);
        Assert.IsType<TeamNotFound>((await hub.Get<AddPeopleToTeam>().RunAsync(coordinator, members, TeamId.New())).Refusal);
    }

    [Fact]
    public async Task What_changed_since_the_preview_is_looked_at_again_before_anything_is_done()
    {
        await using var hub = await TestHub.CreateAsync();
        var health = await hub.TeamAsync("health");
        var coordinator = await hub.CoordinatorAsync();
        await hub.VolunteersAsync(3, health);
        var members = new PeopleSelection(new PeopleFilter(Team: "health"));
        var seen = (await PreviewAsync(hub, coordinator, members, new PutTag(Tag))).Affected;
        await hub.VolunteerAsync("李娜", health);

        var done = await hub.Get<TagPeople>().RunAsync(coordinator, members, Tag, true, seen);
        Assert.Equal(new SelectionChanged(3, 4), done.Refusal);
        Assert.Empty(await TaggedAsync(hub));
    }

    [Fact]
    public async Task More_than_can_be_changed_at_once_are_refused_before_anything_is_done()
    {
        await using var hub = await TestHub.CreateAsync();
        var coordinator = await hub.CoordinatorAsync();
        var ids = Enumerable.Range(0, BulkPlan.Most + 1).Select(_ => VolunteerId.New()).ToList();
        Assert.Equal(new TooManyPeople(BulkPlan.Most), (await hub.Get<TagPeople>().RunAsync(coordinator, new PeopleSelection(PeopleFilter.Everybody, ids), Tag, true)).Refusal);
    }

    [Fact]
    public async Task Kept_filters_are_ones_own_and_hold_no_phone_number()
    {
        await using var hub = await TestHub.CreateAsync();
        var health = await hub.TeamAsync("health");
        var (leader, deputy) = (hub.ActorOf(await hub.VolunteerAsync("王芳", health, TeamRole.Leader)), hub.ActorOf(await hub.VolunteerAsync("陈杰", health, TeamRole.Deputy)));

        Assert.Null((await hub.Get<SaveFilter>().RunAsync(leader, "常看", new PeopleFilter("13804712266", Team: "health", Page: PageKey.Last))).Refusal);
        Assert.Equal(["?team=health"], (await SavedAsync(leader)).Select(f => f.Query));
        Assert.Empty(await SavedAsync(deputy));
        Assert.IsType<NothingToSave>((await hub.Get<SaveFilter>().RunAsync(leader, "电话", new PeopleFilter("2266"))).Refusal);

        // The same name again takes the place of what was kept under it.
        await hub.Get<SaveFilter>().RunAsync(leader, "常看", new PeopleFilter(Tag: Tag));
        var kept = Assert.Single(await SavedAsync(leader));
        Assert.Equal(new PeopleFilter(Tag: Tag), PeopleFilter.FromQuery(kept.Query));

        Assert.IsType<NotAllowed>((await hub.Get<DeleteFilter>().RunAsync(deputy, kept.Id)).Refusal);
        Assert.Null((await hub.Get<DeleteFilter>().RunAsync(leader, kept.Id)).Refusal);
        Assert.IsType<SavedFilterNotFound>((await hub.Get<DeleteFilter>().RunAsync(leader, kept.Id)).Refusal);

        for (var i = 0; i < SaveFilter.Most; i++) await hub.Get<SaveFilter>().RunAsync(leader, $"筛选{i}", new PeopleFilter(Tag: $"标签{i}"));
        Assert.Equal(new TooManySavedFilters(SaveFilter.Most), (await hub.Get<SaveFilter>().RunAsync(leader, "又一个", new PeopleFilter(Team: "law"))).Refusal);

        async Task<IReadOnlyList<SavedFilterLink>> SavedAsync(Actor actor) => (await hub.Get<PeopleChoices>().LoadAsync(actor)).Value!.Saved;
    }

    [Fact]
    public async Task A_leader_can_choose_only_what_is_true_of_own_people()
    {
        await using var hub = await TestHub.CreateAsync();
        var (health, law) = (await hub.TeamAsync("health"), await hub.TeamAsync("law"));
        var leader = await hub.VolunteerAsync("王芳", health, TeamRole.Leader);
        await hub.VolunteerAsync("李娜", health, also: v => { v.Tag(Tag); v.Speaks("mn"); });
        await hub.VolunteerAsync("周律", law, also: v => { v.Tag("律师"); v.Speaks("ug"); v.Qualify("律师证", hub.Today, null); });

        var own = (await hub.Get<PeopleChoices>().LoadAsync(hub.ActorOf(leader))).Value!;
        Assert.Equal([Tag], own.Tags);
        Assert.Equal(["mn"], own.Languages);
        Assert.Empty(own.Qualifications);
        Assert.Equal(["health"], own.Teams.Select(t => t.Code));
        var all = (await hub.Get<PeopleChoices>().LoadAsync(await hub.CoordinatorAsync())).Value!;
        Assert.Equal((2, 2, 1, 2), (all.Tags.Count, all.Languages.Count, all.Qualifications.Count, all.Teams.Count));
    }

    private static async Task<BulkPreviewView> PreviewAsync(TestHub hub, Actor actor, PeopleSelection selection, BulkAction action)
    {
        var preview = await hub.Get<BulkPreview>().LoadAsync(actor, selection, action);
        Assert.Null(preview.Refusal);
        return preview.Value!;
    }

    private static Task<List<string>> TaggedAsync(TestHub hub) =>
        hub.LookAsync(db => db.Volunteers.Where(v => v.Tags.Any(t => t.Name == Tag)).OrderBy(v => v.Number).Select(v => v.Number).ToListAsync());
}
