using Bunit;
using VolunteerHub.Domain.Attendances;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Components.Controls;
using VolunteerHub.Web.Features.Planner;

namespace VolunteerHub.Tests.Components;

/// <summary>The small parts that stand on many pages.</summary>
public sealed class ControlsTests : Screen
{
    [Theory]
    [InlineData(RunPhase.Draft, 2, 0, "n", "草稿")]
    [InlineData(RunPhase.Published, 2, 3, "w", "差 2 人")]
    [InlineData(RunPhase.Published, 0, 3, "ok", "3 人待答")]
    [InlineData(RunPhase.Published, 0, 0, "ok", "已满员")]
    [InlineData(RunPhase.UnderWay, 2, 3, "ok", "进行中")]
    [InlineData(RunPhase.Over, 2, 3, "n", "已结束")]
    [InlineData(RunPhase.Cancelled, 2, 3, "d", "已取消")]
    public void A_pill_says_where_a_run_stands(RunPhase phase, int missing, int unanswered, string tone, string text)
    {
        var pill = Render<PhasePill>(p => p.Add(x => x.Run, Run(phase, missing: missing, unanswered: unanswered))).Find("span");
        Assert.Equal(["pill", tone], pill.ClassList);
        Assert.Equal(text, pill.TextContent);
    }

    [Theory]
    [InlineData(4, 4, 0, 0, "100%", "0%", "需要 4 人，已有 4 人")]
    [InlineData(4, 2, 2, 0, "50%", "0%", "需要 4 人，已有 2 人")]
    [InlineData(4, 2, 2, 1, "25%", "25%", "需要 4 人，已有 2 人")]
    [InlineData(4, 0, 4, 0, "0%", "0%", "需要 4 人，已有 0 人")]
    [InlineData(0, 0, 0, 0, "100%", "0%", "需要 0 人，已有 0 人")]
    public void A_bar_shows_who_said_yes_and_who_was_asked(int min, int heads, int missing, int unanswered, string sure, string unsure, string label)
    {
        var bar = Render<FillBar>(p => p.Add(x => x.Run, Run(min: min, heads: heads, missing: missing, unanswered: unanswered)));
        Assert.Equal($"width:{sure}", bar.Find("b").GetAttribute("style"));
        Assert.Equal($"width:{unsure}", bar.Find("s").GetAttribute("style"));
        Assert.Equal(label, bar.Find("[role=img]").GetAttribute("aria-label"));
    }

    [Fact]
    public void A_page_that_loads_says_so_and_one_that_may_not_be_shown_says_why()
    {
        Assert.Equal("正在载入…", Render<PageState>().Find("[role=status]").TextContent);
        var refused = Render<PageState>(p => p.Add(x => x.Refusal, new CheckInNotOpenYet(Weekend.Saturday.At("08:30"))));
        Assert.Equal("还太早，08:30 开始签到。", refused.Find("[role=alert]").TextContent);
        Assert.Empty(refused.FindAll("[role=status]"));
    }

    [Fact]
    public void The_weeks_of_a_person_are_bars_that_can_be_heard()
    {
        var bars = Render<LoadBars>(p => p.Add(x => x.Weeks, [TimeSpan.Zero, TimeSpan.FromHours(2.5), TimeSpan.FromHours(40)]));
        Assert.Equal("近四周每周时长（小时）：0.0、2.5、40.0", bars.Find("[role=img]").GetAttribute("aria-label"));
        Assert.Equal(["height:2px", "height:7px", "height:18px"], bars.FindAll("i").Select(i => i.GetAttribute("style")));
    }

    [Fact]
    public void A_field_names_its_error()
    {
        var field = Render<Field>(p => p.Add(x => x.Name, "phone").Add(x => x.Label, "手机号码").Add(x => x.Value, "\"><script>").Add(x => x.Error, "请填完整的手机号码"));
        var input = field.Find("input");
        Assert.Equal(("\"><script>", "true", "phone-error"), (input.GetAttribute("value"), input.GetAttribute("aria-invalid"), input.GetAttribute("aria-describedby")));
        Assert.Equal("请填完整的手机号码", field.Find("#phone-error").TextContent);
        Assert.Equal("phone", field.Find("label").GetAttribute("for"));
        Assert.Empty(field.FindAll("script"));
        var right = Render<Field>(p => p.Add(x => x.Name, "phone").Add(x => x.Label, "手机号码"));
        Assert.False(right.Find("input").HasAttribute("aria-invalid"));
        Assert.Empty(right.FindAll(".error"));
    }
}
