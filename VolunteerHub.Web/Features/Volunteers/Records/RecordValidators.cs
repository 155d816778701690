using System.Text.RegularExpressions;
using FluentValidation;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Platform.Clock;
using VolunteerHub.Web.Platform.Protection;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Volunteers.Records;

/// <summary>How long things on a record may be.</summary>
public static class RecordLimits
{
    public const int Name = 30;
    public const int Initials = 12;
    public const int Unit = 60;
    public const int Words = 20;
    public const int MostWords = 20;
    public const int Private = 120;
    public const int Title = 60;
    public const int Proof = 120;
    public const int Tag = 12;
    public const int Spans = 21;
    public const int Exceptions = 60;
}

public sealed partial class BasicsFormValidator : AbstractValidator<BasicsForm>
{
    public BasicsFormValidator(IStringLocalizer<Texts> texts, CommunityTime time)
    {
        RuleFor(f => f.Name).Must(n => !string.IsNullOrWhiteSpace(n)).WithMessage(_ => texts["Record.Error.Name"])
            .MaximumLength(RecordLimits.Name).WithMessage(_ => texts["Error.TooLong", RecordLimits.Name]);
        Include(new FoldedBasicsValidator(texts, time));
    }

    [GeneratedRegex("^[A-Za-z0-9]*$")]
    internal static partial Regex Letters();

    [GeneratedRegex("^[A-Za-z0-9]{5,20}$")]
    internal static partial Regex Document();
}

/// <summary>All of the basics that may stay empty.</summary>
internal sealed class FoldedBasicsValidator : AbstractValidator<BasicsForm>
{
    public FoldedBasicsValidator(IStringLocalizer<Texts> texts, CommunityTime time)
    {
        RuleFor(f => f.Initials).Must(i => BasicsFormValidator.Letters().IsMatch((i ?? "").Trim())).WithMessage(_ => texts["Record.Error.Initials"])
            .MaximumLength(RecordLimits.Initials).WithMessage(_ => texts["Error.TooLong", RecordLimits.Initials]);
        RuleFor(f => f.Unit).MaximumLength(RecordLimits.Unit).WithMessage(_ => texts["Error.TooLong", RecordLimits.Unit]);
        RuleFor(f => f.BornOn.Typed).Must(t => PrivateEntry.DayOf(t) is { Year: > 1900 } day && day <= time.Today).When(f => f.BornOn.IsTyped).WithMessage(_ => texts["Record.Error.BornOn"]);
        RuleFor(f => f.IdNumber.Typed).Must(t => BasicsFormValidator.Document().IsMatch(t!.Trim())).When(f => f.IdNumber.IsTyped).WithMessage(_ => texts["Record.Error.IdNumber"]);
        RuleFor(f => f.Ethnicity).Must(Ethnicities.IsKnown).When(f => !string.IsNullOrEmpty(f.Ethnicity)).WithMessage(_ => texts["Record.Error.Ethnicity"]);
    }
}

public sealed class ContactFormValidator : AbstractValidator<ContactForm>
{
    public ContactFormValidator(IStringLocalizer<Texts> texts)
    {
        RuleFor(f => f.Phone.Typed).Must(t => PhoneNumberReader.Read(t) is not null).When(f => f.Phone.IsTyped).WithMessage(_ => texts["Record.Error.Phone"]);
        RuleFor(f => f.Address.Typed).MaximumLength(RecordLimits.Private).WithMessage(_ => texts["Error.TooLong", RecordLimits.Private]);
        RuleFor(f => f.EmergencyContact.Typed).MaximumLength(RecordLimits.Private).WithMessage(_ => texts["Error.TooLong", RecordLimits.Private]);
    }
}

public sealed class GuardianFormValidator : AbstractValidator<GuardianForm>
{
    public GuardianFormValidator(IStringLocalizer<Texts> texts) =>
        RuleFor(f => f.Guardian.Typed).MaximumLength(RecordLimits.Private).WithMessage(_ => texts["Error.TooLong", RecordLimits.Private]);
}

public sealed class AbilitiesFormValidator : AbstractValidator<AbilitiesForm>
{
    public AbilitiesFormValidator(IStringLocalizer<Texts> texts) =>
        RuleFor(f => f.Skills).Must(s => RecordForm.Words(s) is { Count: <= RecordLimits.MostWords } words && words.All(w => w.Length <= RecordLimits.Words))
            .WithMessage(_ => texts["Record.Error.Skills", RecordLimits.MostWords, RecordLimits.Words]);
}

public sealed class WeekFormValidator : AbstractValidator<WeekForm>
{
    public WeekFormValidator(IStringLocalizer<Texts> texts)
    {
        RuleFor(f => f.Weekly).Must(w => w.Count <= RecordLimits.Spans).WithMessage(_ => texts["Record.Error.TooMany", RecordLimits.Spans]);
        RuleFor(f => f.Exceptions).Must(e => e.Count <= RecordLimits.Exceptions).WithMessage(_ => texts["Record.Error.TooMany", RecordLimits.Exceptions]);
        RuleFor(f => f.HoursAWeek).Must(h => h is null or >= 1 and <= DutyPolicy.MostHoursAWeek).WithMessage(_ => texts["Own.Availability.Error.Hours", DutyPolicy.MostHoursAWeek]);
        RuleForEach(f => f.Weekly).ChildRules(span =>
        {
            span.RuleFor(s => s.From).NotNull().WithMessage(_ => texts["Record.Error.Time"]);
            span.RuleFor(s => s.To).NotNull().WithMessage(_ => texts["Record.Error.Time"])
                .Must((s, to) => to == TimeSpan.Zero || to > s.From).When(s => s.From is not null && s.To is not null).WithMessage(_ => texts["Record.Error.TimeOrder"]);
        });
        RuleForEach(f => f.Exceptions).ChildRules(day => day.RuleFor(d => d.Day).NotNull().WithMessage(_ => texts["Record.Error.Day"]));
        RuleFor(f => f.Exceptions).Must(e => e.Where(x => x.Day is not null).GroupBy(x => x.Day).All(g => g.Count() == 1)).WithMessage(_ => texts["Record.Error.DayTwice"]);
    }
}

public sealed class QualificationFormValidator : AbstractValidator<QualificationForm>
{
    public QualificationFormValidator(IStringLocalizer<Texts> texts)
    {
        RuleFor(f => f.Kind).Must(k => !string.IsNullOrWhiteSpace(k)).WithMessage(_ => texts["Record.Error.Qualification"])
            .MaximumLength(RecordLimits.Words).WithMessage(_ => texts["Error.TooLong", RecordLimits.Words]);
        RuleFor(f => f.From).NotNull().WithMessage(_ => texts["Record.Error.Day"]);
        RuleFor(f => f.Until).Must((f, until) => until is null || f.From is null || until >= f.From).WithMessage(_ => texts["Record.Error.UntilEarly"]);
        RuleFor(f => f.Proof).MaximumLength(RecordLimits.Proof).WithMessage(_ => texts["Error.TooLong", RecordLimits.Proof]);
    }
}

public sealed class AchievementFormValidator : AbstractValidator<AchievementForm>
{
    public AchievementFormValidator(IStringLocalizer<Texts> texts, CommunityTime time)
    {
        RuleFor(f => f.Title).Must(t => !string.IsNullOrWhiteSpace(t)).WithMessage(_ => texts["Record.Error.Title"])
            .MaximumLength(RecordLimits.Title).WithMessage(_ => texts["Error.TooLong", RecordLimits.Title]);
        RuleFor(f => f.On).NotNull().WithMessage(_ => texts["Record.Error.Day"])
            .Must(on => RecordForm.Day(on) <= time.Today).When(f => f.On is not null).WithMessage(_ => texts["Record.Error.Future"]);
        RuleFor(f => f.Hours).InclusiveBetween(0.5m, 500m).When(f => f.Hours is not null).WithMessage(_ => texts["Record.Error.Hours"]);
        RuleFor(f => f.By).MaximumLength(RecordLimits.Unit).WithMessage(_ => texts["Error.TooLong", RecordLimits.Unit]);
    }
}

public sealed class RegisterFormValidator : AbstractValidator<RegisterForm>
{
    public RegisterFormValidator(IStringLocalizer<Texts> texts, CommunityTime time)
    {
        RuleFor(f => f.Name).Must(n => !string.IsNullOrWhiteSpace(n)).WithMessage(_ => texts["Record.Error.Name"])
            .MaximumLength(RecordLimits.Name).WithMessage(_ => texts["Error.TooLong", RecordLimits.Name]);
        RuleFor(f => f.Phone).Must(p => PhoneNumberReader.Read(p) is not null).When(f => !string.IsNullOrWhiteSpace(f.Phone)).WithMessage(_ => texts["Record.Error.Phone"]);
        RuleFor(f => f.TeamId).NotNull().When(f => f.Basics.Kind == VolunteerKind.Member).WithMessage(_ => texts["Record.Error.Team"]);
        RuleFor(f => f.Basics).SetValidator(new FoldedBasicsValidator(texts, time));
        RuleFor(f => f.Basics.Unit).NotEmpty().When(f => f.Basics.Kind == VolunteerKind.Guest).WithMessage(_ => texts["Record.Error.GuestUnit"]);
        RuleFor(f => f.Contact).SetValidator(new ContactFormValidator(texts));
        RuleFor(f => f.Abilities).SetValidator(new AbilitiesFormValidator(texts));
        RuleFor(f => f.Guardian).SetValidator(new GuardianFormValidator(texts));
    }
}
