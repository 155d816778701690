using FluentValidation;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Hours.Policy;

/// <summary>The rules of hours as they are typed.</summary>
public sealed record CreditForm
{
    public int BeforeMinutes { get; set; }

    public int AfterMinutes { get; set; }

    public int BreakAfterMinutes { get; set; }

    public int BreakMinutes { get; set; }

    public int LeastSharePercent { get; set; }

    public int SecondApprovalHours { get; set; }

    public int MostHoursADay { get; set; }

    public ForgottenSignOut Forgotten { get; set; }

    public int SilenceDays { get; set; }

    public int PublicityDays { get; set; }

    public int ConfirmWithinDays { get; set; }

    public int RemindDays { get; set; }

    public bool RunLeadConfirms { get; set; }

    public int Star1 { get; set; }

    public int Star2 { get; set; }

    public int Star3 { get; set; }

    public int Star4 { get; set; }

    public int Star5 { get; set; }

    public static CreditForm Defaults { get; } = Of(CreditPolicy.Default, HourPolicy.Default);

    public CreditPolicy Credit => new(BeforeMinutes, AfterMinutes, BreakAfterMinutes, BreakMinutes, LeastSharePercent, SecondApprovalHours, MostHoursADay, Forgotten);

    public HourPolicy Recording => new(SilenceDays, PublicityDays, ConfirmWithinDays, RemindDays, RunLeadConfirms, [Star1, Star2, Star3, Star4, Star5]);

    public static CreditForm Of(CreditPolicy credit, HourPolicy recording) => new()
    {
        BeforeMinutes = credit.BeforeMinutes,
        AfterMinutes = credit.AfterMinutes,
        BreakAfterMinutes = credit.BreakAfterMinutes,
        BreakMinutes = credit.BreakMinutes,
        LeastSharePercent = credit.LeastSharePercent,
        SecondApprovalHours = credit.SecondApprovalHours,
        MostHoursADay = credit.MostHoursADay,
        Forgotten = credit.Forgotten,
        SilenceDays = recording.SilenceDays,
        PublicityDays = recording.PublicityDays,
        ConfirmWithinDays = recording.ConfirmWithinDays,
        RemindDays = recording.RemindDays,
        RunLeadConfirms = recording.RunLeadConfirms,
        Star1 = recording.StarHours[0],
        Star2 = recording.StarHours[1],
        Star3 = recording.StarHours[2],
        Star4 = recording.StarHours[3],
        Star5 = recording.StarHours[4],
    };
}

/// <summary>Between what values the rules make sense.</summary>
public sealed class CreditFormValidator : AbstractValidator<CreditForm>
{
    public CreditFormValidator(IStringLocalizer<Texts> texts)
    {
        Between(f => f.BeforeMinutes, 0, 30);
        Between(f => f.AfterMinutes, 0, 120);
        Between(f => f.BreakAfterMinutes, 30, 720);
        Between(f => f.BreakMinutes, 0, 120);
        Between(f => f.LeastSharePercent, 0, 100);
        Between(f => f.SecondApprovalHours, 1, 24);
        Between(f => f.MostHoursADay, 1, 24);
        RuleFor(f => f.MostHoursADay).Must((f, most) => most >= f.SecondApprovalHours).WithMessage(_ => texts["Credit.Error.Limits"]);
        Between(f => f.SilenceDays, 1, 30);
        Between(f => f.PublicityDays, 1, 30);
        Between(f => f.ConfirmWithinDays, 1, HourPolicy.LongestConfirmation);
        Between(f => f.RemindDays, 0, 5);
        Between(f => f.Star1, 1, 100_000);
        RuleFor(f => f.Star5).Must((f, _) => f.Star1 < f.Star2 && f.Star2 < f.Star3 && f.Star3 < f.Star4 && f.Star4 < f.Star5).WithMessage(_ => texts["Credit.Error.Stars"]);

        void Between(System.Linq.Expressions.Expression<Func<CreditForm, int>> field, int least, int most) =>
            RuleFor(field).InclusiveBetween(least, most).WithMessage(_ => texts["Settings.Error.Between", least, most]);
    }
}
