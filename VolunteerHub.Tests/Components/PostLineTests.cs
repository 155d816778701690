using AngleSharp.Dom;
using Bunit;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Rosters;

namespace VolunteerHub.Tests.Components;

/// <summary>A post on the roster board, with its seats.</summary>
public sealed class PostLineTests : Screen
{
    [Fact]
    public void An_empty_seat_is_a_button_and_what_may_come_on_top_another()
    {
        var opened = 0;
        var line = Render<PostLine>(p => p.Add(x => x.Post, Post(empty: 2, optional: 3)).Add(x => x.OnOpen, () => opened++));
        Assert.Equal(["＋ 引导", "＋ 引导", "＋ 3 可选"], Texts(line, "button"));
        line.FindAll("button")[1].Click();
        line.Find("button.o").Click();
        Assert.Equal(2, opened);
    }

    [Fact]
    public void A_full_post_has_no_empty_seat() => Assert.Empty(Render<PostLine>(p => p.Add(x => x.Post, Post())).FindAll("button"));

    [Theory]
    [InlineData(AssignmentStatus.Accepted, false, "y", "✓", "已答应")]
    [InlineData(AssignmentStatus.Invited, false, "", "", "待答")]
    [InlineData(AssignmentStatus.Proposed, false, "p", "✦", "草稿")]
    [InlineData(AssignmentStatus.CoverSought, false, "n", "↺", "找人顶班中")]
    [InlineData(AssignmentStatus.Accepted, true, "leaves", "−", "发布后撤下")]
    public void A_seat_shows_its_state_by_sign_word_and_colour(AssignmentStatus status, bool leaves, string tone, string mark, string state)
    {
        var seat = Render<PostLine>(p => p.Add(x => x.Post, Post(seats: [Seat("张桂兰", status, leaves)]))).Find("button.seat");
        Assert.Equal(tone.Length == 0 ? ["seat"] : ["seat", tone], seat.ClassList);
        Assert.Equal(mark, seat.QuerySelector("[aria-hidden]")!.TextContent);
        Assert.Equal($"{mark}张桂兰 {state}", seat.TextContent);
        // Words that the sign says already are for those who hear the page.
        Assert.Equal(status == AssignmentStatus.Invited && !leaves, seat.QuerySelector(".hidden-text") is null);
    }

    [Fact]
    public void A_tap_on_a_seat_says_which_one()
    {
        AssignmentId? tapped = null;
        var (first, second) = (Seat("张桂兰"), Seat("何云"));
        var line = Render<PostLine>(p => p.Add(x => x.Post, Post(seats: [first, second])).Add(x => x.SelectedSeat, first.Id).Add(x => x.OnSeat, id => tapped = id));
        Assert.Equal(["true", "false"], line.FindAll("button").Select(b => b.GetAttribute("aria-expanded")));
        line.FindAll("button")[1].Click();
        Assert.Equal(second.Id, tapped);
    }

    [Fact]
    public void A_no_is_shown_with_its_reason()
    {
        var line = Render<PostLine>(p => p.Add(x => x.Post, Post(declined: [Seat("何云", AssignmentStatus.Declined) with { DeclineReason = "孩子生病" }])));
        Assert.Equal("✕ 何云：孩子生病", line.Find(".seat.x").TextContent);
    }

    [Fact]
    public void Who_may_only_look_gets_no_buttons_and_sees_what_is_missing()
    {
        var post = Post(empty: 2, optional: 1, seats: [Seat("张桂兰")], declined: [Seat("何云", AssignmentStatus.Declined)]);
        var line = Render<PostLine>(p => p.Add(x => x.Post, post).Add(x => x.ReadOnly, true));
        Assert.Empty(line.FindAll("button"));
        Assert.Equal(["✓ 张桂兰", "✕ 何云：", "差 2 人"], Texts(line, ".seat"));
        Assert.Equal("已答应", line.Find(".seat.y").GetAttribute("title"));
        var unanswered = Render<PostLine>(p => p.Add(x => x.Post, Post(seats: [Seat("李娜", AssignmentStatus.Invited)])).Add(x => x.ReadOnly, true));
        Assert.Equal(["李娜 待答"], Texts(unanswered, ".seat"));
    }

    [Fact]
    public void The_head_says_how_many_and_what_they_must_bring()
    {
        var one = Render<PostLine>(p => p.Add(x => x.Post, Post() with { Min = 1, Max = 1, IsLead = true }));
        Assert.Contains("需 1 人", one.Markup, StringComparison.Ordinal);
        Assert.Equal("领队", one.Find(".pill").TextContent);
        var range = Render<PostLine>(p => p.Add(x => x.Post, Post() with { Qualification = "护士", Language = "mn" }).Add(x => x.HostTeam, "健康义诊志愿服务队"));
        Assert.Equal("引导 1–4 · 护士 · 蒙古语", range.Find(".posthead").TextContent.Trim());
        Assert.Equal("引导 需 1–4 人", range.Find("[role=group]").GetAttribute("aria-label"));
        Assert.Empty(range.FindAll(".pill"));
    }

    [Fact]
    public void What_the_name_says_already_is_not_said_twice_and_another_team_that_fills_the_post_is_named()
    {
        var line = Render<PostLine>(p => p.Add(x => x.Post, Post() with { Name = "护士", Qualification = "护士" }).Add(x => x.HostTeam, "关爱帮扶志愿服务队"));
        Assert.Equal("护士 1–4 · 健康义诊志愿服务队", line.Find(".posthead").TextContent.Trim());
    }

    [Fact]
    public void A_post_that_is_the_same_as_before_is_not_drawn_again()
    {
        var post = Post(seats: [Seat("张桂兰")]);
        var line = Render<PostLine>(p => p.Add(x => x.Post, post));
        line.Render(p => p.Add(x => x.Post, post));
        Assert.Equal(1, line.RenderCount);
        line.Render(p => p.Add(x => x.Post, post).Add(x => x.Selected, true));
        line.Render(p => p.Add(x => x.Post, post with { Empty = 1 }));
        Assert.Equal(3, line.RenderCount);
        Assert.Contains("＋ 引导", line.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_is_text_and_never_markup()
    {
        var line = Render<PostLine>(p => p.Add(x => x.Post, Post(seats: [Seat("<img src=x onerror=alert(1)>")])));
        Assert.Empty(line.FindAll("img"));
    }

    private static IEnumerable<string> Texts(IRenderedComponent<PostLine> line, string selector) => line.FindAll(selector).Select(e => e.TextContent.Trim());

    private static SeatView Seat(string name, AssignmentStatus status = AssignmentStatus.Accepted, bool leaves = false) =>
        new(AssignmentId.New(), VolunteerId.New(), name, status, AssignmentOrigin.Leader, leaves, null, null);

    private static PostView Post(int empty = 0, int optional = 0, IReadOnlyList<SeatView>? seats = null, IReadOnlyList<SeatView>? declined = null) =>
        new(PostId.New(), "引导", 1, 4, false, null, null, "健康义诊志愿服务队", seats ?? [], declined ?? [], empty, optional, true);
}
