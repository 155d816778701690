using VolunteerHub.Domain.Calendar;
using System.Globalization;
using FluentValidation;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Features.OwnRecord;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Sites;

/// <summary>The hours of one weekday as they are typed; both empty is closed.</summary>
public sealed class OpeningRow
{
    public DayOfWeek Day { get; set; }

    public string? From { get; set; }

    public string? To { get; set; }

    public bool IsClosed => string.IsNullOrWhiteSpace(From) && string.IsNullOrWhiteSpace(To);

    /// <summary>What is meant; null where it cannot be read, or ends before it begins.</summary>
    public WeeklyHours? Read() => new ExactHours(Day.ToString(), From?.Trim() ?? "", To?.Trim() ?? "").Read();
}

/// <summary>What the form of a site holds while someone types.</summary>
public sealed class SiteDetails
{
    public string Name { get; set; } = "";

    public string? Address { get; set; }

    /// <summary>One service a line.</summary>
    public string? Menu { get; set; }

    public List<OpeningRow> Opening { get; } = [.. Week.Days.Select(day => new OpeningRow { Day = day })];

    /// <summary>Null where it is not limited.</summary>
    public int? Capacity { get; set; }

    public bool CountsVisits { get; set; }

    public IReadOnlyList<string> MenuLines => [.. (Menu ?? "").Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0).Distinct()];

    internal SiteFacts Facts => new(
        Name.Trim(), string.IsNullOrWhiteSpace(Address) ? null : Address.Trim(), MenuLines,
        [.. Opening.Where(r => !r.IsClosed).Select(r => r.Read()).OfType<WeeklyHours>()], Capacity, CountsVisits);

    public static SiteDetails Of(SiteView site)
    {
        var form = new SiteDetails { Name = site.Name, Address = site.Address, Menu = string.Join('\n', site.Menu), Capacity = site.Capacity, CountsVisits = site.CountsVisits };
        foreach (var hours in site.Opening.GroupBy(h => h.Day))
        {
            var row = form.Opening.Single(r => r.Day == hours.Key);
            (row.From, row.To) = (Clock(hours.Min(h => h.From)), Clock(hours.MaxBy(h => h.From)!.To));
        }

        return form;
    }

    private static string Clock(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
}

public sealed class SiteDetailsValidator : AbstractValidator<SiteDetails>
{
    public const int LongestName = 30;
    public const int LongestAddress = 80;
    public const int LongestService = 20;
    public const int MostServices = 20;
    public const int MostPeople = 10_000;

    public SiteDetailsValidator(IStringLocalizer<Texts> texts)
    {
        RuleFor(f => f.Name).Must(n => !string.IsNullOrWhiteSpace(n)).WithMessage(_ => texts["SetUp.Error.SiteName"])
            .MaximumLength(LongestName).WithMessage(_ => texts["Error.TooLong", LongestName]);
        RuleFor(f => f.Address).MaximumLength(LongestAddress).WithMessage(_ => texts["Error.TooLong", LongestAddress]);
        RuleFor(f => f.Menu).Must((form, _) => form.MenuLines.Count <= MostServices && form.MenuLines.All(l => l.Length <= LongestService))
            .WithMessage(_ => texts["Site.Error.Menu", MostServices, LongestService]);
        RuleFor(f => f.Capacity).InclusiveBetween(1, MostPeople).WithMessage(_ => texts["Site.Error.Capacity", MostPeople]);
        RuleForEach(f => f.Opening).Must(r => r.IsClosed || r.Read() is not null).WithMessage(_ => texts["Site.Error.Opening"]);
    }
}
