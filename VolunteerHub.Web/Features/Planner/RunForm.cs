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

    public BeneficiaryGroups Groups { get; set; }

    public string? Tag { get; set; }

    public TeamId? HostTeamId { get; set; }

    public HashSet<TeamId> CoTeamIds { get; set; } = [];

    public SiteId? SiteId { get; set; }

    /// <summary>共建单位 that take part.</summary>
    public HashSet<PartnerId> PartnerIds { get; set; } = [];

    /// <summary>Whether people need insurance for it.</summary>
    public bool IsDangerous { get; set; }

    public string? MeetAt { get; set; }

    public string? Bring { get; set; }

    public List<ShiftForm> Shifts { get; } = [];

    /// <summary>The plan version that this form started from.</summary>
    public int Seen { get; set; }

    public RunPlan ToPlan(CommunityTime time) => new(
        Title.Trim(), Line, Helps, HostTeamId!.Value, [.. CoTeamIds], SiteId!.Value, Text(MeetAt), Text(Bring),
        [.. Shifts.Select(s => new ShiftPlan(s.Id, s.Slot(time)!.Value, [.. s.Posts.Select(p => p.ToPlan())]))],
        Groups, Text(Tag), [.. PartnerIds], IsDangerous);

    /// <summary>What is typed, without its day and its host.</summary>
    public RunOutline ToOutline() => new(
        Title.Trim(), Line, Helps, Groups, Text(Tag), [.. CoTeamIds], SiteId, Text(MeetAt), Text(Bring), [.. Shifts.Select(s => s.ToOutline())], [.. PartnerIds], IsDangerous);

    /// <summary>Takes over a template; a team or a place that it names only where the editor may choose it.</summary>
    public void Fill(RunTemplate template, RunChoices choices)
    {
        Fill(template.Outline, DateOnly.FromDateTime(Shifts[0].Day!.Value));
        if (choices.Hosts.Any(h => h.Id == template.TeamId)) HostTeamId = template.TeamId;
        if (choices.Sites.All(s => s.Id != SiteId)) SiteId = null;
    }

    /// <summary>Takes over all of an outline.</summary>
    /// <param name="outline">The outline.</param>
    /// <param name="day">The first day; null where there is none yet.</param>
    public void Fill(RunOutline outline, DateOnly? day)
    {
        (Title, Line, Helps, Groups, Tag) = (outline.Title, outline.Line, outline.Helps, outline.Groups, outline.Tag);
        (CoTeamIds, SiteId, MeetAt, Bring) = ([.. outline.CoTeamIds], outline.SiteId, outline.MeetAt, outline.Bring);
        (PartnerIds, IsDangerous) = ([.. outline.PartnerIds ?? []], outline.IsDangerous);
        Shifts.Clear();
        Shifts.AddRange(outline.Shifts.Select(s => ShiftForm.Of(s, day)));
    }

    private static string? Text(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();
}

public sealed class ShiftForm
{
    public ShiftId? Id { get; set; }

    public DateTime? Day { get; set; }

    public TimeSpan? From { get; set; }

    public TimeSpan? To { get; set; }

    public List<PostForm> Posts { get; } = [];

    /// <summary>Days after the first day of the run, where it has no day yet.</summary>
    public int DaysAfter { get; set; }

    /// <summary>A morning with someone who leads and helpers: what a new one starts from.</summary>
    public static ShiftForm Usual(IStringLocalizer<Texts> texts)
    {
        var form = new ShiftForm { From = TimeSpan.FromHours(9), To = TimeSpan.FromHours(11.5) };
        form.Posts.Add(new PostForm { Name = texts["Run.Lead"], IsLead = true });
        form.Posts.Add(new PostForm { Name = texts["Run.HelperPost"], Min = 2, Max = 4 });
        return form;
    }

    public static ShiftForm Of(ShiftOutline outline, DateOnly? day)
    {
        var form = new ShiftForm
        {
            Day = day?.AddDays(outline.Day).ToDateTime(TimeOnly.MinValue),
            DaysAfter = outline.Day,
            From = outline.Start.ToTimeSpan(),
            To = outline.Start.AddMinutes(outline.Minutes).ToTimeSpan(),
        };
        form.Posts.AddRange(outline.Posts.Select(PostForm.Of));
        return form;
    }

    public ShiftOutline ToOutline()
    {
        var (from, to) = (From!.Value, To!.Value);
        var length = to <= from ? to - from + TimeSpan.FromDays(1) : to - from;
        return new(DaysAfter, TimeOnly.FromTimeSpan(from), (int)length.TotalMinutes, [.. Posts.Select(p => p.ToPlan() with { Id = null })]);
    }

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

    public static PostForm Of(PostPlan plan) => new()
    {
        Name = plan.Name, Min = plan.Min, Max = plan.Max, IsLead = plan.IsLead, Qualification = plan.Qualification, Language = plan.Language, CoTeamId = plan.CoTeamId,
    };

    public PostPlan ToPlan() => new(Id, Name.Trim(), Min, Max, IsLead, Blank(Qualification), Blank(Language), CoTeamId);

    private static string? Blank(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();
}

/// <summary>The shape of a run; what the run itself allows, the aggregate says.</summary>
public sealed class RunFormValidator : AbstractValidator<RunForm>
{
    public const int LongestTitle = 60;

    public const int LongestTag = 20;

    public RunFormValidator(IStringLocalizer<Texts> texts)
    {
        Include(new OutlineFormValidator(texts));
        RuleFor(f => f.HostTeamId).NotNull().WithMessage(_ => texts["Run.Error.Team"]);
        RuleFor(f => f.SiteId).NotNull().WithMessage(_ => texts["Run.Error.Site"]);
        RuleForEach(f => f.Shifts).ChildRules(shift => shift.RuleFor(s => s.Day).NotNull().WithMessage(_ => texts["Run.Error.Day"]));
    }
}

/// <summary>The shape of what is planned without its day: of templates and series, and of runs too.</summary>
internal sealed class OutlineFormValidator : AbstractValidator<RunForm>
{
    public OutlineFormValidator(IStringLocalizer<Texts> texts)
    {
        RuleFor(f => f.Title).Must(t => !string.IsNullOrWhiteSpace(t)).WithMessage(_ => texts["Run.Error.Title"])
            .MaximumLength(RunFormValidator.LongestTitle).WithMessage(_ => texts["Run.Error.TitleLong", RunFormValidator.LongestTitle]);
        RuleFor(f => f.MeetAt).MaximumLength(80).WithMessage(_ => texts["Error.TooLong", 80]);
        RuleFor(f => f.Bring).MaximumLength(80).WithMessage(_ => texts["Error.TooLong", 80]);
        RuleFor(f => f.Tag).MaximumLength(RunFormValidator.LongestTag).WithMessage(_ => texts["Error.TooLong", RunFormValidator.LongestTag]);
        RuleFor(f => f.Shifts).NotEmpty().WithMessage(_ => texts["Run.Error.Shifts"]);
        RuleForEach(f => f.Shifts).SetValidator(new ShiftFormValidator(texts));
    }
}

public sealed class ShiftFormValidator : AbstractValidator<ShiftForm>
{
    public ShiftFormValidator(IStringLocalizer<Texts> texts)
    {
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
