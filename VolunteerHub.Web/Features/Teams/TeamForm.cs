using System.Globalization;
using FluentValidation;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Teams;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Teams;

/// <summary>What the coordinator types of a team.</summary>
public sealed class TeamForm
{
    public string Name { get; set; } = "";

    public string Glyph { get; set; } = "";

    public TeamColour Colour { get; set; }

    public ServiceLine? Line { get; set; }

    public string? About { get; set; }

    /// <summary>Filled from a team.</summary>
    public static TeamForm Of(Team team) => new()
    {
        Name = team.Name,
        Glyph = team.Glyph,
        Colour = TeamColours.Of(team.Colour),
        Line = team.Line,
        About = team.About,
    };

    /// <summary>What was typed, without the spaces around it; null where nothing was.</summary>
    public static string? Text(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();
}

/// <summary>The shape of a team; whether its name is free is the job's answer.</summary>
public sealed class TeamFormValidator : AbstractValidator<TeamForm>
{
    public const int LongestName = 30;
    public const int LongestAbout = 300;

    public TeamFormValidator(IStringLocalizer<Texts> texts)
    {
        RuleFor(f => f.Name).Must(n => !string.IsNullOrWhiteSpace(n)).WithMessage(_ => texts["Teams.Error.Name"]);
        RuleFor(f => f.Name).Must(n => n is null || n.Trim().Length <= LongestName).WithMessage(_ => texts["Teams.Error.NameLong", LongestName]);
        RuleFor(f => f.Glyph).Must(g => g is not null && new StringInfo(g.Trim()).LengthInTextElements == 1).WithMessage(_ => texts["Teams.Error.Glyph"]);
        RuleFor(f => f.Colour).IsInEnum().WithMessage(_ => texts["Teams.Error.Colour"]);
        RuleFor(f => f.About).MaximumLength(LongestAbout).WithMessage(_ => texts["Teams.Error.AboutLong", LongestAbout]);
    }
}
