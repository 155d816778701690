using System.Net.Sockets;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Platform.Notifications;

/// <summary>A mail, ready to go.</summary>
/// <param name="Id">By which a second sending of the same is known: part of the Message-ID.</param>
/// <param name="To">The address.</param>
/// <param name="Name">Of the receiver.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Text">Plain words; addresses in it become links.</param>
public sealed record Mail(string Id, string To, string Name, string Subject, string Text);

/// <summary>Sends mails by whatever SMTP server the community set up.</summary>
public sealed class MailSender(FieldProtector fields, TimeProvider clock)
{
    /// <summary>A connection for several mails, opened when the first is sent.</summary>
    public MailConnection Connect(MailServer server, string sender) => new(server, fields.Reveal(server.Password), sender, clock);
}

/// <summary>A connection to a mail server.</summary>
public sealed partial class MailConnection(MailServer server, string? password, string sender, TimeProvider clock) : IAsyncDisposable
{
    private const int PatienceMilliseconds = 15_000;

    /// <summary>Characters of every language stay as they are.</summary>
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly SmtpClient _client = new() { Timeout = PatienceMilliseconds };

    /// <summary>Sends one mail.</summary>
    /// <returns>What went wrong; <see cref="DeliveryFailure.None"/> where the server took it.</returns>
    public async Task<DeliveryFailure> SendAsync(Mail mail, CancellationToken ct)
    {
        try
        {
            if (!_client.IsConnected) await OpenAsync(ct);
            await _client.SendAsync(Written(mail), ct);
            return DeliveryFailure.None;
        }
        catch (Exception failure) when (KindOf(failure) is { } kind)
        {
            return kind;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_client.IsConnected) await _client.DisconnectAsync(true, CancellationToken.None);
        }
        catch (Exception failure) when (KindOf(failure) is not null)
        {
            // What was taken is taken; that the server did not wait for the goodbye says nothing.
        }

        _client.Dispose();
    }

    private static DeliveryFailure? KindOf(Exception failure) => failure switch
    {
        AuthenticationException => DeliveryFailure.MailSignIn,
        SslHandshakeException => DeliveryFailure.MailNotSecure,
        // Asked for encryption where the server has none.
        NotSupportedException => DeliveryFailure.MailNotSecure,
        SmtpCommandException { ErrorCode: SmtpErrorCode.RecipientNotAccepted } => DeliveryFailure.MailAddress,
        SmtpCommandException or ProtocolException or ServiceNotAuthenticatedException => DeliveryFailure.MailRefused,
        ParseException => DeliveryFailure.MailAddress,
        SocketException or IOException or TimeoutException or ServiceNotConnectedException => DeliveryFailure.MailUnreachable,
        _ => null,
    };

    private async Task OpenAsync(CancellationToken ct)
    {
        var security = server.Security switch
        {
            MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
            MailSecurity.StartTls => SecureSocketOptions.StartTls,
            _ => SecureSocketOptions.None,
        };
        await _client.ConnectAsync(server.Host, server.Port, security, ct);
        if (!string.IsNullOrEmpty(server.User)) await _client.AuthenticateAsync(server.User, password ?? "", ct);
    }

    private MimeMessage Written(Mail mail)
    {
        var from = MailboxAddress.Parse(server.From);
        from.Name = sender;
        var to = MailboxAddress.Parse(mail.To);
        to.Name = mail.Name;
        var message = new MimeMessage { Subject = mail.Subject, Date = clock.GetUtcNow(), MessageId = $"{mail.Id}@{from.Domain}" };
        message.From.Add(from);
        message.To.Add(to);
        // Nobody's machine answers it that the person is on holiday.
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        message.Body = new BodyBuilder { TextBody = mail.Text, HtmlBody = Html(mail.Text) }.ToMessageBody();
        return message;
    }

    private static string Html(string text) => string.Concat(text.Split("\n\n").Select(paragraph =>
        $"<p>{string.Join("<br>", paragraph.Split('\n').Select(line => Addresses().Replace(Encoder.Encode(line), m => $"<a href=\"{m.Value}\">{m.Value}</a>")))}</p>"));

    [GeneratedRegex("https?://[A-Za-z0-9./:_-]+")]
    private static partial Regex Addresses();
}
