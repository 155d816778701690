using CsCheck;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Volunteers;

namespace VolunteerHub.Tests.Volunteers;

/// <summary>The community in totals, of which none may point at somebody.</summary>
public sealed class CompositionTests
{
    [Fact]
    public void Groups_of_five_are_shown_and_smaller_ones_are_joined()
    {
        var totals = Of(("01", 90), ("02", 12), ("03", 4), ("11", 2));
        Assert.Equal([("01", 90), ("02", 12)], totals.Shown);
        Assert.Equal((6, 3, false), (totals.Others, totals.Unstated, totals.IsWithheld));
    }

    [Fact]
    public void One_small_group_alone_is_not_left_over_when_the_others_are_subtracted()
    {
        // 105 people, 3 of whom said nothing: 90 and 9 shown would tell of the last 3.
        var totals = Of(("01", 90), ("02", 9), ("03", 3));
        Assert.Equal([("01", 90)], totals.Shown);
        Assert.Equal(12, totals.Others);
    }

    [Fact]
    public void Small_groups_that_stay_under_five_together_take_the_next_one_in()
    {
        var totals = Of(("01", 90), ("02", 9), ("03", 1), ("11", 2));
        Assert.Equal([("01", 90)], totals.Shown);
        Assert.Equal(12, totals.Others);
    }

    [Fact]
    public void Where_only_one_group_is_large_enough_nothing_is_shown() =>
        Assert.Equal(([], 0, null, true), Parts(Of(("01", 90), ("02", 3))));

    [Fact]
    public void Without_small_groups_everything_is_shown() =>
        Assert.Equal((0, 3, false), (Of(("01", 90), ("02", 5)).Others, Of(("01", 5)).Unstated, Of(("01", 5)).IsWithheld));

    [Fact]
    public void Whatever_the_groups_nobody_learns_of_a_small_one()
    {
        int joined = 0, withheld = 0;
        Gen.Select(Gen.Int[0, 12].Array[0, 7], Gen.Int[0, 9]).Sample((sizes, unstated) =>
        {
            var totals = GroupTotals.Of(sizes.Index().ToDictionary(g => $"{g.Index:00}", g => g.Item), unstated);
            Assert.All(totals.Shown, g => Assert.True(g.Count >= GroupTotals.Least));
            if (totals.IsWithheld)
            {
                Assert.Empty(totals.Shown);
                withheld++;
                return;
            }

            // Everything is known but how the rest is made up: of two groups at least, and of five people at least.
            var rest = sizes.Index().Where(g => g.Item > 0 && totals.Shown.All(s => s.Group != $"{g.Index:00}")).ToList();
            Assert.Equal(totals.Others, rest.Sum(g => g.Item));
            Assert.True(rest.Count == 0 || rest.Count > 1 && totals.Others >= GroupTotals.Least);
            if (rest.Count > 0) joined++;
        });
        Assert.True(joined > 0 && withheld > 0);
    }

    [Fact]
    public async Task The_totals_are_those_of_who_is_there()
    {
        await using var hub = await TestHub.CreateAsync();
        var (health, law) = (await hub.TeamAsync("health"), await hub.TeamAsync("law"));
        var coordinator = await hub.CoordinatorAsync();
        for (var i = 0; i < 6; i++) await hub.VolunteerAsync("李娜", health, also: v => v.Describe(new Profile(Sex.Female, PoliticalStatus.PartyMember, "01", Languages: i < 2 ? ["mn"] : [])));
        var both = await hub.VolunteerAsync("巴特尔", health, also: v => v.Describe(new Profile(Sex.Male, Ethnicity: "02")));
        await hub.MembershipAsync(both, law);
        await hub.VolunteerAsync("李警官", kind: VolunteerKind.Guest);
        await hub.VolunteerAsync("郑前", health, also: v => { v.Describe(new Profile(Sex.Male, Ethnicity: "03")); v.Leave(hub.Today); });
        await hub.VolunteerAsync("马远", health, also: v => v.Erase(hub.Now, hub.Today));

        var totals = (await hub.Get<Composition>().LoadAsync(coordinator)).Value!;
        Assert.Equal(9, totals.Total);
        Assert.Equal([("health", 7), ("law", 1)], totals.Teams.Select(t => (t.Team.Code, t.Count)));
        Assert.Equal([(VolunteerStatus.Active, 9), (VolunteerStatus.Left, 1)], totals.Status);
        Assert.Equal([(VolunteerKind.Member, 8), (VolunteerKind.Guest, 1)], totals.Kinds);
        Assert.Equal([(Sex.Female, 6), (Sex.Male, 1), (null, 2)], totals.Sexes);
        Assert.Equal([(PoliticalStatus.PartyMember, 6), (null, 3)], totals.Political);
        Assert.Equal([("mn", 2)], totals.Languages);
        Assert.True(totals.Ethnicities.IsWithheld);
    }

    private static GroupTotals Of(params (string Group, int Count)[] groups) => GroupTotals.Of(groups.ToDictionary(g => g.Group, g => g.Count), 3);

    private static (IReadOnlyList<(string, int)>, int, int?, bool) Parts(GroupTotals totals) => (totals.Shown, totals.Others, totals.Unstated, totals.IsWithheld);
}
