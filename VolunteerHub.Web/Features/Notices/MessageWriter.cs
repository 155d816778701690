using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using VolunteerHub.Domain.Notices;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Notifications;
using VolunteerHub.Web.Platform.Protection;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Notices;

/// <summary>What a message says when it goes out.</summary>
/// <param name="Name">Whom it is for.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Text">All of it, with personal links.</param>
public sealed record Letter(string Name, string Subject, string Text);

/// <summary>Messages to a group as one.</summary>
/// <param name="Content">In the robot's markdown.</param>
/// <param name="Told">Which messages it holds; others wait for the next one.</param>
/// <param name="Over">Which have nothing to tell any more.</param>
public sealed record Digest(string Content, IReadOnlySet<MessageId> Told, IReadOnlySet<MessageId> Over);

/// <summary>
/// Writes messages when they go out: of how things are then, and with personal links made then, for only their hashes are kept.
/// </summary>
public sealed class MessageWriter(NoticeTexts words, PublicAddress address, IStringLocalizer<Texts> texts)
{
    /// <summary>The letter of a message; null where nothing is left to tell. Adds personal links; does not save.</summary>
    /// <param name="work">The unit of work.</param>
    /// <param name="message">The message.</param>
    /// <param name="by">Who sends it.</param>
    /// <param name="asked">The address under which the sender sees the app; null where a machine sends, which knows the configured one only.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<Letter?> LetterAsync(HubTransaction work, Message message, VolunteerId by, string? asked, CancellationToken ct)
    {
        var lines = (await work.LinesAsync(await work.NoticesAsync(message.Notices, ct), ct)).FindAll(l => !l.IsOver);
        if (lines.Count == 0) return null;
        var reworded = await work.RewordedAsync(ct);
        var sentences = lines.ConvertAll(l => words.Sentence(l.Facts, reworded.GetValueOrDefault(l.Notice.Kind), LinkFor(work, l, by, asked)));
        // Without an address to link to, the answer is given on the own page.
        if (address.Configured is null && asked is null && lines.Exists(l => l.MayAnswer)) sentences.Add(texts["Notice.AnswerOnOwnPage"].Value);
        return new Letter(lines[0].Facts.Name, words.Subject([.. lines.Select(l => l.Facts)]), words.Letter(lines[0].Facts.Name, sentences));
    }

    /// <summary>The same text without personal links, to look at.</summary>
    public async Task<List<(Message Message, IReadOnlyList<NoticeLine> Lines, string Text)>> PreviewsAsync(HubTransaction read, IReadOnlyCollection<Message> messages, CancellationToken ct)
    {
        var lines = (await read.LinesAsync(await read.NoticesAsync([.. messages.SelectMany(m => m.Notices).Distinct()], ct), ct)).ToDictionary(l => l.Notice.Id);
        var reworded = await read.RewordedAsync(ct);
        return [.. messages.Select(m =>
        {
            var left = m.Notices.Select(n => lines.GetValueOrDefault(n)).OfType<NoticeLine>().Where(l => !l.IsOver || m.Channel != Channel.WeChat).ToList();
            return (m, (IReadOnlyList<NoticeLine>)left, string.Join("\n\n", left.Select(l => words.Sentence(l.Facts, reworded.GetValueOrDefault(l.Notice.Kind), l.MayAnswer ? texts["Notice.LinkComes"].Value : null))));
        })];
    }

    /// <summary>What a team's group is told, as much of it as one post holds.</summary>
    public async Task<Digest> DigestAsync(HubTransaction read, IReadOnlyList<Message> messages, CancellationToken ct)
    {
        var lines = (await read.LinesAsync(await read.NoticesAsync([.. messages.SelectMany(m => m.Notices)], ct), ct)).Where(l => !l.IsOver).ToDictionary(l => l.Notice.Id);
        var reworded = await read.RewordedAsync(ct);
        var (content, told, over) = (new StringBuilder(), new HashSet<MessageId>(), new HashSet<MessageId>());
        foreach (var message in messages)
        {
            var own = message.Notices.Where(lines.ContainsKey).Select(n => lines[n]).ToList();
            if (own.Count == 0)
            {
                over.Add(message.Id);
                continue;
            }

            if (content.Length == 0) content.Append(texts["Notice.RobotTitle", own[0].Facts.Team].Value);
            var more = string.Concat(own.Select(l => "\n> " + words.Sentence(l.Facts, reworded.GetValueOrDefault(l.Notice.Kind), null).Replace("\n", "\n> ", StringComparison.Ordinal)));
            var room = RobotSender.MostBytes - Encoding.UTF8.GetByteCount(content.ToString());
            if (told.Count > 0 && Encoding.UTF8.GetByteCount(more) > room) break;
            content.Append(Cut(more, room));
            told.Add(message.Id);
        }

        return new Digest(content.ToString(), told, over);
    }

    private string? LinkFor(HubTransaction work, NoticeLine line, VolunteerId by, string? asked)
    {
        if (!line.MayAnswer || (address.Configured ?? asked) is not { } from || line.Facts.Slot is not { } slot) return null;
        var (token, hash) = SecretToken.New();
        var link = line.Notice.AskId is { } ask ? new InvitationLink(ask, hash, by, work.Now, slot.Start) : new InvitationLink(line.Notice.AssignmentId!.Value, hash, by, work.Now, slot.Start);
        work.Db.InvitationLinks.Add(link);
        return address.Of($"/a/{token}", from);
    }

    /// <summary>As much of a text as fits, whole characters.</summary>
    private static string Cut(string text, int bytes)
    {
        if (Encoding.UTF8.GetByteCount(text) <= bytes) return text;
        var kept = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            bytes -= rune.Utf8SequenceLength;
            // The sign that something is missing takes three bytes.
            if (bytes < 3) break;
            kept.Append(rune.ToString());
        }

        return kept.Append('\u2026').ToString();
    }
}
