using Bunit;
using MudBlazor;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.CheckIn;

namespace VolunteerHub.Tests.Components;

/// <summary>A person on the attendance board: one tap checks in, another takes it back.</summary>
public sealed class PersonTileTests : Screen
{
    [Theory]
    [InlineData(Presence.Expected, "", "09:00 引导")]
    [InlineData(Presence.Missing, "late", "晚 25 分 · 引导")]
    [InlineData(Presence.Present, "in", "✓ 08:52 引导")]
    [InlineData(Presence.Completed, "out", "08:52–11:28 已签退")]
    [InlineData(Presence.NoShow, "", "缺席")]
    [InlineData(Presence.Excused, "", "请假")]
    public void A_tile_says_where_a_person_stands(Presence presence, string tone, string text)
    {
        Clock.SetUtcNow(Weekend.Saturday.At("09:25"));
        var tile = Render<PersonTile>(p => p.Add(x => x.Person, Person(presence))).Find("button.tile");
        Assert.Equal(tone.Length == 0 ? ["tile"] : ["tile", tone], tile.ClassList);
        Assert.Equal(("张桂兰", text), (tile.QuerySelector("b")!.TextContent, tile.QuerySelector("span")!.TextContent));
        Assert.Equal(presence == Presence.Present ? "true" : "false", tile.GetAttribute("aria-pressed"));
        // Who has left is not called back by a slip of the finger.
        Assert.Equal(presence == Presence.Completed, tile.HasAttribute("disabled"));
    }

    [Fact]
    public void A_tile_says_who_joined_at_the_door_and_who_came_late()
    {
        Assert.Equal("✓ 08:52 引导 · 现场加入", TextOf(Person(Presence.Present) with { WalkIn = true, ArrivedLate = true }));
        Assert.Equal("✓ 08:52 引导 · 迟到", TextOf(Person(Presence.Present) with { ArrivedLate = true }));

        string TextOf(PersonHere person) => Render<PersonTile>(p => p.Add(x => x.Person, person)).Find("button.tile span").TextContent;
    }

    [Fact]
    public void A_tap_is_told()
    {
        var taps = 0;
        Render<PersonTile>(p => p.Add(x => x.Person, Person(Presence.Expected)).Add(x => x.OnTap, () => taps++)).Find("button.tile").Click();
        Assert.Equal(1, taps);
    }

    [Fact]
    public void Who_may_only_look_can_neither_tap_nor_choose()
    {
        var tile = Render<PersonTile>(p => p.Add(x => x.Person, Person(Presence.Expected)).Add(x => x.ReadOnly, true));
        Assert.True(Assert.Single(tile.FindAll("button")).HasAttribute("disabled"));
        Assert.Empty(tile.FindComponents<MudMenu>());
        var taker = Render<PersonTile>(p => p.Add(x => x.Person, Person(Presence.Expected)));
        Assert.Equal("张桂兰 的更多操作", taker.FindComponent<MudMenu>().Instance.AriaLabel);
    }

    private static PersonHere Person(Presence presence) => new(
        VolunteerId.New(), "张桂兰", "2026-0007", "引导", Slot, AssignmentStatus.Accepted, false, presence,
        Weekend.Saturday.At("08:52"), Weekend.Saturday.At("11:28"), EvidenceKind.RotatingQr, IntervalId.New(), false, false, true, true);
}
