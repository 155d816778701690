using VolunteerHub.Domain.Common;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;

namespace VolunteerHub.Tests.Support;

/// <summary>Where tests get their people, posts and runs: <c>A.Volunteer("李娜").Qualified("护士", until)</c>.</summary>
public static class A
{
    public static Volunteer Volunteer(string name = "李娜") => new("2026-0147", name, VolunteerKind.Member, null);

    /// <summary>A person of a partner unit.</summary>
    public static Volunteer Guest(string name, string unit)
    {
        var guest = new Volunteer("2026-0201", name, VolunteerKind.Guest, null);
        guest.WorksAt(unit);
        return guest;
    }

    public static Community Community() => new("石榴社区", "石榴社区居民委员会", "Asia/Shanghai", isDemo: true);

    public static PostPlan Post(
        string name, int max = 2, int min = 1, string? qualification = null, string? language = null, TeamId? coTeam = null) =>
        new(null, name, min, max, false, qualification, language, coTeam);

    /// <summary>A plan without shifts yet, hosted by the health team.</summary>
    public static RunPlan Run(string title = "送健康·健康义诊") =>
        new(title, ServiceLine.Health, HelpTargets.Elderly, The.HealthTeam, [], The.Square, "凉亭旁", null, []);
}

/// <summary>Those of whom there is one in every test.</summary>
public static class The
{
    public static readonly TeamId HealthTeam = TeamId.New();
    public static readonly TeamId LawTeam = TeamId.New();
    public static readonly SiteId Square = SiteId.New();
    public static readonly VolunteerId Leader = VolunteerId.New();
}
