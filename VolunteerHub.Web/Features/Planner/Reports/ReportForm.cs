using FluentValidation;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Planner.Reports;

/// <summary>What the form of a report holds while someone types.</summary>
public sealed class ReportForm
{
    public int? People { get; set; }

    public int? Times { get; set; }

    public int? Asked { get; set; }

    public int? Satisfied { get; set; }

    public string Summary { get; set; } = "";

    public RunReportFacts ToFacts() => new(People ?? 0, Times ?? 0, Asked ?? 0, Satisfied ?? 0, Summary.Trim());

    public static ReportForm Of(RunReportFacts facts) =>
        new() { People = facts.People, Times = facts.Times, Asked = facts.Asked, Satisfied = facts.Satisfied, Summary = facts.Summary };
}

/// <summary>The shape of a report; what it may say, the run itself answers.</summary>
public sealed class ReportFormValidator : AbstractValidator<ReportForm>
{
    public ReportFormValidator(IStringLocalizer<Texts> texts)
    {
        RuleFor(f => f.People).NotNull().WithMessage(_ => texts["Report.Error.People"])
            .InclusiveBetween(0, RunReport.MostPeople).WithMessage(_ => texts["Report.Error.Number", RunReport.MostPeople]);
        RuleFor(f => f.Times).NotNull().WithMessage(_ => texts["Report.Error.Times"])
            .InclusiveBetween(0, RunReport.MostPeople).WithMessage(_ => texts["Report.Error.Number", RunReport.MostPeople])
            .Must((form, times) => form.People is not { } people || times >= people).WithMessage(_ => texts["Report.Error.TimesBelowPeople"]);
        RuleFor(f => f.Asked).InclusiveBetween(0, RunReport.MostPeople).WithMessage(_ => texts["Report.Error.Number", RunReport.MostPeople]);
        RuleFor(f => f.Satisfied).InclusiveBetween(0, RunReport.MostPeople).WithMessage(_ => texts["Report.Error.Number", RunReport.MostPeople])
            .Must((form, satisfied) => (satisfied ?? 0) <= (form.Asked ?? 0)).WithMessage(_ => texts["Report.Error.Satisfied"]);
        RuleFor(f => f.Summary).Must(s => !string.IsNullOrWhiteSpace(s)).WithMessage(_ => texts["Report.Error.Summary"])
            .MaximumLength(RunReport.LongestSummary).WithMessage(_ => texts["Error.TooLong", RunReport.LongestSummary]);
    }
}
