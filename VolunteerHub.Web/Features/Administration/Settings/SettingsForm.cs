using FluentValidation;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Web.Features.Notices;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Administration.Settings;

/// <summary>All settings as they are typed: spans in the unit that people count them in.</summary>
public sealed record SettingsForm
{
    public string Name { get; set; } = "";

    public string Issuer { get; set; } = "";

    public string ZoneId { get; set; } = "";

    /// <summary>Minutes.</summary>
    public int OpensBefore { get; set; }

    /// <summary>Minutes.</summary>
    public int LateAfter { get; set; }

    /// <summary>Minutes.</summary>
    public int ClosesAfter { get; set; }

    /// <summary>Seconds.</summary>
    public int CodeStep { get; set; }

    /// <summary>Steps.</summary>
    public int CodeTolerance { get; set; }

    /// <summary>Minutes.</summary>
    public int FormLife { get; set; }

    public int PinFailures { get; set; }

    /// <summary>Hours.</summary>
    public int WithdrawalUntil { get; set; }

    /// <summary>Days.</summary>
    public int FairnessWindow { get; set; }

    public int ExperiencedFrom { get; set; }

    /// <summary>Hours.</summary>
    public int LeadBefore { get; set; }

    /// <summary>Hours.</summary>
    public int LeadAfter { get; set; }

    /// <summary>Minutes.</summary>
    public int TravelMinutes { get; set; }

    /// <summary>Hours.</summary>
    public int RestHours { get; set; }

    public int HoursADay { get; set; }

    public int HoursAWeek { get; set; }

    public bool MixesExperience { get; set; }

    public bool AsksIdNumber { get; set; }

    public bool AsksEthnicity { get; set; }

    public int RetentionYears { get; set; }

    public string? Custodian { get; set; }

    public bool OpenApplications { get; set; }

    /// <summary>Days.</summary>
    public int InvitationLife { get; set; }

    /// <summary>Minutes.</summary>
    public int ResetLife { get; set; }

    /// <summary>Hours.</summary>
    public int Reminder { get; set; }

    /// <summary>Hours.</summary>
    public int Reconfirmation { get; set; }

    /// <summary>Minutes.</summary>
    public int Gather { get; set; }

    /// <summary>Wall-clock time, as in 21:00.</summary>
    public string QuietFrom { get; set; } = "";

    /// <summary>Wall-clock time, as in 08:00.</summary>
    public string QuietUntil { get; set; } = "";

    public int AskNext { get; set; }

    /// <summary>Hours.</summary>
    public int AskEvery { get; set; }

    public bool AskingStartsByItself { get; set; }

    /// <summary>Hours.</summary>
    public int OfferLife { get; set; }

    /// <summary>What a new installation begins with.</summary>
    public static SettingsForm Defaults { get; } = Of(new Community("", "", "Asia/Shanghai", isDemo: false));

    /// <summary>The settings of a community.</summary>
    public static SettingsForm Of(Community community) => new()
    {
        Name = community.Name,
        Issuer = community.Issuer,
        ZoneId = community.ZoneId,
        OpensBefore = (int)community.CheckIn.OpensBefore.TotalMinutes,
        LateAfter = (int)community.CheckIn.LateAfter.TotalMinutes,
        ClosesAfter = (int)community.CheckIn.ClosesAfter.TotalMinutes,
        CodeStep = (int)community.CheckIn.CodeStep.TotalSeconds,
        CodeTolerance = community.CheckIn.CodeTolerance,
        FormLife = (int)community.CheckIn.FormLife.TotalMinutes,
        PinFailures = community.CheckIn.PinFailures,
        WithdrawalUntil = (int)community.Duty.WithdrawalUntil.TotalHours,
        FairnessWindow = (int)community.Duty.FairnessWindow.TotalDays,
        ExperiencedFrom = community.Duty.ExperiencedFrom,
        LeadBefore = (int)community.Duty.LeadBefore.TotalHours,
        LeadAfter = (int)community.Duty.LeadAfter.TotalHours,
        TravelMinutes = community.Duty.TravelMinutes,
        RestHours = community.Duty.RestHours,
        HoursADay = community.Duty.HoursADay,
        HoursAWeek = community.Duty.HoursAWeek,
        MixesExperience = community.Duty.MixesExperience,
        AsksIdNumber = community.Privacy.AsksIdNumber,
        AsksEthnicity = community.Privacy.AsksEthnicity,
        RetentionYears = community.Privacy.RetentionYears,
        Custodian = community.Privacy.Custodian,
        OpenApplications = community.Joining.OpenApplications,
        InvitationLife = (int)community.Joining.InvitationLife.TotalDays,
        ResetLife = (int)community.Joining.ResetLife.TotalMinutes,
        Reminder = (int)community.Notices.Reminder.TotalHours,
        Reconfirmation = (int)community.Notices.Reconfirmation.TotalHours,
        Gather = (int)community.Notices.Gather.TotalMinutes,
        QuietFrom = NoticeChoiceForm.Written(community.Notices.QuietFrom),
        QuietUntil = NoticeChoiceForm.Written(community.Notices.QuietUntil),
        AskNext = community.Cover.AskNext,
        AskEvery = (int)community.Cover.Every.TotalHours,
        AskingStartsByItself = community.Cover.StartsByItself,
        OfferLife = (int)community.Cover.OfferLife.TotalHours,
    };

    /// <summary>Writes what was typed to the community.</summary>
    public void ApplyTo(Community community)
    {
        community.Revise(Name.Trim(), Issuer.Trim(), ZoneId);
        community.Adopt(new CheckInPolicy(
            TimeSpan.FromMinutes(OpensBefore), TimeSpan.FromMinutes(LateAfter), TimeSpan.FromMinutes(ClosesAfter),
            TimeSpan.FromSeconds(CodeStep), CodeTolerance, TimeSpan.FromMinutes(FormLife), PinFailures));
        community.Adopt(new DutyPolicy(
            TimeSpan.FromHours(WithdrawalUntil), TimeSpan.FromDays(FairnessWindow), ExperiencedFrom, TimeSpan.FromHours(LeadBefore), TimeSpan.FromHours(LeadAfter),
            TravelMinutes, RestHours, HoursADay, HoursAWeek, MixesExperience));
        community.Adopt(new PrivacyPolicy(AsksIdNumber, AsksEthnicity, RetentionYears, string.IsNullOrWhiteSpace(Custodian) ? null : Custodian.Trim()));
        community.Adopt(new JoiningPolicy(OpenApplications, TimeSpan.FromDays(InvitationLife), TimeSpan.FromMinutes(ResetLife)));
        community.Adopt(new CoverPolicy(AskNext, TimeSpan.FromHours(AskEvery), AskingStartsByItself, TimeSpan.FromHours(OfferLife)));
        community.Adopt(new NoticePolicy(
            TimeSpan.FromHours(Reminder), TimeSpan.FromHours(Reconfirmation), TimeSpan.FromMinutes(Gather),
            NoticeChoiceForm.Time(QuietFrom) ?? NoticePolicy.Default.QuietFrom, NoticeChoiceForm.Time(QuietUntil) ?? NoticePolicy.Default.QuietUntil));
    }
}

/// <summary>Between what values each setting makes sense.</summary>
public sealed class SettingsFormValidator : AbstractValidator<SettingsForm>
{
    public const int LongestName = 40;

    public SettingsFormValidator(IStringLocalizer<Texts> texts)
    {
        RuleFor(f => f.Name).Must(n => !string.IsNullOrWhiteSpace(n)).WithMessage(_ => texts["Settings.Error.Name"]);
        RuleFor(f => f.Name).MaximumLength(LongestName).WithMessage(_ => texts["Error.TooLong", LongestName]);
        RuleFor(f => f.Issuer).Must(n => !string.IsNullOrWhiteSpace(n)).WithMessage(_ => texts["Settings.Error.Issuer"]);
        RuleFor(f => f.Issuer).MaximumLength(LongestName).WithMessage(_ => texts["Error.TooLong", LongestName]);
        RuleFor(f => f.Custodian).MaximumLength(LongestName).WithMessage(_ => texts["Error.TooLong", LongestName]);
        RuleFor(f => f.ZoneId).Must(id => TimeZoneInfo.TryFindSystemTimeZoneById(id ?? "", out _)).WithMessage(_ => texts["Settings.Error.Zone"]);
        Between(f => f.OpensBefore, 0, 240);
        Between(f => f.LateAfter, 0, 120);
        Between(f => f.ClosesAfter, 0, 1440);
        Between(f => f.CodeStep, 15, 60);
        Between(f => f.CodeTolerance, 0, 2);
        Between(f => f.FormLife, 2, 30);
        Between(f => f.PinFailures, 3, 10);
        Between(f => f.WithdrawalUntil, 0, 168);
        Between(f => f.FairnessWindow, 7, 366);
        Between(f => f.ExperiencedFrom, 1, 50);
        Between(f => f.LeadBefore, 0, 48);
        Between(f => f.LeadAfter, 0, 168);
        Between(f => f.TravelMinutes, 0, 240);
        Between(f => f.RestHours, 0, 24);
        Between(f => f.HoursADay, 1, 24);
        Between(f => f.HoursAWeek, 1, 60);
        RuleFor(f => f.RetentionYears).InclusiveBetween(PrivacyPolicy.LeastRetentionYears, 100)
            .WithMessage(_ => texts["Settings.Error.Retention", PrivacyPolicy.LeastRetentionYears, 100]);
        Between(f => f.InvitationLife, 1, 30);
        // One-use codes hold ten minutes at most, so that one that is overheard is worth nothing.
        Between(f => f.ResetLife, 2, 10);
        Between(f => f.Reminder, 1, 72);
        Between(f => f.Reconfirmation, 2, 168);
        Between(f => f.Gather, 0, 60);
        RuleFor(f => f.QuietFrom).Must(t => NoticeChoiceForm.Time(t) is not null).WithMessage(_ => texts["MyNotices.Error.Time"]);
        RuleFor(f => f.QuietUntil).Must(t => NoticeChoiceForm.Time(t) is not null).WithMessage(_ => texts["MyNotices.Error.Time"]);
        Between(f => f.AskNext, 1, 20);
        Between(f => f.AskEvery, 1, 48);
        Between(f => f.OfferLife, 1, 72);

        void Between(System.Linq.Expressions.Expression<Func<SettingsForm, int>> field, int least, int most) =>
            RuleFor(field).InclusiveBetween(least, most).WithMessage(_ => texts["Settings.Error.Between", least, most]);
    }
}
