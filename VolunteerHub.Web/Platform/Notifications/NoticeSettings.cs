using VolunteerHub.Domain.Notices;
using VolunteerHub.Domain.Volunteers;

namespace VolunteerHub.Web.Platform.Notifications;

/// <summary>How the connection to a mail server is kept from others' eyes.</summary>
public enum MailSecurity
{
    /// <summary>Encrypted from the first byte; port 465 as a rule.</summary>
    Tls,

    /// <summary>Encrypted after a greeting, or nothing is sent; port 587 as a rule.</summary>
    StartTls,

    /// <summary>Not encrypted: for a server in the same building.</summary>
    None,
}

/// <summary>The mail server by which the community sends. One record; none where no mail is sent.</summary>
public sealed class MailServer
{
    public const int OnlyId = 1;

    public int Id { get; private set; } = OnlyId;

    public string Host { get; private set; } = "";

    public int Port { get; private set; }

    public MailSecurity Security { get; private set; }

    public string? User { get; private set; }

    public ProtectedText? Password { get; private set; }

    /// <summary>The address from which it is sent.</summary>
    public string From { get; private set; } = "";

    public bool IsOn { get; private set; }

    public long Version { get; private set; }

    public void Revise(string host, int port, MailSecurity security, string? user, ProtectedText? password, string from, bool isOn) =>
        (Host, Port, Security, User, Password, From, IsOn) = (host, port, security, user, password, from, isOn);
}

/// <summary>The robot of a team's WeCom group.</summary>
public sealed class TeamRobot
{
    private TeamRobot() { }

    public TeamRobot(TeamId team) => TeamId = team;

    public TeamId TeamId { get; private set; }

    /// <summary>The address to which it is posted: whoever has it can write into the group.</summary>
    public ProtectedText? Webhook { get; private set; }

    public bool IsOn { get; private set; }

    public long Version { get; private set; }

    public void Revise(ProtectedText? webhook, bool isOn) => (Webhook, IsOn) = (webhook, isOn && webhook is not null);
}

/// <summary>The community's own words for a kind of notice in one language, in place of those that come along.</summary>
public sealed class NoticeTemplate
{
    private NoticeTemplate() { }

    public NoticeTemplate(NoticeKind kind, string culture, string text) => (Kind, Culture, Text) = (kind, culture, text);

    public NoticeKind Kind { get; private set; }

    /// <summary>As in <c>zh-Hans</c>.</summary>
    public string Culture { get; private set; } = "";

    public string Text { get; private set; } = "";

    public long Version { get; private set; }

    public void Reword(string text) => Text = text;
}
