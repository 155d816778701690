namespace VolunteerHub.Web.Features.Reports;

/// <summary>What the street office asks for. The order is that of the sheet.</summary>
public enum SheetFigure
{
    /// <summary>场次: runs that took place.</summary>
    Runs,

    /// <summary>人次: people by runs, wherever hours are recorded.</summary>
    PersonTimes,

    /// <summary>人数: different people among them.</summary>
    People,

    /// <summary>服务时长: of entries that are final.</summary>
    Hours,

    /// <summary>Hours that are recorded and not final yet.</summary>
    OpenHours,

    /// <summary>受益人次</summary>
    ServedTimes,

    /// <summary>受益人数</summary>
    ServedPeople,

    /// <summary>Requests closed, mediations not among them.</summary>
    Requests,

    /// <summary>Of those that were rated, the share with four or five stars, in per cent.</summary>
    Satisfaction,

    /// <summary>Mediations closed.</summary>
    Mediations,

    /// <summary>Weeks in which a run began.</summary>
    Weeks,

    /// <summary>Monthly themes of months with a run.</summary>
    Themes,

    /// <summary>People whose first membership began in these days.</summary>
    NewVolunteers,

    /// <summary>Of who served in the same days a year before, the share that served again, in per cent.</summary>
    Retention,

    /// <summary>Heads that were needed at least and were there by the roster, in per cent.</summary>
    Coverage,

    /// <summary>The share of all recorded time that the busiest tenth carried, in per cent.</summary>
    Fairness,
}

/// <summary>Counts figures from facts. A figure is null where there is nothing that it could be a share of.</summary>
internal static class YearFigures
{
    public const int Content = 4;

    private const int SecondsPerHour = 3600;
    private const int Tenth = 10;

    /// <param name="facts">Of the days that are meant.</param>
    /// <param name="before">Of the same days a year before.</param>
    /// <param name="figure">Which.</param>
    public static decimal? Of(ReportFacts facts, ReportFacts? before, SheetFigure figure) => figure switch
    {
        SheetFigure.Runs => facts.Runs.Count,
        SheetFigure.PersonTimes => facts.Runs.Sum(r => r.Times),
        SheetFigure.People => facts.People.Count,
        SheetFigure.Hours => HoursOf(facts.Runs.Sum(r => r.FinalSeconds)),
        SheetFigure.OpenHours => HoursOf(facts.Runs.Sum(r => r.OpenSeconds)),
        SheetFigure.ServedTimes => facts.Runs.Sum(r => r.ServedTimes ?? 0),
        SheetFigure.ServedPeople => facts.Runs.Sum(r => r.Served ?? 0),
        SheetFigure.Requests => facts.Closed.Count,
        SheetFigure.Satisfaction => Share(facts.Closed.Count(r => r.Stars >= Content), facts.Closed.Count(r => r.Stars is not null)),
        SheetFigure.Mediations => facts.Mediations.Count,
        SheetFigure.Weeks => facts.Weeks().Count(w => w.Runs > 0),
        SheetFigure.Themes => facts.ThemesHeld().Count,
        SheetFigure.NewVolunteers => facts.Scope.IsOfSomeRuns ? null : Newcomers(facts).Count(),
        SheetFigure.Retention => before is null ? null : Share(Returned(facts, before).Count(), before.People.Count),
        SheetFigure.Coverage => Share(facts.Runs.Sum(r => r.Filled), facts.Runs.Sum(r => r.Needed)),
        SheetFigure.Fairness => Share(facts.People.Select(p => p.AllSeconds).OrderDescending().Take((facts.People.Count + Tenth - 1) / Tenth).Sum(), facts.People.Sum(p => p.AllSeconds)),
        _ => throw new ArgumentOutOfRangeException(nameof(figure)),
    };

    public static IEnumerable<VolunteerId> Newcomers(ReportFacts facts) => facts.Joined.Where(j => j.Value >= facts.Scope.From && j.Value <= facts.Scope.Until).Select(j => j.Key);

    /// <summary>Who served a year before and serves again.</summary>
    public static IEnumerable<PersonFact> Returned(ReportFacts facts, ReportFacts before)
    {
        var then = before.People.Select(p => p.Id).ToHashSet();
        return facts.People.Where(p => then.Contains(p.Id));
    }

    public static decimal HoursOf(long seconds) => (decimal)seconds / SecondsPerHour;

    private static decimal? Share(long part, long whole) => whole == 0 ? null : 100m * part / whole;
}
