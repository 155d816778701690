using System.Globalization;
using FluentValidation;
using Ical.Net;
using Ical.Net.DataTypes;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Calendar;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Platform.Recurrence;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Planner.Series;

/// <summary>How a series repeats, as people choose it.</summary>
public enum Repeat
{
    Daily,
    Weekly,
    MonthlyByWeekday,
    MonthlyByDay,
    Festival,

    /// <summary>Any other rule of RFC 5545, as it is written there.</summary>
    Rule,
}

/// <summary>How a series ends.</summary>
public enum SeriesEnd
{
    Never,
    OnDay,
    AfterCount,
}

/// <summary>A standing member, while someone types.</summary>
public sealed record StandingRow(int Shift, string Post, VolunteerId Who, string Name);

/// <summary>What the series editor holds while someone types.</summary>
public sealed class SeriesForm
{
    private static readonly string[] Codes = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

    public RunForm Run { get; } = new();

    public Repeat Repeat { get; set; } = Repeat.Weekly;

    /// <summary>Every so many weeks.</summary>
    public int Interval { get; set; } = 1;

    public HashSet<DayOfWeek> Days { get; set; } = [DayOfWeek.Saturday];

    /// <summary>Which of the month, 1 to 4; -1 is the last.</summary>
    public int Nth { get; set; } = 1;

    public DayOfWeek Weekday { get; set; } = DayOfWeek.Saturday;

    public int MonthDay { get; set; } = 1;

    public Festival Festival { get; set; } = Festival.SpringFestival;

    public string? Rrule { get; set; }

    public DateTime? From { get; set; }

    public SeriesEnd End { get; set; }

    public DateTime? Until { get; set; }

    public int Count { get; set; } = 10;

    public HolidayChoice OnHolidays { get; set; } = HolidayChoice.Skip;

    public List<StandingRow> Standing { get; } = [];

    public SeriesRule ToRule() => new(
        Repeat == Repeat.Festival ? null : ToRrule(), Repeat == Repeat.Festival ? Festival : null, DateOnly.FromDateTime(From!.Value),
        End == SeriesEnd.OnDay ? DateOnly.FromDateTime(Until!.Value) : null, End == SeriesEnd.AfterCount ? Count : null);

    /// <summary>Shows a rule as people choose it.</summary>
    public void Fill(SeriesRule rule)
    {
        From = rule.From.ToDateTime(TimeOnly.MinValue);
        (End, Until, Count) = rule switch
        {
            { Until: { } until } => (SeriesEnd.OnDay, (DateTime?)until.ToDateTime(TimeOnly.MinValue), Count),
            { Count: { } count } => (SeriesEnd.AfterCount, null, count),
            _ => (SeriesEnd.Never, null, Count),
        };
        if (rule.Festival is { } festival) (Repeat, Festival) = (Repeat.Festival, festival);
        else if (!FillSimple(rule.Rrule!)) (Repeat, Rrule) = (Repeat.Rule, rule.Rrule);
    }

    private string ToRrule() => Repeat switch
    {
        Repeat.Daily => "FREQ=DAILY",
        Repeat.Weekly => (Interval > 1 ? $"FREQ=WEEKLY;INTERVAL={Interval}" : "FREQ=WEEKLY") + ";BYDAY=" + string.Join(',', Days.Order().Select(d => Codes[(int)d])),
        Repeat.MonthlyByWeekday => $"FREQ=MONTHLY;BYDAY={Nth.ToString(CultureInfo.InvariantCulture)}{Codes[(int)Weekday]}",
        Repeat.MonthlyByDay => $"FREQ=MONTHLY;BYMONTHDAY={MonthDay}",
        _ => Rrule?.Trim() ?? "",
    };

    private bool FillSimple(string text)
    {
        if (!RecurrenceDays.IsUsable(text)) return false;
        var rule = new RecurrenceRule(text);
        (Repeat, Interval) = (Repeat.Daily, Math.Max(1, rule.Interval));
        switch (rule.Frequency)
        {
            case FrequencyType.Weekly when rule.ByDay.Count > 0:
                (Repeat, Days) = (Repeat.Weekly, [.. rule.ByDay.Select(d => d.DayOfWeek)]);
                break;
            case FrequencyType.Monthly when rule.ByDay.Count == 1 && rule.ByDay[0].Offset is { } nth:
                (Repeat, Nth, Weekday) = (Repeat.MonthlyByWeekday, nth, rule.ByDay[0].DayOfWeek);
                break;
            case FrequencyType.Monthly when rule.ByMonthDay.Count == 1:
                (Repeat, MonthDay) = (Repeat.MonthlyByDay, rule.ByMonthDay[0]);
                break;
        }

        // What the choices would not say again in the same words is shown as it is written.
        return ToRrule() == text;
    }
}

/// <summary>The shape of a series; what a run allows, the run says.</summary>
public sealed class SeriesFormValidator : AbstractValidator<SeriesForm>
{
    public const int MostRuns = 500;
    public const int LongestInterval = 12;

    public SeriesFormValidator(IStringLocalizer<Texts> texts)
    {
        RuleFor(f => f.Run).SetValidator(new OutlineFormValidator(texts));
        RuleFor(f => f.Run.HostTeamId).NotNull().WithMessage(_ => texts["Run.Error.Team"]);
        RuleFor(f => f.Run.SiteId).NotNull().WithMessage(_ => texts["Run.Error.Site"]);
        RuleFor(f => f.From).NotNull().WithMessage(_ => texts["Series.Error.From"]);
        RuleFor(f => f.Days).NotEmpty().When(f => f.Repeat == Repeat.Weekly).WithMessage(_ => texts["Series.Error.Days"]);
        RuleFor(f => f.Interval).InclusiveBetween(1, LongestInterval).When(f => f.Repeat == Repeat.Weekly).WithMessage(_ => texts["Series.Error.Interval", LongestInterval]);
        RuleFor(f => f.MonthDay).InclusiveBetween(1, 31).When(f => f.Repeat == Repeat.MonthlyByDay).WithMessage(_ => texts["Series.Error.MonthDay"]);
        RuleFor(f => f.Rrule).Must(r => RecurrenceDays.IsUsable(r?.Trim() ?? "")).When(f => f.Repeat == Repeat.Rule).WithMessage(_ => texts["Series.Error.Rule"]);
        RuleFor(f => f.Until).NotNull().When(f => f.End == SeriesEnd.OnDay).WithMessage(_ => texts["Series.Error.Until"])
            .Must((f, until) => until >= f.From).When(f => f.End == SeriesEnd.OnDay && f.Until is not null && f.From is not null).WithMessage(_ => texts["Series.Error.UntilBeforeFrom"]);
        RuleFor(f => f.Count).InclusiveBetween(1, MostRuns).When(f => f.End == SeriesEnd.AfterCount).WithMessage(_ => texts["Series.Error.Count", MostRuns]);
    }
}

/// <summary>Says a rule in words.</summary>
public static class RuleWords
{
    public static string Of(SeriesRule rule, IStringLocalizer<Texts> texts)
    {
        var form = new SeriesForm();
        form.Fill(rule);
        return form.Repeat switch
        {
            Repeat.Daily => texts["Series.Words.Daily"],
            Repeat.Weekly when form.Interval == 1 => texts["Series.Words.Weekly", Days(form, texts)],
            Repeat.Weekly => texts["Series.Words.EveryWeeks", form.Interval, Days(form, texts)],
            Repeat.MonthlyByWeekday when form.Nth < 0 => texts["Series.Words.LastOfMonth", texts[$"DayOfWeek.{form.Weekday}"].Value],
            Repeat.MonthlyByWeekday => texts["Series.Words.NthOfMonth", form.Nth, texts[$"DayOfWeek.{form.Weekday}"].Value],
            Repeat.MonthlyByDay => texts["Series.Words.MonthDay", form.MonthDay],
            Repeat.Festival => texts["Series.Words.Festival", texts[$"Festival.{form.Festival}"].Value],
            _ => rule.Rrule ?? "",
        };
    }

    private static string Days(SeriesForm form, IStringLocalizer<Texts> texts) =>
        string.Join(texts["Template.Comma"], form.Days.OrderBy(d => Week.IndexOf(d)).Select(d => texts[$"DayOfWeek.{d}"].Value));
}
