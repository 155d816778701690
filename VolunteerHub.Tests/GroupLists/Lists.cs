using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Rosters.GroupLists;
using VolunteerHub.Tests.Support;
using VolunteerHub.Web.Features.Rosters.GroupLists;

namespace VolunteerHub.Tests.GroupLists;

/// <summary>Lists of a group, and the posts and people that they are about.</summary>
internal static class Lists
{
    public const string Messy =
        """
        #接龙
        周六（11月28日）健康义诊报名🌹
        例：姓名 + 岗位

        1. 张桂兰 领队
        2、李娜（护士）✅
        ３．替张姐报，晚到10分钟
        ④ 小王＋1
        5. 巴特尔 引导
        6. 巴特尔 取消，家里有事
        7.何云、许文两人 引导
        8. 

        以上报名截止今晚8点，谢谢大家
        """;

    private static readonly RunId Clinic = RunId.New();
    private static readonly RunId Haircut = RunId.New();

    public static readonly IReadOnlyList<GroupPlace> Places =
    [
        new(Clinic, PostId.New(), "送健康·健康义诊", Weekend.Saturday, new(9, 0), new(11, 30), "领队", null, 1),
        new(Clinic, PostId.New(), "送健康·健康义诊", Weekend.Saturday, new(9, 0), new(11, 30), "护士", "护士", 2),
        new(Clinic, PostId.New(), "送健康·健康义诊", Weekend.Saturday, new(9, 0), new(11, 30), "引导", null, 3),
        new(Haircut, PostId.New(), "义务理发", Weekend.Sunday, new(14, 0), new(16, 0), "理发", "理发", 1),
        new(Haircut, PostId.New(), "义务理发", Weekend.Sunday, new(14, 0), new(16, 0), "引导", null, 2),
    ];

    public static readonly string[] KnownNames = ["张桂兰", "李娜", "巴特尔", "王芳", "阿依古丽·买买提"];

    public static IReadOnlyList<GroupLine> Read(string text) => new GroupListReader(GroupListVocabulary.Known, Places, KnownNames).Read(text);
}
