using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Rosters.GroupLists;
using VolunteerHub.Web.Features.Rosters.GroupLists;

namespace VolunteerHub.Tests.GroupLists;

/// <summary>Whom the names in a list mean, and for which post.</summary>
public sealed class MatchingTests
{
    private static readonly GroupPerson Guilan = Person("张桂兰", "2026-0001", "ZGL", woman: true);
    private static readonly GroupPerson Jianguo = Person("张建国", "2026-0002", "ZJG", woman: false);
    private static readonly GroupPerson Lina = Person("李娜", "2026-0003", "LN", woman: true, qualifications: "护士");
    private static readonly GroupPerson Liming = Person("李明", "2026-0004", "LM", woman: false, qualifications: "执业医师");
    private static readonly GroupPerson Bateer = Person("巴特尔", "2026-0005", "BTE");
    private static readonly GroupPerson Ouyang = Person("欧阳晓月", "2026-0006", "OYXY");
    private static readonly GroupPerson Wangfang = Person("王芳", "2026-0007", "WF", woman: true);
    private static readonly GroupPerson OtherWangfang = Person("王芳", "2026-0008", "WF", woman: true);
    private static readonly GroupPerson Guest = Person("张桂兰", "2026-0201", "ZGL", member: false);
    private static readonly GroupPerson[] People = [Guilan, Jianguo, Lina, Liming, Bateer, Ouyang, Wangfang, OtherWangfang, Guest];

    [Theory]
    [InlineData("李娜", "2026-0003", MatchGround.FullName)]
    [InlineData("李 娜", "2026-0003", MatchGround.FullName)]
    [InlineData("桂兰", "2026-0001", MatchGround.GivenName)]
    [InlineData("桂兰姐", "2026-0001", MatchGround.GivenName)]
    [InlineData("张桂兰姐", "2026-0001", MatchGround.FullName)]
    [InlineData("李医生", "2026-0004", MatchGround.SurnameTitle)]
    [InlineData("李护士", "2026-0003", MatchGround.SurnameTitle)]
    [InlineData("张姐", "2026-0001", MatchGround.SurnameTitle)]
    [InlineData("张哥", "2026-0002", MatchGround.SurnameTitle)]
    [InlineData("小巴", "2026-0005", MatchGround.SurnameTitle)]
    [InlineData("欧阳老师", "2026-0006", MatchGround.SurnameTitle)]
    [InlineData("晓月", "2026-0006", MatchGround.GivenName)]
    public void A_name_that_one_person_answers_to_is_theirs(string name, string number, MatchGround ground)
    {
        var sure = Match(name).Sure;

        Assert.Equal((number, ground), (sure?.Person.Number, sure?.Ground));
    }

    [Theory]
    [InlineData("王芳", "2026-0007", "2026-0008")]
    [InlineData("小李", "2026-0003", "2026-0004")]
    [InlineData("老张", "2026-0001", "2026-0002")]
    [InlineData("ZJG", "2026-0002")]
    [InlineData("兰姐", "2026-0001")]
    [InlineData("张桂蓝", "2026-0001")]
    public void What_several_answer_to_or_sounds_alike_is_asked(string name, params string[] numbers)
    {
        var match = Match(name);

        Assert.Null(match.Sure);
        Assert.Equal(numbers, match.People.Select(p => p.Person.Number));
    }

    [Theory]
    [InlineData("何云")]
    [InlineData("赵姐")]
    [InlineData("")]
    public void Whom_nobody_knows_stays_unknown(string name) => Assert.True(Match(name).IsUnknown);

    [Fact]
    public void A_number_goes_before_the_name() =>
        Assert.Equal(OtherWangfang, Match("王芳", number: "2026-0008").Sure?.Person);

    [Fact]
    public void The_end_of_a_phone_number_tells_namesakes_apart_and_means_nobody_of_another_name()
    {
        Assert.Equal(OtherWangfang, Match("王芳", tail: "1122").Sure?.Person);
        Assert.Equal(Lina, Match("李娜", tail: "1122").Sure?.Person);
        Assert.Equal(2, Match("王芳", tail: "9999").People.Count);
    }

    [Fact]
    public void Members_of_the_team_go_before_others_of_the_same_name() =>
        Assert.Equal(Guilan, Match("张桂兰").Sure?.Person);

    [Fact]
    public void A_list_is_settled_line_by_line()
    {
        var rows = Plan("周六 健康义诊\n1. 张桂兰 领队\n2. 李娜\n3. 小李\n4. 张桂兰\n5. 何云\n6. 巴特尔\n7. 巴特尔 取消\n8. 张建国 待定");

        Assert.Equal(
        [
            ("张桂兰", GroupRowState.Ready, "领队"), ("李娜", GroupRowState.Ready, "护士"), ("小李", GroupRowState.WhoIsMeant, null), ("张桂兰", GroupRowState.Twice, "引导"),
            ("何云", GroupRowState.Unknown, null), ("巴特尔", GroupRowState.Cancelled, "引导"), ("巴特尔", GroupRowState.Cancelled, null), ("张建国", GroupRowState.Unsure, "引导"),
        ], rows.Select(r => (r.Entry!.Name, r.State, r.Place?.Post)));
    }

    [Fact]
    public void Without_a_day_or_title_nobody_guesses_between_two_runs()
    {
        Assert.Equal(GroupRowState.WhichPost, Plan("1. 张桂兰").Single().State);
        Assert.Equal("引导", Plan("1. 张桂兰 周日").Single().Place?.Post);
        Assert.Equal(GroupRowState.WhichPost, Plan("1. 张桂兰 12月5日").Single().State);
    }

    [Fact]
    public void Lines_beyond_a_posts_room_are_still_meant_for_it()
    {
        var rows = Plan("周六\n领队\n1. 张桂兰\n2. 张建国");

        Assert.Equal(["领队", "领队"], rows.Select(r => r.Place!.Post));
    }

    [Fact]
    public void Who_has_what_a_post_asks_for_is_put_there_and_nobody_else_unless_the_list_says_so()
    {
        Assert.Equal("护士", Plan("周六\n1. 李娜").Single().Place?.Post);
        Assert.NotEqual("护士", Plan("周六\n1. 巴特尔").Single().Place?.Post);
        Assert.Equal("护士", Plan("周六\n1. 巴特尔 护士").Single().Place?.Post);
    }

    [Fact]
    public void A_decision_goes_before_what_was_read()
    {
        var rows = Plan("周六\n1. 小李\n2. 何云\n3. 谢谢大家的支持和配合\n4. 张建国 待定", new()
        {
            [new(2, 0)] = new(Liming.Id),
            [new(3, 0)] = new(Aside: true),
            [new(4, 0)] = new(Bateer.Id, Lists.Places[2].PostId),
            [new(5, 0)] = new(Come: true),
        });

        Assert.Equal([GroupRowState.Ready, GroupRowState.SetAside, GroupRowState.Ready, GroupRowState.Ready], rows.Select(r => r.State));
        Assert.Equal([Liming, null, Bateer, Jianguo], rows.Select(r => r.Who));
    }

    private static IReadOnlyList<GroupRow> Plan(string text, Dictionary<GroupRowKey, GroupDecision>? decisions = null) =>
        GroupListPlan.Of(new GroupListReader(GroupListVocabulary.Known, Lists.Places, People.Select(p => p.Name)).Read(text), Matcher, People, Lists.Places, decisions ?? []);

    private static NameMatcher Matcher => new(People, GroupListVocabulary.Known, new[] { OtherWangfang }.ToLookup(_ => "1122", p => p.Id));

    private static NameMatch Match(string name, string? number = null, string? tail = null) => Matcher.Match(new GroupEntry(name, number, tail));

    private static GroupPerson Person(string name, string number, string initials, bool? woman = null, bool member = true, params string[] qualifications) =>
        new(VolunteerId.New(), name, number, initials, qualifications, woman, member);
}
