using VolunteerHub.Domain.Rosters.GroupLists;

namespace VolunteerHub.Tests.GroupLists;

/// <summary>Lines of a 接龙 as people write them.</summary>
public sealed class ReadingTests
{
    [Theory]
    [InlineData("1. 张桂兰", "张桂兰")]
    [InlineData("1、张桂兰", "张桂兰")]
    [InlineData("1 张桂兰", "张桂兰")]
    [InlineData("1张桂兰", "张桂兰")]
    [InlineData("１．张桂兰", "张桂兰")]
    [InlineData("①张桂兰", "张桂兰")]
    [InlineData("⒈ 张桂兰", "张桂兰")]
    [InlineData("(1) 张桂兰", "张桂兰")]
    [InlineData("（1）张桂兰", "张桂兰")]
    [InlineData("⑴张桂兰", "张桂兰")]
    [InlineData("1️⃣ 张桂兰", "张桂兰")]
    [InlineData("12：张桂兰", "张桂兰")]
    [InlineData("1.张 桂", "张桂")]
    [InlineData("1. 李　娜", "李娜")]
    [InlineData("❶ 张桂兰", "张桂兰")]
    [InlineData("🌹1. 张桂兰🌹🌹", "张桂兰")]
    [InlineData("1. 张桂兰🙋‍♀️", "张桂兰")]
    [InlineData("1. 张桂兰到", "张桂兰")]
    [InlineData("1. 张桂兰 到", "张桂兰")]
    [InlineData("1. 张桂兰可以", "张桂兰")]
    [InlineData("1. 张桂兰能来", "张桂兰")]
    [InlineData("1. 张桂兰，可以的，晚到10分钟", "张桂兰")]
    [InlineData("1. 张桂兰（晚到10分钟）", "张桂兰")]
    [InlineData("1. 张桂兰晚到10分钟", "张桂兰")]
    [InlineData("1. 张桂兰 9点半到", "张桂兰")]
    [InlineData("1. 张桂兰 ＋1", "张桂兰")]
    [InlineData("1. 张桂兰+1", "张桂兰")]
    [InlineData("1. 张桂兰➕1", "张桂兰")]
    [InlineData("1. 张桂兰 ✅", "张桂兰")]
    [InlineData("1. 桂兰姐", "桂兰姐")]
    [InlineData("1. 张姐", "张姐")]
    [InlineData("1. 小李", "小李")]
    [InlineData("1. 李医生", "李医生")]
    [InlineData("1. 李娜 护士", "李娜")]
    [InlineData("1. 李娜(护士)", "李娜")]
    [InlineData("1. 李娜-护士", "李娜")]
    [InlineData("1. 护士：李娜", "李娜")]
    [InlineData("1. 巴特尔", "巴特尔")]
    [InlineData("1. 乌云其木格", "乌云其木格")]
    [InlineData("1. 阿依古丽·买买提 可以", "阿依古丽·买买提")]
    [InlineData("1. 欧阳晓月 收到", "欧阳晓月")]
    [InlineData("1. ZGL", "ZGL")]
    [InlineData("1. 张桂兰 三号楼", "张桂兰")]
    [InlineData("1. 张桂兰，接孩子后到", "张桂兰")]
    [InlineData("1. 张桂兰 13904701122", "张桂兰")]
    [InlineData("1. 张桂兰1122", "张桂兰")]
    [InlineData("1. 张桂兰 2026-0147", "张桂兰")]
    [InlineData("1.2026-0147 张桂兰", "张桂兰")]
    [InlineData("1. 替张姐报", "张姐")]
    [InlineData("1. 帮张桂兰报名", "张桂兰")]
    [InlineData("1. 李娜替张姐报名", "张姐")]
    [InlineData("1. 我帮张桂兰接龙", "张桂兰")]
    [InlineData("1. 张姐（李娜代报）", "张姐")]
    [InlineData("1. 帮 张桂兰 报一下 能来", "张桂兰")]
    public void A_numbered_line_names_one_person(string line, string name)
    {
        var read = Lists.Read(line).Single();

        Assert.Equal(GroupLineKind.Entry, read.Kind);
        Assert.Equal(name, Assert.Single(read.Entries).Name);
    }

    [Theory]
    [InlineData("1. 张桂兰、李娜", "张桂兰", "李娜")]
    [InlineData("1. 张桂兰、李娜两人", "张桂兰", "李娜")]
    [InlineData("1. 张桂兰和李娜都可以", "张桂兰", "李娜")]
    [InlineData("1. 张桂兰 李娜", "张桂兰", "李娜")]
    [InlineData("1. 张桂兰/李娜 2人", "张桂兰", "李娜")]
    [InlineData("1. 张桂兰，李娜，一起", "张桂兰", "李娜")]
    [InlineData("1. 帮张姐、小李报名", "张姐", "小李")]
    [InlineData("护士：张桂兰、李娜", "张桂兰", "李娜")]
    public void A_line_may_name_several(string line, params string[] names) =>
        Assert.Equal(names, Lists.Read(line).Single().Entries.Select(e => e.Name));

    [Theory]
    [InlineData("3. 张桂兰 取消")]
    [InlineData("3. 张桂兰去不了")]
    [InlineData("3. 张桂兰 请假")]
    [InlineData("3. 张桂兰（今天去不了了）")]
    [InlineData("3. 张桂兰 有事来不了，抱歉")]
    [InlineData("3. 张桂兰 ❌")]
    [InlineData("3. 张桂兰，不能参加")]
    [InlineData("3. 取消 张桂兰")]
    public void Who_takes_back_is_cancelled(string line)
    {
        var read = Lists.Read(line).Single();

        Assert.Equal(GroupLineKind.Cancelled, read.Kind);
        Assert.Equal("张桂兰", Assert.Single(read.Entries).Name);
    }

    [Theory]
    [InlineData("1. 张桂兰 待定")]
    [InlineData("1. 张桂兰（不确定）")]
    [InlineData("1. 张桂兰 看情况")]
    public void Who_is_not_sure_is_taken_for_that(string line) => Assert.True(Lists.Read(line).Single().Entries.Single().IsUnsure);

    [Theory]
    [InlineData("1. ？？")]
    [InlineData("1. 谢谢大家的支持和配合哈哈哈哈哈")]
    [InlineData("2. 12345")]
    [InlineData("没人来吗")]
    [InlineData("李娜的妈妈说要看一下再决定")]
    public void What_names_nobody_is_said_to_be_not_understood(string line) =>
        Assert.Equal(GroupLineKind.NotUnderstood, Lists.Read(line).Single().Kind);

    [Theory]
    [InlineData("#接龙", GroupLineKind.Frame)]
    [InlineData("# 接龙", GroupLineKind.Frame)]
    [InlineData("例：姓名 岗位", GroupLineKind.Frame)]
    [InlineData("请大家接着写", GroupLineKind.Frame)]
    [InlineData("地点：红石榴驿站", GroupLineKind.Frame)]
    [InlineData("——————", GroupLineKind.Frame)]
    [InlineData("1. ", GroupLineKind.Empty)]
    [InlineData("2、", GroupLineKind.Empty)]
    [InlineData("", GroupLineKind.Empty)]
    [InlineData("   ", GroupLineKind.Empty)]
    [InlineData("周六义诊报名", GroupLineKind.Heading)]
    [InlineData("11月28日 周六 09:00–11:30 送健康·健康义诊", GroupLineKind.Heading)]
    [InlineData("【护士】还缺 2 人", GroupLineKind.Heading)]
    [InlineData("一、护士岗", GroupLineKind.Heading)]
    [InlineData("11.29", GroupLineKind.Heading)]
    public void Lines_around_the_list_are_told_apart(string line, GroupLineKind kind) => Assert.Equal(kind, Lists.Read(line).Single().Kind);

    [Fact]
    public void Without_a_number_only_a_known_name_is_an_entry()
    {
        Assert.Equal(GroupLineKind.Entry, Lists.Read("张桂兰 可以").Single().Kind);
        Assert.Equal(GroupLineKind.NotUnderstood, Lists.Read("何云 可以").Single().Kind);
    }

    [Fact]
    public void Headings_speak_for_the_lines_below_until_the_next()
    {
        var lines = Lists.Read("11月28日 周六 健康义诊\n【护士】\n1. 李娜\n【引导】\n2. 张桂兰\n11月29日 义务理发\n1. 巴特尔");
        var hints = lines.Where(l => l.Kind == GroupLineKind.Entry).Select(l => (l.Hints.Day, l.Hints.Post, l.Hints.Run));

        Assert.Equal([(28, "护士", "送健康·健康义诊"), (28, "引导", "送健康·健康义诊"), (29, null, "义务理发")], hints);
    }

    [Fact]
    public void Who_wrote_it_for_somebody_is_kept()
    {
        Assert.Equal("李娜", Lists.Read("1. 李娜替张姐报名").Single().Entries.Single().By);
        Assert.Equal("李娜", Lists.Read("1. 张姐（李娜代报）").Single().Entries.Single().By);
        Assert.Null(Lists.Read("1. 我帮张桂兰接龙").Single().Entries.Single().By);
    }

    [Fact]
    public void Numbers_beside_a_name_are_kept_with_it()
    {
        Assert.Equal("2026-0147", Lists.Read("1. 张桂兰 2026-0147").Single().Entries.Single().Number);
        Assert.Equal("1122", Lists.Read("1. 张桂兰 13904701122").Single().Entries.Single().PhoneTail);
        Assert.Equal("1122", Lists.Read("1. 张桂兰（1122）").Single().Entries.Single().PhoneTail);
    }

    [Fact]
    public void What_a_line_says_of_its_post_and_day_goes_before_the_heading()
    {
        var line = Lists.Read("周六 引导\n1. 李娜 周日 护士")[^1];

        Assert.Equal((DayOfWeek.Sunday, "护士"), (line.Hints.Weekday, line.Hints.Post));
    }

    [Fact]
    public void A_whole_list_comes_back_line_by_line()
    {
        var lines = Lists.Read(Lists.Messy);

        Assert.Equal(Lists.Messy.Split('\n').Length, lines.Count);
        Assert.Equal(
            ["张桂兰", "李娜", "张姐", "小王", "巴特尔", "巴特尔", "何云", "许文"],
            lines.Where(l => l.Kind is GroupLineKind.Entry or GroupLineKind.Cancelled).SelectMany(l => l.Entries).Select(e => e.Name));
        Assert.Equal(["巴特尔"], lines.Where(l => l.Kind == GroupLineKind.Cancelled).SelectMany(l => l.Entries).Select(e => e.Name));
    }
}
