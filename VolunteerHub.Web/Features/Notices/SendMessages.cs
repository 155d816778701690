using Microsoft.EntityFrameworkCore;
using VolunteerHub.Domain.Notices;
using VolunteerHub.Web.Data;
using VolunteerHub.Web.Platform.Background;
using VolunteerHub.Web.Platform.Clock;
using VolunteerHub.Web.Platform.Identity;
using VolunteerHub.Web.Platform.Live;
using VolunteerHub.Web.Platform.Notifications;
using VolunteerHub.Web.Platform.Protection;

namespace VolunteerHub.Web.Features.Notices;

/// <summary>
/// Sends what waits to be mailed or posted. A message is taken for a while, sent outside of any transaction, and noted as sent: a process
/// that is killed in between leaves it to be taken again, under the same number, so that each arrives at least once and is shown once.
/// </summary>
public sealed class SendMessages(
    Hub hub, MessageWriter writer, MailSender mails, RobotSender robots, FieldProtector fields, CurrentCommunity community, LiveBus live, ILogger<SendMessages> log) : IBackgroundJob
{
    /// <summary>For how long a message is taken: much longer than a server may think about it.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>The most that is sent in one run: the others wait for the next, which comes soon.</summary>
    private const int MostAtOnce = 40;

    public string Name => "messages";

    public TimeSpan Every => TimeSpan.FromSeconds(15);

    public async Task<int> WorkAsync(CancellationToken ct)
    {
        List<MessageId> mailed;
        ILookup<TeamId?, MessageId> groups;
        MailServer? server;
        await using (var read = await hub.ReadAsync(Actor.System, ct))
        {
            var due = Due(read);
            mailed = await due.Where(m => m.Channel == Channel.Email).OrderBy(m => m.NextTryAt).ThenBy(m => m.Id).Select(m => m.Id).Take(MostAtOnce).ToListAsync(ct);
            groups = (await due.Where(m => m.Channel == Channel.Robot).Select(m => new { m.TeamId, m.Id }).ToListAsync(ct)).ToLookup(m => m.TeamId, m => m.Id);
            server = await read.Db.MailServers.FirstOrDefaultAsync(s => s.IsOn, ct);
        }

        var done = 0;
        if (mailed.Count > 0)
        {
            await using var connection = server is null ? null : mails.Connect(server, community.Name);
            foreach (var id in mailed)
            {
                var (one, failure) = await GuardedAsync([id], () => MailAsync(id, connection, ct), ct);
                done += one;
                // A server that is not there, or does not know us, says the same to the next one, each after a long while.
                if (failure is DeliveryFailure.MailUnreachable or DeliveryFailure.MailSignIn or DeliveryFailure.MailNotSecure) break;
            }
        }

        foreach (var group in groups) done += (await GuardedAsync([.. group], () => PostAsync(group.Key, ct), ct)).Done;
        if (done > 0) live.Announce(new NoticesTouched());
        return done;
    }

    private static IQueryable<Message> Due(HubTransaction work)
    {
        var now = work.Now;
        return work.Db.Messages.Where(m => m.Status == MessageStatus.Waiting && m.Channel != Channel.WeChat && m.NextTryAt <= now && (m.LeasedUntil == null || m.LeasedUntil <= now));
    }

    /// <summary>One that goes wrong otherwise than by not being taken, because its address cannot be opened say, keeps none of the others.</summary>
    private async Task<(int Done, DeliveryFailure Failure)> GuardedAsync(IReadOnlyCollection<MessageId> ids, Func<Task<(int Done, DeliveryFailure Failure)>> send, CancellationToken ct)
    {
        try
        {
            return await send();
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            log.LogError("A message could not be made ready: {Failure}", failure.GetType().Name);
            return (await NoteAsync(ids, DeliveryFailure.Unexpected, ct), DeliveryFailure.Unexpected);
        }
    }

    private async Task<(int Done, DeliveryFailure Failure)> MailAsync(MessageId id, MailConnection? connection, CancellationToken ct)
    {
        Mail mail;
        await using (var work = await hub.BeginAsync(Actor.System, ct))
        {
            if (await Due(work).FirstOrDefaultAsync(m => m.Id == id, ct) is not { } message) return (0, DeliveryFailure.None);
            var choice = await work.Db.NoticeChoices.FirstOrDefaultAsync(c => c.VolunteerId == message.VolunteerId, ct);
            var letter = await writer.LetterAsync(work, message, Actor.System.Id, null, ct);
            // Nothing is left to tell, or the person does not want mails any more.
            if (letter is null || choice is not { WantsEmail: true, Email: not null }) message.Drop();
            else if (connection is null) message.Fail(nameof(DeliveryFailure.MailOff), work.Now);
            else message.Take(work.Now + Lease);
            await work.SaveAsync(null, ct);
            if (message.LeasedUntil is null) return (1, DeliveryFailure.None);
            mail = new Mail(id.ToString(), fields.Reveal(choice!.Email)!, letter!.Name, letter.Subject, letter.Text);
        }

        var came = await TriedAsync(() => connection!.SendAsync(mail, ct), ct);
        return (await NoteAsync([id], came, ct), came);
    }

    /// <summary>Posts what waits for a team's group, as one digest as far as a message holds.</summary>
    private async Task<(int Done, DeliveryFailure Failure)> PostAsync(TeamId? team, CancellationToken ct)
    {
        List<MessageId> taken;
        string webhook, content;
        await using (var work = await hub.BeginAsync(Actor.System, ct))
        {
            var messages = await Due(work).Where(m => m.Channel == Channel.Robot && m.TeamId == team).OrderBy(m => m.At).ThenBy(m => m.Id).ToListAsync(ct);
            var robot = await work.Db.TeamRobots.FirstOrDefaultAsync(r => r.TeamId == team && r.IsOn, ct);
            if (robot is null)
            {
                foreach (var message in messages) message.Drop();
                await work.SaveAsync(null, ct);
                return (messages.Count, DeliveryFailure.None);
            }

            if (await PostedLatelyAsync(work, team, ct) >= RobotSender.MostAMinute) return (0, DeliveryFailure.None);
            var digest = await writer.DigestAsync(work, messages, ct);
            foreach (var message in messages.Where(m => digest.Over.Contains(m.Id))) message.Drop();
            foreach (var message in messages.Where(m => digest.Told.Contains(m.Id))) message.Take(work.Now + Lease);
            await work.SaveAsync(null, ct);
            if (digest.Told.Count == 0) return (digest.Over.Count, DeliveryFailure.None);
            (taken, webhook, content) = ([.. digest.Told], fields.Reveal(robot.Webhook)!, digest.Content);
        }

        var came = await TriedAsync(() => robots.SendAsync(webhook, content, ct), ct);
        return (await NoteAsync(taken, came, ct), came);
    }

    /// <summary>How often a robot wrote within the last minute: each digest, whatever it held, has one time.</summary>
    private static Task<int> PostedLatelyAsync(HubTransaction work, TeamId? team, CancellationToken ct)
    {
        DateTimeOffset? minute = work.Now.AddMinutes(-1);
        return work.Db.Messages.Where(m => m.Channel == Channel.Robot && m.TeamId == team && m.SentAt > minute).Select(m => m.SentAt).Distinct().CountAsync(ct);
    }

    private async Task<DeliveryFailure> TriedAsync(Func<Task<DeliveryFailure>> send, CancellationToken ct)
    {
        try
        {
            return await send();
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            // What a server said may hold an address: the log gets the kind only.
            log.LogError("A message could not be sent: {Failure}", failure.GetType().Name);
            return DeliveryFailure.Unexpected;
        }
    }

    /// <summary>Notes what came of it. That something was sent is noted also when the process is about to stop.</summary>
    private async Task<int> NoteAsync(IReadOnlyCollection<MessageId> ids, DeliveryFailure failure, CancellationToken ct)
    {
        await using var work = await hub.BeginAsync(Actor.System, failure == DeliveryFailure.None ? CancellationToken.None : ct);
        foreach (var message in await work.Db.Messages.Where(m => ids.Contains(m.Id) && m.Status == MessageStatus.Waiting).ToListAsync(CancellationToken.None))
        {
            if (failure == DeliveryFailure.None) message.Sent(work.Now);
            else message.Fail(failure.ToString(), work.Now);
        }

        await work.SaveAsync(null, CancellationToken.None);
        return ids.Count;
    }
}
