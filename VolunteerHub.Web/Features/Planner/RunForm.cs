using FluentValidation;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Platform.Clock;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Planner;

/// <summary>What the run editor holds while someone types. Times are the community's wall clock.</summary>
public sealed class RunForm
{
    public string Title { get; set; } = "";

    public ServiceLine? Line { get; set; }

    public HelpTargets Helps { get; set; }

    public TeamId? HostTeamId { get; set; }

    public HashSet<TeamId> CoTeamIds { get; set; } = [];

    public SiteId? SiteId { get; set; }

    public string? MeetAt { get; set; }

    public string? Bring { get; set; }

    public List<ShiftForm> Shifts { get; } = [];

    /// <summary>The plan version that this form started from.</summary>
    public int Seen { get; set; }

    public RunPlan ToPlan(CommunityTime time) => new(
        Title.Trim(), Line, Helps, HostTeamId!.Value, [.. CoTeamIds], SiteId!.Value, Text(MeetAt), Text(Bring),
        [.. Shifts.Select(s => new ShiftPlan(s.Id, s.Slot(time)!.Value, [.. s.Posts.Select(p => p.ToPlan())]))]);

    private static string? Text(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();
}

public sealed class ShiftForm
{
    public ShiftId? Id { get; set; }

    public DateTime? Day { get; set; }

    public TimeSpan? From { get; set; }

    public TimeSpan? To { get; set; }

    public List<PostForm> Posts { get; } = [];

    /// <summary>The slot, where day and times are given; an end at or before the start is on the next day.</summary>
    public TimeSlot? Slot(CommunityTime time)
    {
        if (Day is not { } day || From is not { } from || To is not { } to) return null;
        var date = DateOnly.FromDateTime(day);
        return new TimeSlot(
            time.Instant(date, TimeOnly.FromTimeSpan(from)),
            time.Instant(to <= from ? date.AddDays(1) : date, TimeOnly.FromTimeSpan(to)));
    }
}

public sealed class PostForm
{
    public PostId? Id { get; set; }

    public string Name { get; set; } = "";

    public int Min { get; set; } = 1;

    public int Max { get; set; } = 1;

    public bool IsLead { get; set; }

    public string? Qualification { get; set; }

    public string? Language { get; set; }

    public TeamId? CoTeamId { get; set; }

    public PostPlan ToPlan() => new(Id, Name.Trim(), Min, Max, IsLead, Blank(Qualification), Blank(Language), CoTeamId);

    private static string? Blank(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();
}

/// <summary>The shape of a run; what the run itself allows, the aggregate says.</summary>
public sealed class RunFormValidator : AbstractValidator<RunForm>
{
    public const int LongestTitle = 60;

    public RunFormValidator(IStringLocalizer<Texts> texts)
    {
        RuleFor(f => f.Title).Must(t => !string.IsNullOrWhiteSpace(t)).WithMessage(_ => texts["Run.Error.Title"])
            .MaximumLength(LongestTitle).WithMessage(_ => texts["Run.Error.TitleLong", LongestTitle]);
        RuleFor(f => f.HostTeamId).NotNull().WithMessage(_ => texts["Run.Error.Team"]);
        RuleFor(f => f.SiteId).NotNull().WithMessage(_ => texts["Run.Error.Site"]);
        RuleFor(f => f.MeetAt).MaximumLength(80).WithMessage(_ => texts["Error.TooLong", 80]);
        RuleFor(f => f.Bring).MaximumLength(80).WithMessage(_ => texts["Error.TooLong", 80]);
        RuleFor(f => f.Shifts).NotEmpty().WithMessage(_ => texts["Run.Error.Shifts"]);
        RuleForEach(f => f.Shifts).SetValidator(new ShiftFormValidator(texts));
    }
}

public sealed class ShiftFormValidator : AbstractValidator<ShiftForm>
{
    public ShiftFormValidator(IStringLocalizer<Texts> texts)
    {
        RuleFor(f => f.Day).NotNull().WithMessage(_ => texts["Run.Error.Day"]);
        RuleFor(f => f.From).NotNull().WithMessage(_ => texts["Run.Error.Time"]);
        RuleFor(f => f.To).NotNull().WithMessage(_ => texts["Run.Error.Time"])
            .Must((form, to) => to != form.From).When(f => f.From is not null && f.To is not null).WithMessage(_ => texts["Run.Error.TimeEqual"]);
        RuleFor(f => f.Posts).NotEmpty().WithMessage(_ => texts["Run.Error.Posts"]);
        RuleForEach(f => f.Posts).SetValidator(new PostFormValidator(texts));
    }
}

public sealed class PostFormValidator : AbstractValidator<PostForm>
{
    public const int MostHeads = 500;

    public PostFormValidator(IStringLocalizer<Texts> texts)
    {
        RuleFor(f => f.Name).Must(n => !string.IsNullOrWhiteSpace(n)).WithMessage(_ => texts["Run.Error.PostName"])
            .MaximumLength(20).WithMessage(_ => texts["Error.TooLong", 20]);
        RuleFor(f => f.Min).InclusiveBetween(0, MostHeads).WithMessage(_ => texts["Run.Error.Min", MostHeads]);
        RuleFor(f => f.Max).InclusiveBetween(1, MostHeads).WithMessage(_ => texts["Run.Error.Max", MostHeads])
            .GreaterThanOrEqualTo(f => f.Min).WithMessage(_ => texts["Run.Error.MaxBelowMin"]);
    }
}
