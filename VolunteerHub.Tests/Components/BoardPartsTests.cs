using System.Globalization;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MudBlazor.Services;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.CheckIn;
using VolunteerHub.Web.Features.Rosters;
using VolunteerHub.Web.Platform.Sentences;

namespace VolunteerHub.Tests.Components;

/// <summary>The parts of the boards, each by itself: what is shown is told by words and marks, not by colour alone.</summary>
public sealed class BoardPartsTests : BunitContext
{
    private static readonly TimeSlot Morning = new(TestHub.Morning.AddMinutes(10), TestHub.Morning.AddMinutes(160));

    public BoardPartsTests()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");
        Services.AddSingleton<TimeProvider>(new FakeTimeProvider(TestHub.Morning));
        Services.AddSingleton<Microsoft.Extensions.Logging.ILoggerFactory>(NullLoggerFactory.Instance);
        Services.AddHubTexts();
        Services.AddMudServices();
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public void A_post_shows_its_people_by_state_and_a_button_for_each_seat_that_is_missing()
    {
        var line = Render<PostLine>(p => p.Add(x => x.Post, Post(Seat("李娜", AssignmentStatus.Accepted), Seat("刘洋", AssignmentStatus.Invited), Seat("陈晓", AssignmentStatus.Proposed))));
        Assert.Equal(["✓李娜 已答应", "刘洋 待答", "✦陈晓 草稿"], line.FindAll("button.seat:not(.n,.o)").Select(b => b.TextContent));
        Assert.Equal(["＋ 护士"], line.FindAll("button.seat.n").Select(b => b.TextContent));
        Assert.Equal(["＋ 2 可选"], line.FindAll("button.seat.o").Select(b => b.TextContent));
        Assert.Contains("王秀英：孙子发烧", line.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_may_not_staff_a_post_finds_no_button_on_it()
    {
        var line = Render<PostLine>(p => p.Add(x => x.Post, Post(Seat("李娜", AssignmentStatus.Accepted))).Add(x => x.ReadOnly, true));
        Assert.Empty(line.FindAll("button"));
        Assert.Contains("李娜", line.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Someone_who_leaves_with_the_draft_is_told_by_a_word()
    {
        var line = Render<PostLine>(p => p.Add(x => x.Post, Post(Seat("李娜", AssignmentStatus.Accepted) with { Leaves = true })));
        Assert.Equal("−李娜 发布后撤下", line.Find("button.seat.leaves").TextContent);
    }

    [Theory]
    [InlineData(Presence.Expected, "09:00 护士")]
    [InlineData(Presence.Present, "✓ 08:41 护士")]
    [InlineData(Presence.NoShow, "缺席")]
    [InlineData(Presence.Excused, "请假")]
    public void A_tile_says_where_a_person_stands(Presence presence, string says)
    {
        var tile = Render<PersonTile>(p => p.Add(x => x.Person, Person(presence)).Add(x => x.ReadOnly, true));
        Assert.Equal(says, tile.Find("button.tile span").TextContent);
        Assert.True(tile.Find("button.tile").HasAttribute("disabled"));
    }

    [Fact]
    public void A_tap_on_a_tile_is_told()
    {
        var taps = 0;
        Render<MudBlazor.MudPopoverProvider>();
        var tile = Render<PersonTile>(p => p.Add(x => x.Person, Person(Presence.Expected)).Add(x => x.OnTap, () => taps++));
        tile.Find("button.tile").Click();
        Assert.Equal(1, taps);
    }

    private static SeatView Seat(string name, AssignmentStatus status) =>
        new(AssignmentId.New(), VolunteerId.New(), name, status, AssignmentOrigin.Leader, false, status == AssignmentStatus.Declined ? "孙子发烧" : null, null);

    private static PostView Post(params SeatView[] seats) =>
        new(PostId.New(), "护士", 2, 4, false, "护士", null, "医疗健康队", seats, [Seat("王秀英", AssignmentStatus.Declined)], 1, 2, true);

    private static PersonHere Person(Presence presence) => new(
        VolunteerId.New(), "李娜", "2026-0007", "护士", Morning, AssignmentStatus.Accepted, false, presence,
        presence == Presence.Present ? TestHub.Morning.AddMinutes(-9) : null, null, null, null, false, null, true);
}
