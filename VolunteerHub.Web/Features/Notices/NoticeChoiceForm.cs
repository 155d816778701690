using System.Globalization;
using FluentValidation;
using Microsoft.Extensions.Localization;
using MimeKit;
using VolunteerHub.Domain.Communities;
using VolunteerHub.Web.Platform.Forms;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Notices;

/// <summary>How somebody wants to be told, as it is typed.</summary>
public sealed record NoticeChoiceForm(string Email, bool WantsEmail, bool WantsWeChat, bool WantsReminders, bool OwnQuiet, string From, string Until)
{
    public static NoticeChoiceForm Of(PostedForm form) =>
        new(form["email"].Trim(), form.Ticked("mail"), form.Ticked("wechat"), form.Ticked("reminders"), form["quiet"] == "own", form["from"], form["until"]);

    public static NoticeChoiceForm Of(NoticeChoiceView choice, QuietHours usual) =>
        new(choice.Email ?? "", choice.WantsEmail, choice.WantsWeChat, choice.WantsReminders, choice.Quiet is not null, Written(choice.Quiet?.From ?? usual.From), Written(choice.Quiet?.Until ?? usual.Until));

    /// <summary>What was chosen; only after the validator found it in order.</summary>
    public NoticeChoiceView Read() =>
        new(Email.Length == 0 ? null : Email, WantsEmail, WantsWeChat, WantsReminders, OwnQuiet && Time(From) is { } from && Time(Until) is { } until ? new QuietHours(from, until) : null);

    internal static TimeOnly? Time(string? text) => TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    internal static string Written(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
}

/// <summary>What can be kept of it.</summary>
public sealed class NoticeChoiceFormValidator : AbstractValidator<NoticeChoiceForm>
{
    public const int LongestAddress = 254;

    public NoticeChoiceFormValidator(IStringLocalizer<Texts> texts)
    {
        RuleFor(f => f.Email).Must(IsAddress).When(f => f.Email.Length > 0).WithMessage(_ => texts["MyNotices.Error.Email"]);
        RuleFor(f => f.Email).NotEmpty().When(f => f.WantsEmail).WithMessage(_ => texts["MyNotices.Error.NoEmail"]);
        RuleFor(f => f.From).Must(t => NoticeChoiceForm.Time(t) is not null).When(f => f.OwnQuiet).WithMessage(_ => texts["MyNotices.Error.Time"]);
        RuleFor(f => f.Until).Must(t => NoticeChoiceForm.Time(t) is not null).When(f => f.OwnQuiet).WithMessage(_ => texts["MyNotices.Error.Time"]);
    }

    /// <summary>Whether mail can be sent there: one address, with a domain, and nothing around it.</summary>
    internal static bool IsAddress(string? text) =>
        text is { Length: > 0 and <= LongestAddress } && MailboxAddress.TryParse(text, out var parsed) && parsed.Address == text && parsed.Domain.Contains('.', StringComparison.Ordinal);
}
