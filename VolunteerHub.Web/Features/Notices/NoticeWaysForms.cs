using FluentValidation;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Notices;
using VolunteerHub.Web.Platform.Notifications;
using VolunteerHub.Web.Platform.Protection;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Notices;

/// <summary>The mail server, as it is typed.</summary>
public sealed record MailForm
{
    public string Host { get; set; } = "";

    public int Port { get; set; } = 465;

    public MailSecurity Security { get; set; }

    public string User { get; set; } = "";

    /// <summary>Empty leaves the one that is kept.</summary>
    public string Password { get; set; } = "";

    public string From { get; set; } = "";

    public bool IsOn { get; set; }

    public static MailForm Of(MailServer? server) => server is null ? new MailForm() : new MailForm
    {
        Host = server.Host, Port = server.Port, Security = server.Security, User = server.User ?? "", From = server.From, IsOn = server.IsOn,
    };

    /// <summary>Writes what was typed to the server's record. A password goes with the server it was given for, not along to another.</summary>
    public void ApplyTo(MailServer server, FieldProtector fields)
    {
        var user = User.Trim();
        var same = Host.Trim() == server.Host && user == (server.User ?? "");
        var password = Password.Length > 0 ? fields.Protect(Password) : same ? server.Password : null;
        server.Revise(Host.Trim(), Port, Security, user.Length == 0 ? null : user, password, From.Trim(), IsOn);
    }
}

/// <summary>What of it can be kept: all of it where mails are sent.</summary>
public sealed class MailFormValidator : AbstractValidator<MailForm>
{
    public const int Longest = 200;

    public MailFormValidator(IStringLocalizer<Texts> texts)
    {
        RuleFor(f => f.Host).Must(h => Uri.CheckHostName(h.Trim()) != UriHostNameType.Unknown).When(f => f.IsOn || f.Host.Trim().Length > 0).WithMessage(_ => texts["NoticeWays.Error.Host"]);
        RuleFor(f => f.Port).InclusiveBetween(1, 65535).WithMessage(_ => texts["Settings.Error.Between", 1, 65535]);
        RuleFor(f => f.From).Must(a => NoticeChoiceFormValidator.IsAddress(a.Trim())).When(f => f.IsOn || f.From.Trim().Length > 0).WithMessage(_ => texts["MyNotices.Error.Email"]);
        RuleFor(f => f.User).MaximumLength(Longest).WithMessage(_ => texts["Error.TooLong", Longest]);
        RuleFor(f => f.Password).MaximumLength(Longest).WithMessage(_ => texts["Error.TooLong", Longest]);
    }
}

/// <summary>A team's robot, as it is typed.</summary>
public sealed record RobotForm
{
    /// <summary>Empty leaves the one that is kept.</summary>
    public string Webhook { get; set; } = "";

    public bool IsOn { get; set; }
}

/// <summary>
/// A robot's address leads to WeCom: the server posts wherever it is told, and must not be sent into the house's own network.
/// The setting <c>VolunteerHub:RobotHost</c> names another host, where a community has a gateway of its own.
/// </summary>
public sealed class RobotFormValidator : AbstractValidator<RobotForm>
{
    private const string WeCom = "qyapi.weixin.qq.com";

    public RobotFormValidator(IStringLocalizer<Texts> texts, IConfiguration configuration) =>
        RuleFor(f => f.Webhook).Must(w => Leads(w.Trim(), configuration["VolunteerHub:RobotHost"])).When(f => f.Webhook.Trim().Length > 0).WithMessage(_ => texts["NoticeWays.Error.Webhook"]);

    private static bool Leads(string webhook, string? own) =>
        Uri.TryCreate(webhook, UriKind.Absolute, out var address) && string.IsNullOrEmpty(address.UserInfo)
        && (address.Scheme == Uri.UriSchemeHttps && address.Host == WeCom || own is not null && address.Authority == own);
}

/// <summary>The words of a kind of notice, as they are typed.</summary>
public sealed record WordingForm(NoticeKind Kind, string Culture, string Text);

/// <summary>What of it can be said.</summary>
public sealed class WordingFormValidator : AbstractValidator<WordingForm>
{
    public const int Longest = 500;

    public WordingFormValidator(IStringLocalizer<Texts> texts, NoticeTexts words)
    {
        RuleFor(f => f.Culture).Must(NoticeTexts.Languages.Contains);
        RuleFor(f => f.Text).Must(t => !string.IsNullOrWhiteSpace(t)).WithMessage(_ => texts["NoticeWays.Error.NoWords"]);
        RuleFor(f => f.Text).MaximumLength(Longest).WithMessage(_ => texts["Error.TooLong", Longest]);
        RuleFor(f => f.Text).Must((f, t) => words.UnknownIn(t ?? "", f.Kind).Count == 0)
            .WithMessage(f => texts["NoticeWays.Error.Unknown", string.Join(texts["List.Separator"], words.UnknownIn(f.Text ?? "", f.Kind))]);
        RuleFor(f => f.Text).Must((f, t) => t?.Contains(words.Written(NoticePlace.Link), StringComparison.Ordinal) == true)
            .When(f => f.Kind.WantsAnswer()).WithMessage(_ => texts["NoticeWays.Error.NoLink", words.Written(NoticePlace.Link)]);
    }
}
