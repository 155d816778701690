using System.Globalization;
using FluentValidation;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Calendar;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Features.Joining;
using VolunteerHub.Web.Platform.Clock;
using VolunteerHub.Web.Platform.Forms;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.OwnRecord;

/// <summary>A part of the day that is ticked as a whole. One ends where the next begins, so that two in a row are one span.</summary>
public enum DayPart
{
    Morning,
    Afternoon,
    Evening,
}

/// <summary>The clock times of the parts of a day.</summary>
public static class DayParts
{
    private static readonly int[] Bounds = [6, 12, 18, 22];

    public static IReadOnlyList<DayPart> All { get; } = Enum.GetValues<DayPart>();

    public static TimeOnly From(DayPart part) => new(Bounds[(int)part], 0);

    public static TimeOnly To(DayPart part) => new(Bounds[(int)part + 1], 0);

    /// <summary>The parts that a span covers exactly; none where it begins or ends within one.</summary>
    public static IReadOnlyList<DayPart> In(WeeklyHours hours)
    {
        var parts = All.Where(p => hours.From <= From(p) && To(p) <= hours.To).ToList();
        return parts.Count > 0 && From(parts[0]) == hours.From && To(parts[^1]) == hours.To ? parts : [];
    }
}

/// <summary>Exact hours of a weekday, as they were typed.</summary>
public sealed record ExactHours(string Day, string From, string To)
{
    public static readonly ExactHours Blank = new("", "", "");

    public bool IsBlank => Day.Length == 0 && From.Length == 0 && To.Length == 0;

    /// <summary>What is meant; null where it cannot be read, or ends before it begins.</summary>
    public WeeklyHours? Read() =>
        Enum.TryParse<DayOfWeek>(Day, out var day) && Enum.IsDefined(day)
        && TimeOnly.TryParse(From, CultureInfo.InvariantCulture, out var from) && TimeOnly.TryParse(To, CultureInfo.InvariantCulture, out var to)
        && (from < to || to == TimeOnly.MinValue) ? new WeeklyHours(day, from, to) : null;
}

/// <summary>What the page of one's availability holds: the whole week, and a span of days that is different.</summary>
public sealed record AvailabilityForm
{
    public const int MostExact = 21;

    /// <summary>Whether one may be asked at any time.</summary>
    public bool Anytime { get; init; } = true;

    public IReadOnlySet<(DayOfWeek Day, DayPart Part)> Ticks { get; init; } = new HashSet<(DayOfWeek, DayPart)>();

    public IReadOnlyList<ExactHours> Exact { get; init; } = [];

    /// <summary>Most hours of duty a week, as typed; empty for the community's limit.</summary>
    public string HoursAWeek { get; init; } = "";

    /// <summary>First and last day that are different; empty where none are added.</summary>
    public string From { get; init; } = "";

    public string To { get; init; } = "";

    /// <summary>Which button was pressed: save, busy, free, or remove: with two days.</summary>
    public string Action { get; init; } = "";

    public bool Adds => Action is "busy" or "free";

    public static AvailabilityForm Of(Availability stated)
    {
        var parts = stated.Weekly.Select(h => (Hours: h, Parts: DayParts.In(h))).ToList();
        return new()
        {
            Anytime = stated.Weekly.Count == 0,
            Ticks = parts.SelectMany(p => p.Parts.Select(part => (p.Hours.Day, part))).ToHashSet(),
            HoursAWeek = stated.HoursAWeek?.ToString(CultureInfo.InvariantCulture) ?? "",
            Exact = [.. parts.Where(p => p.Parts.Count == 0).Select(p => new ExactHours(p.Hours.Day.ToString(), Clock(p.Hours.From), Clock(p.Hours.To)))],
        };
    }

    public static AvailabilityForm Of(PostedForm form) => new()
    {
        Anytime = form["when"] != "week",
        Ticks = Week.Days.SelectMany(day => DayParts.All.Select(part => (day, part))).Where(t => form.Ticked($"t-{t.day}-{t.part}")).ToHashSet(),
        Exact = [.. Enumerable.Range(0, MostExact).Select(i => new ExactHours(form[$"d{i}"], form[$"f{i}"].Trim(), form[$"e{i}"].Trim())).Where(e => !e.IsBlank)],
        HoursAWeek = form["hours"].Trim(),
        From = form["from"].Trim(),
        To = form["to"].Trim(),
        Action = form["action"],
    };

    /// <summary>The week that is meant.</summary>
    public IReadOnlyList<WeeklyHours> Weekly => Anytime ? [] :
    [
        .. Ticks.Select(t => new WeeklyHours(t.Day, DayParts.From(t.Part), DayParts.To(t.Part))).Concat(Exact.Select(e => e.Read()).OfType<WeeklyHours>())
            .Distinct().OrderBy(h => Week.IndexOf(h.Day)).ThenBy(h => h.From),
    ];

    /// <summary>The limit that is meant; null leaves the community's.</summary>
    public int? Hours => int.TryParse(HoursAWeek, NumberStyles.None, CultureInfo.InvariantCulture, out var hours) ? hours : null;

    /// <summary>The days that are different, or are so no longer.</summary>
    public ChangedDays? Days
    {
        get
        {
            if (Adds && TypedDay.Read(From) is { } first) return new ChangedDays(first, To.Length == 0 ? first : TypedDay.Read(To) ?? first, Action == "free");
            return Action.Split(':') is ["remove", var from, var to] && TypedDay.Read(from) is { } start && TypedDay.Read(to) is { } end ? new ChangedDays(start, end, null) : null;
        }
    }

    private static string Clock(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
}

/// <summary>Days, both included, on which somebody is free or not whatever the week says; null takes back what was said.</summary>
public sealed record ChangedDays(DateOnly From, DateOnly To, bool? Free)
{
    /// <summary>Longer absences are a pause.</summary>
    public const int Most = 92;
}

/// <summary>The shape of what was typed.</summary>
public sealed class AvailabilityFormValidator : AbstractValidator<AvailabilityForm>
{
    public AvailabilityFormValidator(IStringLocalizer<Texts> texts, CommunityTime time)
    {
        RuleFor(f => f.Ticks).Must((form, _) => form.Anytime || form.Ticks.Count > 0 || form.Exact.Count > 0).WithMessage(_ => texts["Own.Availability.Error.Empty"]);
        RuleForEach(f => f.Exact).Must(row => row.Read() is not null).When(f => !f.Anytime).WithMessage(_ => texts["Own.Availability.Error.Exact"])
            .OverridePropertyName(nameof(AvailabilityForm.Exact));
        RuleFor(f => f.HoursAWeek).Must((form, typed) => typed.Length == 0 || form.Hours is >= 1 and <= DutyPolicy.MostHoursAWeek)
            .WithMessage(_ => texts["Own.Availability.Error.Hours", DutyPolicy.MostHoursAWeek]);
        When(f => f.Adds, () =>
        {
            RuleFor(f => f.From).Must(typed => TypedDay.Read(typed) is { } day && day >= time.Today).WithMessage(_ => texts["Own.Availability.Error.From"]);
            RuleFor(f => f.To).Must((form, typed) => typed.Length == 0 || TypedDay.Read(typed) is { } last && (TypedDay.Read(form.From) is not { } first || last >= first))
                .WithMessage(_ => texts["Own.Availability.Error.To"])
                .Must((form, typed) => TypedDay.Read(typed) is not { } last || TypedDay.Read(form.From) is not { } first || last.DayNumber - first.DayNumber < ChangedDays.Most)
                .WithMessage(_ => texts["Own.Availability.Error.Long", ChangedDays.Most]);
        });
    }
}
