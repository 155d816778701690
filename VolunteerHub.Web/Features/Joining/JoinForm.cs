using System.Globalization;
using System.Text;
using FluentValidation;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Runs;
using VolunteerHub.Domain.Volunteers;
using VolunteerHub.Web.Features.MyDuties;
using VolunteerHub.Web.Features.Volunteers.Records;
using VolunteerHub.Web.Platform.Clock;
using VolunteerHub.Web.Platform.Forms;
using VolunteerHub.Web.Platform.Protection;
using VolunteerHub.Web.Platform.Security;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Joining;

/// <summary>What somebody who wants to join types; the same by the open form and by an invitation.</summary>
public sealed record JoinForm
{
    public const int LongestName = 30;
    public const int LongestMessage = 300;
    public const int MostSkills = 10;
    public const int LongestSkill = 20;

    public string Name { get; init; } = "";

    public string Phone { get; init; } = "";

    /// <summary>Code of the team that is wished for; empty leaves it to the community.</summary>
    public string Team { get; init; } = "";

    public bool Minor { get; init; }

    public string Born { get; init; } = "";

    public string GuardianName { get; init; } = "";

    public string GuardianPhone { get; init; } = "";

    public IReadOnlyList<string> Languages { get; init; } = [];

    public string Skills { get; init; } = "";

    public IReadOnlyList<ServiceLine> Lines { get; init; } = [];

    public string Message { get; init; } = "";

    public IReadOnlyList<ConsentPurpose> Consents { get; init; } = [];

    /// <summary>By an invitation only: empty leaves it for later.</summary>
    public string Password { get; init; } = "";

    /// <summary>By an invitation only: empty leaves it for later.</summary>
    public string Pin { get; init; } = "";

    public bool Remember { get; init; }

    public static JoinForm Of(PostedForm form) => new()
    {
        Name = form["name"].Trim(),
        Phone = form["phone"].Trim(),
        Team = form["team"],
        Minor = form.Ticked("minor"),
        Born = form["born"].Trim(),
        GuardianName = form["guardianName"].Trim(),
        GuardianPhone = form["guardianPhone"].Trim(),
        Languages = [.. form.All("language").Intersect(RecordLanguages.All)],
        Skills = form["skills"].Trim(),
        Lines = [.. Chosen<ServiceLine>(form, "line")],
        Message = form["message"].Trim(),
        Consents = [.. Chosen<ConsentPurpose>(form, "consent")],
        Password = form["password"],
        Pin = form["pin"].Trim(),
        Remember = form.Ticked("remember"),
    };

    /// <summary>The day of birth, where one is wanted and can be read.</summary>
    public DateOnly? BornOn => Minor ? TypedDay.Read(Born) : null;

    /// <summary>Name and number of the guardian, in one line.</summary>
    public string? Guardian => Minor && PhoneNumberReader.Read(GuardianPhone) is { } e164 ? $"{GuardianName} {PhoneNumberReader.National(e164)}" : null;

    public IReadOnlyList<string> SkillList => TypedList.Read(Skills);

    private static IEnumerable<T> Chosen<T>(PostedForm form, string name) where T : struct, Enum =>
        form.All(name).Select(text => Enum.TryParse<T>(text, out var value) && Enum.IsDefined(value) ? value : (T?)null).OfType<T>().Distinct();
}

/// <summary>A day as people type it where the browser has no calendar: 2012-3-5, 2012.3.5, 20120305, 2012年3月5日.</summary>
public static class TypedDay
{
    private static readonly string[] Forms = ["yyyy-M-d", "yyyyMMdd"];

    public static DateOnly? Read(string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed)) return null;
        var plain = string.Join('-', string.Concat(typed.Normalize(NormalizationForm.FormKC).Select(c => char.IsAsciiDigit(c) ? c : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return DateOnly.TryParseExact(plain, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
    }
}

/// <summary>Several short texts in one field, with any of the separators that people use.</summary>
public static class TypedList
{
    private static readonly char[] Separators = ['\u3001', '\uFF0C', ',', ';', '\uFF1B', '/', '\n'];

    public static IReadOnlyList<string> Read(string typed) => [.. typed.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()];
}

/// <summary>The shape of what was typed.</summary>
public sealed class JoinFormValidator : AbstractValidator<JoinForm>
{
    /// <summary>From this age on nobody is asked for a guardian.</summary>
    public const int FullAge = 18;

    /// <summary>Younger ones are not taken (rules table of the domain).</summary>
    public const int LeastAge = 6;

    public JoinFormValidator(IStringLocalizer<Texts> texts, CommunityTime time)
    {
        RuleFor(f => f.Name).NotEmpty().WithMessage(_ => texts["Join.Error.Name"])
            .MaximumLength(JoinForm.LongestName).WithMessage(_ => texts["Error.TooLong", JoinForm.LongestName]);
        RuleFor(f => f.Phone).Must(typed => PhoneNumberReader.Read(typed) is not null).WithMessage(_ => texts["CheckIn.Error.Phone"]);
        RuleFor(f => f.Message).MaximumLength(JoinForm.LongestMessage).WithMessage(_ => texts["Error.TooLong", JoinForm.LongestMessage]);
        RuleFor(f => f.Skills).Must(typed => TypedList.Read(typed) is var list && list.Count <= JoinForm.MostSkills && list.All(s => s.Length <= JoinForm.LongestSkill))
            .WithMessage(_ => texts["Join.Error.Skills", JoinForm.MostSkills, JoinForm.LongestSkill]);
        RuleFor(f => f.Consents).Must(given => given.Contains(ConsentPurpose.ServiceRecord) && given.Contains(ConsentPurpose.Contact)).WithMessage(_ => texts["Join.Error.Consents"]);
        When(f => f.Minor, () =>
        {
            RuleFor(f => f.Born).Must((form, _) => form.BornOn is { } day && day <= time.Today).WithMessage(_ => texts["Join.Error.Born"])
                .Must((form, _) => form.BornOn is not { } day || day > time.Today || Age(day, time.Today) < FullAge).WithMessage(_ => texts["Join.Error.FullAge"])
                .Must((form, _) => form.BornOn is not { } day || day > time.Today || Age(day, time.Today) >= LeastAge).WithMessage(_ => texts["Join.Error.TooYoung", LeastAge]);
            RuleFor(f => f.GuardianName).NotEmpty().WithMessage(_ => texts["Join.Error.GuardianName"])
                .MaximumLength(JoinForm.LongestName).WithMessage(_ => texts["Error.TooLong", JoinForm.LongestName]);
            RuleFor(f => f.GuardianPhone).Must(typed => PhoneNumberReader.Read(typed) is not null).WithMessage(_ => texts["CheckIn.Error.Phone"]);
            RuleFor(f => f.Consents).Must(given => given.Contains(ConsentPurpose.SensitiveData)).WithMessage(_ => texts["Join.Error.GuardianConsent"])
                .OverridePropertyName(nameof(ConsentPurpose.SensitiveData));
        });
        RuleFor(f => f.Password).Must(typed => typed.Length is 0 or >= NewPassword.Least).WithMessage(_ => texts["Reason.PasswordTooShort", NewPassword.Least])
            .Must(typed => typed.Length < NewPassword.Least || !NewPassword.IsCommon(typed)).WithMessage(_ => texts["Reason.PasswordTooCommon"])
            .MaximumLength(NewPassword.Most).WithMessage(_ => texts["Error.TooLong", NewPassword.Most]);
        RuleFor(f => f.Pin).Must(typed => typed.Length == 0 || SetOwnPin.IsGood(typed)).WithMessage(_ => texts["Reason.PinInvalid"]);
    }

    private static int Age(DateOnly born, DateOnly on) => on.Year - born.Year - (on < born.AddYears(on.Year - born.Year) ? 1 : 0);
}
