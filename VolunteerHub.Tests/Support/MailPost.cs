using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MimeKit;

namespace VolunteerHub.Tests.Support;

/// <summary>A mail server for one test: takes what it is sent, as far as a program that sends mail needs it, and keeps it.</summary>
public sealed class MailPost : IAsyncDisposable
{
    private readonly TcpListener _door = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentQueue<MimeMessage> _mails = new();
    private readonly TaskCompletionSource _called = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _open;

    public MailPost()
    {
        _door.Start();
        _open = ServeAsync();
    }

    public int Port => ((IPEndPoint)_door.LocalEndpoint).Port;

    /// <summary>All that was taken, also what came twice.</summary>
    public IReadOnlyList<MimeMessage> Mails => [.. _mails];

    /// <summary>What a mail program shows: one of each number.</summary>
    public IReadOnlyList<MimeMessage> Shown => [.. _mails.DistinctBy(m => m.MessageId)];

    /// <summary>Addresses that are not taken.</summary>
    public HashSet<string> Unknown { get; } = [];

    /// <summary>Whether the server says that it has no time.</summary>
    public bool IsBusy { get; set; }

    /// <summary>The name and password that it asks for; null where it takes mail of everybody.</summary>
    public (string User, string Password)? Account { get; init; }

    /// <summary>Says nothing to whoever calls, for as long as this is set.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Somebody has called.</summary>
    public Task Called => _called.Task;

    /// <summary>Called when a mail is taken and the sender does not know it yet.</summary>
    public Action? Taken { get; set; }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _door.Stop();
        await _open;
        _closing.Dispose();
    }

    private async Task ServeAsync()
    {
        var talks = new List<Task>();
        try
        {
            while (true) talks.Add(TalkAsync(await _door.AcceptTcpClientAsync(_closing.Token)));
        }
        catch (Exception closed) when (closed is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(talks);
        }
    }

    private async Task TalkAsync(TcpClient caller)
    {
        using var _ = caller;
        try
        {
            await using var stream = caller.GetStream();
            using var hears = new StreamReader(stream, Encoding.Latin1);
            _called.TrySetResult();
            if (IsSilent) await hears.ReadToEndAsync(_closing.Token);
            await SayAsync("220 here");
            var signedIn = Account is null;
            while (await hears.ReadLineAsync(_closing.Token) is { } line)
            {
                var verb = line.Split(' ', ':')[0].ToUpperInvariant();
                switch (verb)
                {
                    case "EHLO" or "HELO":
                        await SayAsync(Account is null ? "250-here\r\n250 8BITMIME" : "250-here\r\n250-AUTH PLAIN\r\n250 8BITMIME");
                        break;
                    case "AUTH":
                        signedIn = Account is var (user, password) && line == "AUTH PLAIN " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{user}\0{password}"));
                        await SayAsync(signedIn ? "235 come in" : "535 who are you");
                        break;
                    case "MAIL":
                        await SayAsync(!signedIn ? "530 sign in" : IsBusy ? "451 later" : "250 fine");
                        break;
                    case "RCPT":
                        await SayAsync(Unknown.Any(line.Contains) ? "550 nobody of that name" : "250 fine");
                        break;
                    case "DATA":
                        await SayAsync("354 go on");
                        await TakeAsync(hears);
                        Taken?.Invoke();
                        await SayAsync("250 taken");
                        break;
                    case "QUIT":
                        await SayAsync("221 bye");
                        return;
                    default:
                        await SayAsync("250 fine");
                        break;
                }
            }

            async Task SayAsync(string answer) => await stream.WriteAsync(Encoding.ASCII.GetBytes(answer + "\r\n"), _closing.Token);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // The caller hung up, or the test is over.
        }
    }

    private async Task TakeAsync(StreamReader hears)
    {
        var text = new StringBuilder();
        while (await hears.ReadLineAsync(_closing.Token) is { } line and not ".") text.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        using var bytes = new MemoryStream(Encoding.Latin1.GetBytes(text.ToString()));
        _mails.Enqueue(await MimeMessage.LoadAsync(bytes, _closing.Token));
    }
}
