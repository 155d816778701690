using Bunit;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Rosters;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.MyDuties;
using VolunteerHub.Web.Platform.Forms;

namespace VolunteerHub.Tests.Components;

/// <summary>A duty as its person sees it, and the form to answer it.</summary>
public sealed class AnswerFormTests : Screen
{
    [Theory]
    [InlineData(AssignmentStatus.Invited, true, "来不了…")]
    [InlineData(AssignmentStatus.Accepted, false, "来不了，或找人顶班…")]
    [InlineData(AssignmentStatus.Declined, true, null)]
    public void What_can_be_said_follows_from_what_was_said(AssignmentStatus status, bool yes, string? no)
    {
        var form = Render<AnswerForm>(p => p.Add(x => x.Duty, Duty(status)).Add(x => x.Action, "/a/token"));
        Assert.Equal("/a/token", form.Find("form[method=post]").GetAttribute("action"));
        Assert.Equal("token", form.Find("input[type=hidden]").GetAttribute("value"));
        Assert.Equal(yes, form.FindAll("button[value=yes]").Count == 1);
        Assert.Equal(no, form.FindAll("summary").SingleOrDefault()?.TextContent);
        Assert.Empty(form.FindAll("[role=alert]"));
        Assert.Empty(form.FindAll("details[open]"));
    }

    [Theory]
    [InlineData(AssignmentStatus.Invited, false, new[] { "yes", "no" })]
    [InlineData(AssignmentStatus.Accepted, false, new[] { "cover", "no" })]
    [InlineData(AssignmentStatus.Accepted, true, new[] { "cover" })]
    [InlineData(AssignmentStatus.CoverSought, false, new[] { "yes", "no" })]
    [InlineData(AssignmentStatus.CoverSought, true, new[] { "yes" })]
    [InlineData(AssignmentStatus.Declined, false, new[] { "yes" })]
    public void A_late_no_gives_way_to_a_stand_in(AssignmentStatus status, bool late, string[] buttons)
    {
        var form = Render<AnswerForm>(p => p.Add(x => x.Duty, Duty(status) with { IsLateForNo = late }).Add(x => x.Action, "/a/token"));
        Assert.Equal(buttons, form.FindAll("button").Select(b => b.GetAttribute("value")));
        Assert.Equal(late && status == AssignmentStatus.Accepted, form.Markup.Contains("之后不能自己退出", StringComparison.Ordinal));
        Assert.Equal(status == AssignmentStatus.CoverSought, form.Markup.Contains("在有人接替之前名额仍是您的。", StringComparison.Ordinal));
    }

    [Fact]
    public void Who_is_asked_again_confirms_in_one_tap()
    {
        var form = Render<AnswerForm>(p => p.Add(x => x.Duty, Duty(AssignmentStatus.Accepted) with { AwaitsConfirmation = true }).Add(x => x.Action, "/a/token"));
        Assert.Equal("我会来", form.Find("button[value=confirm]").TextContent);
        Assert.Contains("请再确认一次", form.Find("[role=status]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void An_offer_says_until_when_it_holds()
    {
        var form = Render<AnswerForm>(p => p.Add(x => x.Duty, Duty() with { AnswerBy = Slot.Start.AddHours(-1) }).Add(x => x.Action, "/a/token"));
        Assert.Contains("08:00，过时会让给下一位。", form.Find("[role=status]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void The_usual_reasons_are_there_to_choose()
    {
        var form = Render<AnswerForm>(p => p.Add(x => x.Duty, Duty()).Add(x => x.Action, "/a/token"));
        Assert.Equal(["家里有事", "身体不舒服", "时间冲突", "出门在外"], form.FindAll("input[type=radio]").Select(r => r.GetAttribute("value")));
        Assert.Empty(form.FindAll("input[checked]"));
    }

    [Fact]
    public void What_was_typed_is_there_again_with_what_is_wrong()
    {
        var typed = new PostedForm(new FormCollection(new Dictionary<string, StringValues> { ["reason"] = "时间冲突", ["other"] = "\"加班\"" }));
        var form = Render<AnswerForm>(p => p.Add(x => x.Duty, Duty()).Add(x => x.Action, "/a/token").Add(x => x.Typed, typed).Add(x => x.Refusal, new DeclineReasonMissing()));
        Assert.Equal("请选一个原因，好让领队安排别人。", form.Find("[role=alert]").TextContent);
        Assert.NotNull(form.Find("details[open]"));
        Assert.Equal("时间冲突", form.Find("input[checked]").GetAttribute("value"));
        Assert.Equal("\"加班\"", form.Find("input[name=other]").GetAttribute("value"));
    }

    [Theory]
    [InlineData(AssignmentStatus.Accepted, false, "ok", "已答应")]
    [InlineData(AssignmentStatus.Invited, false, "w", "待答")]
    [InlineData(AssignmentStatus.Declined, false, "n", "来不了")]
    [InlineData(AssignmentStatus.Cancelled, true, "d", "活动已取消")]
    public void A_duty_is_one_line_with_day_and_state(AssignmentStatus status, bool cancelled, string tone, string state)
    {
        var row = Render<DutyRow>(p => p.Add(x => x.Duty, Duty(status) with { Cancelled = cancelled }));
        Assert.Equal("28", row.Find(".d b").TextContent);
        Assert.Equal("11月 周六", row.Find(".d span").TextContent);
        Assert.Equal("09:00–11:30 红石榴驿站 · 引导", row.Find("p.small").TextContent);
        Assert.Equal(["pill", tone], row.Find(".pill").ClassList);
        Assert.Equal(state, row.Find(".pill").TextContent);
    }

    private static DutyView Duty(AssignmentStatus status = AssignmentStatus.Invited) => new(
        AssignmentId.New(), "送健康·健康义诊", Slot, "红石榴驿站", "引导", status, false, "王芳", "大厅", null, null, Slot.Start.AddDays(-1));
}
